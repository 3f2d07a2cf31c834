import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../golden/spline/", import.meta.url);

/** One reference fit; field names as in the files, but lambda for their lambda_. */
export interface GoldenFit {
  readonly lambda: [number, number];
  readonly coef?: number[];
  readonly grid: number[];
  readonly grid_unscaled_se?: number[];
  readonly hat?: number[];
  readonly edf: number;
  readonly rss: number;
  readonly loo_rmse: number;
  readonly sigma2_edf: number;
  readonly sigma2_reml: number;
  readonly reml: number;
  readonly gcv: number;
  readonly at_bound?: [boolean, boolean];
}

export interface GoldenRef {
  readonly kx: number;
  readonly ky: number;
  readonly fixed: GoldenFit[];
  readonly reml: Partial<GoldenFit>;
  readonly gcv?: Partial<GoldenFit>;
}

export interface Golden {
  readonly name: string;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly grid: { readonly x: number[]; readonly y: number[] };
  readonly truth_grid?: number[];
  readonly ref: Record<string, GoldenRef>;
}

/** Names of all datasets. */
export function goldenNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json") && !/mgcv|policy|capped|interaction/.test(file))
    .map((file) => file.slice(0, -5));
}

export function readGolden(name: string): Golden {
  const data = readJson(`${name}.json`);
  const columns = typeof data["data_csv"] === "string" ? readColumns(data["data_csv"]) : data;
  const numbers = (key: string): Float64Array =>
    Float64Array.from(columns[key] as readonly unknown[], (value) => Number(value));
  return { ...(data as unknown as Golden), x: numbers("x"), y: numbers("y"), z: numbers("z") };
}

export function readJson(file: string): Record<string, unknown> {
  const text = readFileSync(new URL(file, folder), "utf8").replaceAll('"lambda_":', '"lambda":');
  return JSON.parse(text) as Record<string, unknown>;
}

function readColumns(path: string): Record<string, number[]> {
  const lines = readFileSync(new URL(path.split("/").pop()!, folder), "utf8")
    .trim()
    .split("\n")
    .filter((line) => /^[-0-9]/.test(line))
    .map((line) => line.split(",").map(Number));
  return Object.fromEntries(["x", "y", "z"].map((key, i) => [key, lines.map((line) => line[i]!)]));
}

/** Largest absolute difference of two equally long rows of numbers. */
export function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const gap = Math.abs(a[i]! - b[i]!);
    if (!(gap <= largest)) largest = Number.isNaN(gap) ? Infinity : gap;
  }
  return largest;
}
