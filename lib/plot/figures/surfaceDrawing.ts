import type { Surface, SurfaceGrid } from "../../spline/types.js";
import type { SurfaceLabels, SurfaceWords } from "../../report/index.js";
import { areScores, surfaceCaption } from "../../report/index.js";
import type { Range } from "./axes.js";
import { axisRange, rounded } from "./axes.js";

/** One surface made ready for drawing: what all its views share, found once. */
export interface SurfaceDrawing {
  readonly surface: Surface;
  readonly labels: SurfaceLabels;
  readonly words: SurfaceWords;
  /** Ranges of the three axes, and of the colour scale within the z axis. */
  readonly ranges: Readonly<Record<"x" | "y" | "z" | "colour", Range>>;
  /** The fit's own values; NaN where it has none. */
  readonly grid: SurfaceGrid;
  /** The same with values outside the support, for what is cut along it. Null: there is no surface. */
  readonly whole: SurfaceGrid | null;
}

/** Nodes along each axis. */
const SIZE = 40;

export function surfaceDrawing(surface: Surface, labels: SurfaceLabels): SurfaceDrawing {
  const { points, support } = surface;
  const whole = surface.grid(SIZE, { whole: true });
  const shown = (values: Float64Array): Float64Array =>
    values.map((value, i) => (whole.supported[i] === 1 ? value : NaN));
  const grid = {
    ...whole,
    z: shown(whole.z),
    se: shown(whole.se),
    low: shown(whole.low),
    high: shown(whole.high),
  };
  // What is hidden needs no room.
  const along = (axis: 0 | 1, values: Float64Array): Range =>
    axisRange([...values, ...support.map((corner) => corner[axis])], areScores(values));
  const z = axisRange([...points.z, ...grid.z], areScores(points.z));
  return {
    surface,
    labels,
    words: surfaceCaption(surface, grid, labels),
    ranges: { x: along(0, points.x), y: along(1, points.y), z, colour: colourRange(grid.z, z) },
    grid,
    whole: support.length === 0 ? null : whole,
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

/** Values of a grid as Plotly wants them: one array for each y, gaps as null. The grid itself has x slow. */
export function gridRows(
  { x, y }: Readonly<Record<"x" | "y", ArrayLike<number>>>,
  values: ArrayLike<number>,
  decimals: number,
): (number | null)[][] {
  return Array.from(y, (_, iy) =>
    Array.from(x, (_, ix) => rounded(values[ix * y.length + iy] ?? NaN, decimals)),
  );
}
