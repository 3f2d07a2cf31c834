import { type Axis, axisPosition, segmentOf } from "./basis.js";

/** Where points lie in the knot grid, gathered by cell, so that a pass over them keeps to one cell at a time. */
export interface Places {
  /** Places of cell c = cx * segmentsY + cy are those from start[c] to start[c + 1] - 1. */
  readonly start: Int32Array;
  /** The point at each place; points of one cell keep their order. */
  readonly point: Int32Array;
  /** Its coordinates within the cell, each in [0, 1]. */
  readonly v: Float64Array;
  readonly w: Float64Array;
}

/** Sorts points into the cells of the knot grid, in two passes. */
export function placesOf(axisX: Axis, axisY: Axis, x: Float64Array, y: Float64Array): Places {
  const n = x.length;
  const cells = axisX.segments * axisY.segments;
  const cell = new Int32Array(n);
  const start = new Int32Array(cells + 1);
  for (let i = 0; i < n; i++) {
    const cx = segmentOf(axisX, axisPosition(axisX, x[i]!));
    const c = cx * axisY.segments + segmentOf(axisY, axisPosition(axisY, y[i]!));
    cell[i] = c;
    start[c + 1]!++;
  }
  for (let c = 0; c < cells; c++) start[c + 1]! += start[c]!;
  const next = start.slice(0, cells);
  const point = new Int32Array(n);
  const v = new Float64Array(n);
  const w = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const c = cell[i]!;
    const at = next[c]!++;
    point[at] = i;
    const cx = Math.floor(c / axisY.segments);
    v[at] = axisPosition(axisX, x[i]!) - cx;
    w[at] = axisPosition(axisY, y[i]!) - (c - cx * axisY.segments);
  }
  return { start, point, v, w };
}

/** Points of a cell taken at a time, so that what is kept of each stays in the nearest cache. */
export const CHUNK = 256;

/** Calls `work` for runs of at most CHUNK places, each within one cell. */
export function forEachChunk(
  { start }: Places,
  work: (cell: number, from: number, count: number) => void,
): void {
  for (let cell = 0; cell + 1 < start.length; cell++) {
    const end = start[cell + 1]!;
    for (let from = start[cell]!; from < end; from += CHUNK) work(cell, from, Math.min(CHUNK, end - from));
  }
}
