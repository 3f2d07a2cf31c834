import type { PlotlyFigure } from "../types.js";
import type { SurfaceLabels } from "../../report/index.js";
import type { Surface } from "../../spline/types.js";
import { effectsView, hasEffects } from "./effectsView.js";
import { flatView } from "./flatView.js";
import { spaceView } from "./spaceView.js";
import { surfaceDrawing } from "./surfaceDrawing.js";

/**
 * All views of a surface, to be shown together: in 3-D, from above, and facet by facet. Without a surface there are
 * no effects to draw, and the last is left out.
 */
export function surfaceViews(surface: Surface, labels: SurfaceLabels): readonly PlotlyFigure[] {
  const drawing = surfaceDrawing(surface, labels);
  const views = [spaceView(drawing), flatView(drawing)];
  return hasEffects(surface) ? [...views, effectsView(drawing)] : views;
}

/**
 * The fitted surface in 3-D: hills and troughs coloured by height, the models as red points with a stem to the
 * surface, and the 95 % band as two sheets that a click in the legend shows.
 *
 * It is drawn exactly where the fit has support. A method without a surface (points only, a curve) shows its points
 * alone. Scores keep their axes within 0–1; whatever of the surface leaves that range is cut off there, and the
 * caption says so.
 *
 * @returns Plain data. Names are escaped for Plotly and for SVG already; `alt` and `caption` are plain text.
 */
export function surfaceFigure(surface: Surface, labels: SurfaceLabels): PlotlyFigure {
  return spaceView(surfaceDrawing(surface, labels));
}

/**
 * The surface from above: bands of equal height, the models as red points, hill and trough marked, and the regions
 * greyed where the fit knows little. Most people read this view better than the one in 3-D.
 *
 * White is where there is no support: no model is near, and nothing is said. The border between is the support's own.
 */
export function contourFigure(surface: Surface, labels: SurfaceLabels): PlotlyFigure {
  return flatView(surfaceDrawing(surface, labels));
}
