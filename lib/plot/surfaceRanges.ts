import type { Surface, SurfaceGrid } from "../spline/types.js";
import type { Range } from "./axes.js";
import { areScores } from "../report/index.js";
import { axisRange } from "./axes.js";

/** Ranges of the three axes, and of the colour scale within the z axis. */
export interface SurfaceRanges {
  readonly x: Range;
  readonly y: Range;
  readonly z: Range;
  readonly colour: Range;
}

/** The ranges of a surface's three axes: its points and whatever of it is shown; scores stay within 0–1. */
export function surfaceRanges(surface: Surface, grid: SurfaceGrid): SurfaceRanges {
  const { points } = surface;
  const z = axisRange([...points.z, ...grid.z], areScores(points.z));
  return {
    x: axisRange([...points.x, ...shownAlong(grid, "x")], areScores(points.x)),
    y: axisRange([...points.y, ...shownAlong(grid, "y")], areScores(points.y)),
    z,
    colour: colourRange(grid.z, z),
  };
}

/** Below this share of the axis a nearly flat surface would look like mountains. */
const LEAST_COLOUR_SHARE = 0.3;

/** Colours spend themselves on the surface's own heights, where the axis must also hold the points. */
function colourRange(heights: Float64Array, axis: Range): Range {
  const shown = heights.filter((z) => Number.isFinite(z));
  if (shown.length === 0) return axis;
  const [low, high] = [Math.max(axis[0], Math.min(...shown)), Math.min(axis[1], Math.max(...shown))];
  const missing = LEAST_COLOUR_SHARE * (axis[1] - axis[0]) - (high - low);
  const margin = Math.max(0.02 * (high - low), missing / 2);
  return [Math.max(axis[0], low - margin), Math.min(axis[1], high + margin)];
}

/** What is hidden needs no room. */
function* shownAlong(grid: SurfaceGrid, axis: "x" | "y"): Generator<number> {
  const ny = grid.y.length;
  for (let i = 0; i < grid.z.length; i++) {
    if (!Number.isFinite(grid.z[i] ?? NaN)) continue;
    yield (axis === "x" ? grid.x[Math.floor(i / ny)] : grid.y[i % ny]) ?? NaN;
  }
}
