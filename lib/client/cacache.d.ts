/** The part of cacache that the answer cache uses; the package brings no types. */
declare module "cacache" {
  export interface Cacache {
    readonly get: {
      readonly info: (dir: string, key: string) => Promise<{ readonly metadata?: unknown } | null>;
    };
    readonly index: {
      readonly insert: (
        dir: string,
        key: string,
        integrity: string,
        entry: { readonly metadata: unknown; readonly size: number },
      ) => Promise<unknown>;
    };
  }
  const cacache: Cacache;
  // oxlint-disable-next-line import/no-default-export -- it is how the package exports
  export default cacache;
}
