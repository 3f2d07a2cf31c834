import type { Surface, SurfaceGrid } from "../spline/types.js";
import type { Column } from "./mesh.js";
import { columnsOf, reachAt } from "./mesh.js";

/**
 * The surface's grid with its values carried on, straight, over the border of the support as far as the cells that
 * the border runs through. A drawing made from it and cut along the border ends exactly there, and not in steps.
 *
 * What is carried on is no statement of the fit: `supported` still says where the fit speaks, and the rest must be
 * cut off or covered before a reader sees it.
 */
export function carriedGrid(surface: Surface, size: number): SurfaceGrid {
  const grid = surface.grid(size);
  const ys = Array.from(grid.y);
  const columns = columnsOf(surface, grid.x, ys);
  const cell = ((ys.at(-1) ?? 0) - (ys[0] ?? 0)) / Math.max(1, size - 1);
  const [z, se] = [grid.z.slice(), grid.se.slice()];
  for (const [ix, x] of grid.x.entries()) {
    const column = columns[ix] ?? null;
    if (column === null) continue;
    // The border may bulge between two columns: one row more than both need.
    const [from, to] = reachAt(columns, ix);
    const ends = endsOf(surface, x, column, cell);
    for (let iy = Math.max(0, from - 1); iy <= Math.min(ys.length - 1, to + 1); iy++) {
      const at = ix * ys.length + iy;
      if (grid.supported[at] === 1) continue;
      const end = iy <= column.below ? ends.low : ends.high;
      const beyond = (ys[iy] ?? NaN) - end.y;
      z[at] = end.z + beyond * end.slope;
      se[at] = Math.max(0, end.se + beyond * end.seSlope);
    }
  }
  for (const [ix, column] of columns.entries()) {
    const neighbour = [ix - 1, ix + 1].find((one) => column === null && (columns[one] ?? null) !== null);
    if (neighbour === undefined) continue;
    for (const values of [z, se]) {
      values.copyWithin(ix * ys.length, neighbour * ys.length, (neighbour + 1) * ys.length);
    }
  }
  return { ...grid, z, se };
}

/** Height and slope at one end of a column's support. */
interface End {
  readonly y: number;
  readonly z: number;
  readonly se: number;
  readonly slope: number;
  readonly seSlope: number;
}

function endsOf(
  surface: Surface,
  x: number,
  { low, high }: Column,
  cell: number,
): Readonly<Record<"low" | "high", End>> {
  const step = Math.min(cell, high - low);
  const end = (y: number, inner: number): End => {
    const [at, before] = [surface.predict(x, y), surface.predict(x, inner)];
    const [z, se] = [at.z ?? NaN, at.se ?? NaN];
    const slope = (value: number, other: number | null): number =>
      y === inner ? 0 : (value - (other ?? NaN)) / (y - inner);
    return { y, z, se, slope: slope(z, before.z), seSlope: slope(se, before.se) };
  };
  return { low: end(low, low + step), high: end(high, high - step) };
}
