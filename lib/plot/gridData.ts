import type { SurfaceGrid } from "../spline/types.js";
import { decimalsFor, rounded } from "./round.js";

/** Values of a grid as Plotly wants them: one array for each y, gaps as null. The grid itself has x slow. */
export function gridRows(
  grid: SurfaceGrid,
  value: (index: number) => number,
  decimals: number,
): (number | null)[][] {
  return Array.from(grid.y, (_, iy) =>
    Array.from(grid.x, (_, ix) => rounded(value(ix * grid.y.length + iy), decimals)),
  );
}

/** One axis of a grid or one coordinate of a curve, to a ten-thousandth of its range. */
export function gridAxis(values: Float64Array): (number | null)[] {
  const span = Math.max(...values) - Math.min(...values);
  return Array.from(values, (value) => rounded(value, decimalsFor(span) + 1));
}
