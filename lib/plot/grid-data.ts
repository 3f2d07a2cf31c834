import type { SurfaceGrid } from "../types.js";
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

/** One axis of a grid, to a hundredth of its steps. */
export function gridAxis(values: Float64Array): (number | null)[] {
  const span = (values.at(-1) ?? 0) - (values[0] ?? 0);
  return Array.from(values, (value) => rounded(value, decimalsFor(span) + 1));
}
