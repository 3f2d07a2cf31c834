/** The part of cacache that the answer cache uses; the package brings no types. */
declare module "cacache" {
  export interface Cacache {
    readonly get: (dir: string, key: string) => Promise<{ readonly data: Buffer }>;
    readonly put: (dir: string, key: string, data: string) => Promise<unknown>;
    readonly rm: { readonly content: (dir: string, integrity: string) => Promise<unknown> };
  }
  const cacache: Cacache;
  // oxlint-disable-next-line import/no-default-export -- it is how the package exports
  export default cacache;
}
