import { type Margin, penaltyMargin } from "./penalty.js";

/** A closed interval, lo <= hi. */
export type Range = readonly [number, number];

/** The box of a fit. */
export interface Domain {
  readonly x: Range;
  readonly y: Range;
}

/** Place of a value in its range: 0 at lo, 1 at hi; 0.5 when the range is a single value. */
export function toUnit([lo, hi]: Range, value: number): number {
  return hi > lo ? (value - lo) / (hi - lo) : 0.5;
}

/** `size` equally spaced values from lo to hi, both ends exact. */
export function linspace([lo, hi]: Range, size: number): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) out[i] = i === size - 1 ? hi : lo + ((hi - lo) * i) / (size - 1);
  return out;
}

/** Smallest and largest value; [0, 0] of none. */
export function rangeOf(values: Float64Array): Range {
  let lo = values[0] ?? 0;
  let hi = lo;
  for (let i = 1; i < values.length; i++) {
    lo = Math.min(lo, values[i]!);
    hi = Math.max(hi, values[i]!);
  }
  return [lo, hi];
}

/** One axis of the tensor basis: equally spaced cubic B-splines over a closed interval, and their penalty. */
export interface Axis extends Margin {
  readonly lo: number;
  readonly hi: number;
  /** Number of knot intervals: size - 3. */
  readonly segments: number;
  /** Segments per unit of the axis: (x - lo) scale is a position. */
  readonly scale: number;
}

/** The two margins of the tensor basis; coefficient ix * y.size + iy belongs to B-spline ix of x times iy of y. */
export interface Axes {
  readonly x: Axis;
  readonly y: Axis;
}

/** Smallest basis: one segment, four cubics. */
export const MIN_BASIS_SIZE = 4;
/** B-splines an axis, where the caller names no number. */
export const DEFAULT_BASIS_SIZE = 10;

/** Both axes of a box, with `sizeX` and `sizeY` B-splines. */
export function makeAxes(domain: Domain, sizeX = DEFAULT_BASIS_SIZE, sizeY = sizeX): Axes {
  return { x: makeAxis(domain.x, sizeX), y: makeAxis(domain.y, sizeY) };
}

/**
 * An axis with `size` cubic B-splines on equally spaced knots lo + (j - 3) h, h = (hi - lo) / (size - 3).
 *
 * @see Eilers & Marx 1996, doi:10.1214/ss/1038425655.
 */
export function makeAxis([lo, hi]: Range, size: number): Axis {
  return { ...penaltyMargin(size), lo, hi, segments: size - 3, scale: (size - 3) / (hi - lo) };
}

/**
 * Power coefficients of the four cubics that live on a segment: those of v^0..v^3 for B_{c+a} at 4 a, with v in
 * [0, 1] the place within segment c. The four sum to one.
 */
export const CUBIC = Float64Array.from([1, -3, 3, -1, 4, 0, -6, 3, 1, 3, 3, -3, 0, 0, 0, 1], (c) => c / 6);

/**
 * The four cubic B-splines that are not 0 at a position, in segments from 0 on, into `out` from `at` on.
 *
 * @returns The segment: the right end belongs to the last one.
 */
export function bsplines(segments: number, position: number, out: Float64Array, at: number): number {
  const c = Math.min(segments - 1, Math.floor(position));
  const v = position - c;
  const w = 1 - v;
  out[at] = (w * w * w) / 6;
  out[at + 1] = (3 * v * v * v - 6 * v * v + 4) / 6;
  out[at + 2] = (3 * w * w * w - 6 * w * w + 4) / 6;
  out[at + 3] = (v * v * v) / 6;
  return c;
}

/**
 * Values of the basis functions at every point of an axis.
 *
 * @param x Points inside [axis.lo, axis.hi], shape (n,).
 * @returns B, shape (n, size): each row sums to 1 and has four entries that are not 0.
 * @throws RangeError when a point lies outside: a fit never extrapolates silently.
 */
export function basisMatrix({ size, lo, hi, scale, segments }: Axis, x: Float64Array): Float64Array {
  const out = new Float64Array(x.length * size);
  const row = new Float64Array(4);
  for (const [i, value] of x.entries()) {
    if (!(value >= lo && value <= hi)) {
      throw new RangeError(
        `basisMatrix: x[${i}] = ${value} lies outside the axis [${lo}, ${hi}]; keep points inside it.`,
      );
    }
    const c = bsplines(segments, (value - lo) * scale, row, 0);
    out.set(row, i * size + c);
  }
  return out;
}
