import type { Axis } from "./basis.js";
import type { Sample } from "./sample.js";

/** The points gathered by the cell of the knot grid they lie in, so that a pass over them keeps to one cell at a time. */
export interface Places {
  /** Places of cell c = cx * segmentsY + cy are those from start[c] to start[c + 1] - 1. */
  readonly start: Int32Array;
  /** The cell of each point, in the points' order. */
  readonly cell: Int32Array;
  /** Of each place the coordinates v and w within the cell, each in [0, 1], and z less the offset: shape (n, 3). */
  readonly values: Float64Array;
  /** The weight of each place; null when all are equal. */
  readonly weight: Float64Array | null;
}

/** Sorts points into the cells of the knot grid, in two passes; points of one cell keep their order. */
export function placesOf(axisX: Axis, axisY: Axis, { n, x, y, z, weight }: Sample, offset: number): Places {
  const [lastX, lastY, columns] = [axisX.segments - 1, axisY.segments - 1, axisY.segments];
  const { lo: loX, scale: scaleX } = axisX;
  const { lo: loY, scale: scaleY } = axisY;
  const cell = new Int32Array(n);
  const start = new Int32Array(axisX.segments * columns + 1);
  // "| 0" cuts decimals off as whole-number arithmetic, several times faster than Math.floor.
  for (let i = 0; i < n; i++) {
    const cx = Math.min(lastX, ((x[i]! - loX) * scaleX) | 0);
    const cy = Math.min(lastY, ((y[i]! - loY) * scaleY) | 0);
    const c = cx * columns + cy;
    cell[i] = c;
    start[c + 1]!++;
  }
  for (let c = 1; c < start.length; c++) start[c]! += start[c - 1]!;
  const next = start.slice();
  const values = new Float64Array(3 * n);
  const sorted = weight === null ? null : new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const c = cell[i]!;
    const place = next[c]!++;
    const cx = (c / columns) | 0;
    values[3 * place] = (x[i]! - loX) * scaleX - cx;
    values[3 * place + 1] = (y[i]! - loY) * scaleY - (c - cx * columns);
    values[3 * place + 2] = z[i]! - offset;
    if (sorted !== null) sorted[place] = weight![i]!;
  }
  return { start, cell, values, weight: sorted };
}

/** Numbers by place as numbers by point. */
export function inPointOrder({ start, cell }: Places, byPlace: Float64Array): Float64Array {
  const next = start.slice();
  return byPlace.map((_, i) => byPlace[next[cell[i]!]!++]!);
}

/** Points of a cell taken at a time, so that what is kept of each stays in the nearest cache. */
export const CHUNK = 256;

/**
 * The coordinates of the chunk at hand: always the same two arrays, which an engine reads without the checks that it
 * makes on every access to an array handed in.
 */
export const ACROSS = new Float64Array(CHUNK);
export const ALONG = new Float64Array(CHUNK);

/** Calls `work` for runs of at most CHUNK places, each within one cell, with their v in ACROSS and their w in ALONG. */
export function forEachChunk(
  { start, values }: Places,
  work: (cell: number, from: number, count: number) => void,
): void {
  for (let cell = 0; cell + 1 < start.length; cell++) {
    const end = start[cell + 1]!;
    for (let from = start[cell]!; from < end; from += CHUNK) {
      const count = Math.min(CHUNK, end - from);
      for (let i = 0, at = 3 * from; i < count; i++, at += 3) {
        ACROSS[i] = values[at]!;
        ALONG[i] = values[at + 1]!;
      }
      work(cell, from, count);
    }
  }
}
