import { choleskyInPlace } from "./cholesky.js";
import { type Domain, type Range, rangeOf, toSigned } from "./range.js";
import type { Sample } from "./sample.js";

/** What the data can carry: counts, ranges and ranks that decide the method. */
export interface Shape {
  readonly domain: Domain;
  /** Number of distinct values, counted up to 8. */
  readonly distinctX: number;
  readonly distinctY: number;
  readonly distinctPoints: number;
  /** Rank of the columns 1, x, y and of 1, x, y, xy. */
  readonly rankPlane: number;
  readonly rankBilinear: number;
  readonly mean: number;
  /** Weighted sum of squares of z about its mean. */
  readonly tss: number;
  /** Weighted sum of squares of z. */
  readonly zz: number;
}

const COUNT_LIMIT = 8;

export function describeSample(sample: Sample): Shape {
  const domain = { x: rangeOf(sample.x), y: rangeOf(sample.y) };
  const { mean, tss, zz } = spread(sample);
  const ranks = wellSpread(sample, domain) ? { plane: 3, bilinear: 4 } : exactRanks(sample, domain);
  return {
    domain,
    distinctX: countDistinct(sample.x, sample.x),
    distinctY: countDistinct(sample.y, sample.y),
    distinctPoints: countDistinct(sample.x, sample.y),
    rankPlane: ranks.plane,
    rankBilinear: ranks.bilinear,
    mean,
    tss,
    zz,
  };
}

function spread({ n, z, weight }: Sample): { mean: number; tss: number; zz: number } {
  if (n === 0) return { mean: 0, tss: 0, zz: 0 };
  // Sums are taken about the first value, so that a z far from 0 keeps its digits.
  const anchor = z[0]!;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (weight === null ? 1 : weight[i]!) * (z[i]! - anchor);
  const shift = sum / n;
  let tss = 0;
  let zz = 0;
  for (let i = 0; i < n; i++) {
    const w = weight === null ? 1 : weight[i]!;
    const centred = z[i]! - anchor - shift;
    tss += w * centred * centred;
    zz += w * z[i]! * z[i]!;
  }
  return { mean: anchor + shift, tss, zz };
}

/** Distinct pairs, counted until there are COUNT_LIMIT: no decision asks for more. */
function countDistinct(x: Float64Array, y: Float64Array): number {
  const seen: number[] = [];
  for (let i = 0; i < x.length && seen.length < COUNT_LIMIT; i++) {
    if (!seen.some((j) => x[j] === x[i] && y[j] === y[i])) seen.push(i);
  }
  return seen.length;
}

/** So many rows are enough of a look: where some rows have full rank, all have. */
const LOOK_ROWS = 500;

/** A cheap look first: pivots of the columns' Gram matrix so large that the ranks are beyond doubt. */
function wellSpread({ n, x, y }: Sample, domain: Domain): boolean {
  const sums = new Float64Array(16);
  const column = new Float64Array(4).fill(1);
  const stride = Math.max(1, Math.floor(n / LOOK_ROWS));
  for (let i = 0; i < n; i += stride) {
    column[1] = toSigned(domain.x, x[i]!);
    column[2] = toSigned(domain.y, y[i]!);
    column[3] = column[1]! * column[2]!;
    for (let a = 0; a < 4; a++) for (let b = 0; b <= a; b++) sums[4 * a + b]! += column[a]! * column[b]!;
  }
  const diagonal = [0, 5, 10, 15].map((at) => sums[at]!);
  if (!choleskyInPlace(sums, 4)) return false;
  return diagonal.every((before, a) => sums[5 * a]! ** 2 > 1e-4 * before);
}

function exactRanks(sample: Sample, domain: Domain): { plane: number; bilinear: number } {
  const columns = signedColumns(sample, domain);
  const tolerance = rankTolerance(domain);
  return { plane: rankOf(columns.slice(0, 3), tolerance), bilinear: rankOf(columns, tolerance) };
}

function signedColumns(sample: Sample, domain: Domain): Float64Array[] {
  const u = sample.x.map((value) => toSigned(domain.x, value));
  const v = sample.y.map((value) => toSigned(domain.y, value));
  return [new Float64Array(sample.n).fill(1), u, v, u.map((value, i) => value * v[i]!)];
}

/** Rounding of the coordinates themselves must not pass for a second dimension. */
function rankTolerance(domain: Domain): number {
  return Math.max(1e-10, coordinateRounding(domain.x), coordinateRounding(domain.y));
}

function coordinateRounding([lo, hi]: Range): number {
  return hi > lo ? (Math.max(Math.abs(lo), Math.abs(hi)) * Number.EPSILON * 4) / (hi - lo) : 0;
}

/** Rank by modified Gram-Schmidt: a column counts when enough of it is new. */
function rankOf(columns: readonly Float64Array[], tolerance: number): number {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const rest = column.slice();
    const before = norm(rest);
    for (let pass = 0; pass < 2; pass++)
      for (const b of basis) {
        let dot = 0;
        for (let i = 0; i < rest.length; i++) dot += b[i]! * rest[i]!;
        for (let i = 0; i < rest.length; i++) rest[i]! -= dot * b[i]!;
      }
    const after = norm(rest);
    if (after > tolerance * before) basis.push(rest.map((value) => value / after));
  }
  return basis.length;
}

function norm(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return Math.sqrt(sum);
}

/** Below this residual sum of squares only rounding is left: of the arithmetic, or of z itself. */
export function exactLimit(sample: Sample, shape: Shape): number {
  const rounding = 2 * Number.EPSILON * Math.sqrt(shape.zz / sample.n);
  return Math.max(1e-20 * shape.tss, sample.n * rounding * rounding);
}
