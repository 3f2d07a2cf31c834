import type { Surface } from "../spline/types.js";
import { sectionAt } from "./support.js";

/** One node of the drawn surface; z and se are NaN where nothing is shown, se also where the method has none. */
export interface MeshNode {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly se: number;
}

/**
 * The surface on a grid whose outermost nodes are moved along y onto the border of the support, so that the drawn
 * edge is smooth and a narrow support, usual among correlated scores, does not fall apart into squares.
 *
 * Every node that is shown lies within the support and has the fit's own value there. All others are NaN.
 *
 * @returns One array for each x, from the lowest y to the highest.
 */
export function surfaceMesh(surface: Surface, size: number): readonly (readonly MeshNode[])[] {
  const grid = surface.grid(size);
  const [ys, ny] = [Array.from(grid.y), grid.y.length];
  const columns = columnsOf(surface, grid.x, ys);
  return Array.from(grid.x, (x, ix) => {
    const own = columns[ix] ?? null;
    const [from, to] = reachAt(columns, ix);
    return ys.map((y, iy) => {
      if (own !== null && iy > own.below && iy < own.above) {
        const at = ix * ny + iy;
        return { x, y, z: grid.z[at] ?? NaN, se: grid.se[at] ?? NaN };
      }
      if (own === null || iy < from || iy > to) return { x, y, z: NaN, se: NaN };
      const border = iy <= own.below ? own.low : own.high;
      const { z, se } = surface.predict(x, border);
      return { x, y: border, z: z ?? NaN, se: se ?? NaN };
    });
  });
}

/** Where the support begins and ends in one column of the grid, and the rows just outside it. */
export interface Column {
  readonly low: number;
  readonly high: number;
  readonly below: number;
  readonly above: number;
}

/** The support in every column of a grid; null where the column meets none. */
export function columnsOf(
  surface: Surface,
  xs: Float64Array,
  ys: readonly number[],
): readonly (Column | null)[] {
  return Array.from(xs, (x) => {
    const section = sectionAt(surface, "x", x);
    if (section === null) return null;
    const [low, high] = section;
    const above = ys.findIndex((y) => y > high);
    return { low, high, below: ys.findLastIndex((y) => y < low), above: above < 0 ? ys.length : above };
  });
}

/** First and last row that a column needs so that no piece is missing between its border and its neighbours'. */
export function reachAt(columns: readonly (Column | null)[], ix: number): readonly [number, number] {
  const near = [columns[ix - 1], columns[ix], columns[ix + 1]].filter(
    (one) => one !== null && one !== undefined,
  );
  return [Math.min(...near.map((one) => one.below)), Math.max(...near.map((one) => one.above))];
}
