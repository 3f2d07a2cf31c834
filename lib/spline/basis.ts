/** One axis of the tensor basis: equally spaced cubic B-splines over a closed interval. */
export interface Axis {
  /** Number of basis functions: segments + 3. */
  readonly size: number;
  readonly lo: number;
  readonly hi: number;
  /** Number of knot intervals: size - 3. */
  readonly segments: number;
  /** Segments per unit of the axis. */
  readonly scale: number;
}

/** Smallest basis: one segment, four cubics. */
export const MIN_BASIS_SIZE = 4;

/**
 * An axis with `size` cubic B-splines on equally spaced knots lo + (j - 3) h, h = (hi - lo) / (size - 3).
 *
 * @see Eilers & Marx 1996, doi:10.1214/ss/1038425655.
 */
export function makeAxis(lo: number, hi: number, size: number): Axis {
  return { size, lo, hi, segments: size - 3, scale: (size - 3) / (hi - lo) };
}

/** Position of x in units of segments: 0 at `lo`, `segments` at `hi`. */
function axisPosition(axis: Axis, x: number): number {
  return (x - axis.lo) * axis.scale;
}

/** Segment that holds the position; the right end belongs to the last segment. */
function segmentOf(axis: Axis, position: number): number {
  return Math.min(Math.max(Math.floor(position), 0), axis.segments - 1);
}

/**
 * Power coefficients of the four cubics that live on a segment: row a holds those of v^0..v^3 for B_{c+a},
 * with v in [0, 1] the place within segment c. The four sum to one.
 */
export const CUBIC: readonly (readonly number[])[] = [
  [1 / 6, -3 / 6, 3 / 6, -1 / 6],
  [4 / 6, 0, -6 / 6, 3 / 6],
  [1 / 6, 3 / 6, 3 / 6, -3 / 6],
  [0, 0, 0, 1 / 6],
];

/** Writes the four non-zero B-splines at v in [0, 1] of a segment to out[at..at+3]. */
export function cubicValues(v: number, out: Float64Array, at: number): void {
  const u = 1 - v;
  const v2 = v * v;
  const u2 = u * u;
  out[at] = (u2 * u) / 6;
  out[at + 1] = (3 * v2 * v - 6 * v2 + 4) / 6;
  out[at + 2] = (3 * u2 * u - 6 * u2 + 4) / 6;
  out[at + 3] = (v2 * v) / 6;
}

/** The basis at many points: first non-zero function and the four values of each point. */
export interface BasisRows {
  /** Segment of each point, which is also the index of its first non-zero function. */
  readonly first: Int32Array;
  /** Shape (n, 4), row-major. Each row sums to 1. */
  readonly values: Float64Array;
}

/**
 * Values of the non-zero B-splines at every point of an axis.
 *
 * @param x Points inside [axis.lo, axis.hi], shape (n,).
 * @throws RangeError when a point lies outside: a fit never extrapolates silently.
 */
export function basisRows(axis: Axis, x: ArrayLike<number>): BasisRows {
  const n = x.length;
  const first = new Int32Array(n);
  const values = new Float64Array(4 * n);
  for (let i = 0; i < n; i++) {
    const xi = x[i]!;
    if (!(xi >= axis.lo && xi <= axis.hi)) {
      throw new RangeError(
        `basisRows: x[${i}] = ${xi} lies outside the axis [${axis.lo}, ${axis.hi}]; keep points inside it.`,
      );
    }
    const position = axisPosition(axis, xi);
    const c = segmentOf(axis, position);
    first[i] = c;
    cubicValues(position - c, values, 4 * i);
  }
  return { first, values };
}
