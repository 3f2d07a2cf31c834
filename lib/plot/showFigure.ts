import type { PlotlyFigure } from "./types.js";
import type { Display } from "../shared/types.js";
import { plotlyScript } from "./browser/plotlyBundle.js";
import { figureHtml, viewsHtml } from "./figureHtml.js";

/** What this kernel has shown so far. Kept with the process, so that reloading the library's code does not lose it. */
interface Shown {
  isSetUp: boolean;
  readonly displays: WeakSet<Display>;
}

const KEY = Symbol.for("facet-bench.plot.shown");
const kernel = globalThis as { [KEY]?: Shown };
const shown: Shown = (kernel[KEY] ??= { isSetUp: false, displays: new WeakSet() });

/**
 * Puts Plotly (4.8 MB) into the page, once: call it in the notebook's set-up cell. All figures of the notebook,
 * above and below, are drawn as soon as the page has it; they never ask the network for it.
 */
export function setUpFigures(display: Display): void {
  shown.isSetUp = true;
  display.html(
    `<div class="fb-setup">${plotlyScript()}<small>Figures are drawn in this page, without the network.</small></div>`,
  );
}

/**
 * Shows a figure, or several views of one thing side by side where there is room: the static picture at once, and in
 * its place the live one as soon as scripts run and Plotly is there. Prints show the picture. What several views have
 * in common, title and caption, is said once.
 *
 * Works in JupyterLab, the classic notebook and an exported page, after save and reopen, and with cells run in any
 * order. Without `setUpFigures` the first figure on each display brings Plotly along; re-running that cell then
 * takes it out of the saved notebook, so a notebook of several figures should call `setUpFigures`.
 *
 * @param display tslab's `display` or the result of its `newDisplay()`.
 */
export function showFigure(display: Display, figure: PlotlyFigure | readonly PlotlyFigure[]): void {
  const bringsPlotly = !shown.isSetUp && !shown.displays.has(display);
  if (bringsPlotly) shown.displays.add(display);
  const html = "data" in figure ? figureHtml(figure) : viewsHtml(figure);
  display.html(html + (bringsPlotly ? plotlyScript() : ""));
}
