import type { PlotlyFigure } from "./types.js";
import type { Surface } from "../spline/types.js";
import { contourFigure } from "./contourFigure.js";
import { effectsFigure } from "./effectsFigure.js";
import type { SurfaceLabels } from "../report/index.js";
import { slicesAlong } from "../report/index.js";
import { surfaceFigure } from "./surfaceFigure.js";

/**
 * All views of a surface, to be shown together: in 3-D, from above, and facet by facet. Without a surface there are
 * no effects to draw, and the last is left out.
 */
export function surfaceViews(surface: Surface, labels: SurfaceLabels): readonly PlotlyFigure[] {
  const hasEffects = (["x", "y"] as const).some((axis) => slicesAlong(surface, axis).length > 0);
  const views = hasEffects ? [surfaceFigure, contourFigure, effectsFigure] : [surfaceFigure, contourFigure];
  return views.map((view) => view(surface, labels));
}
