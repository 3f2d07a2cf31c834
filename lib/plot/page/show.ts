import type { Display } from "../../shared/types.js";
import type { TableData } from "../figures/tableData.js";
import type { PlotlyFigure } from "../types.js";
import { figureHtml, viewsHtml } from "./figureHtml.js";
import { plotlyScript } from "./plotlyScript.js";
import type { TableOptions } from "./showTable.js";
import { showTable } from "./showTable.js";

/**
 * Shows what a cell has made: a figure, several views of one thing, or a table, that is a DataFrame or records.
 *
 * @param display tslab's `display` or the result of its `newDisplay()`.
 * @param options For a table: its caption, heads and decimals.
 * @throws TypeError when it is none of them.
 */
export function show(
  display: Display,
  thing: PlotlyFigure | readonly PlotlyFigure[] | TableData,
  options: TableOptions = {},
): void {
  if (isFigure(thing) || isViews(thing)) showFigure(display, thing);
  else showTable(display, thing, options);
}

const isFigure = (thing: object): thing is PlotlyFigure =>
  thing !== null && typeof (thing as Partial<PlotlyFigure>).svg === "string" && "data" in thing;
const isViews = (thing: object): thing is readonly PlotlyFigure[] =>
  Array.isArray(thing) && thing.length > 0 && (thing as readonly object[]).every(isFigure);

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
 */
export function showFigure(display: Display, figure: PlotlyFigure | readonly PlotlyFigure[]): void {
  const bringsPlotly = !shown.isSetUp && !shown.displays.has(display);
  if (bringsPlotly) shown.displays.add(display);
  const html = "data" in figure ? figureHtml(figure) : viewsHtml(figure);
  display.html(html + (bringsPlotly ? plotlyScript() : ""));
}
