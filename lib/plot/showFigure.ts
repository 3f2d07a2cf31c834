import { randomUUID } from "node:crypto";

import type { Display, PlotlyFigure } from "../types.js";
import { asset } from "./browser/assets.js";
import { plotlyScript } from "./browser/plotlyBundle.js";
import { escapeHtml, jsonForScript } from "./escape/index.js";

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
 * Shows a figure: its static picture at once, and in its place the live one as soon as scripts run and Plotly is
 * there. Prints show the picture.
 *
 * Works in JupyterLab, the classic notebook and an exported page, after save and reopen, and with cells run in any
 * order. Without `setUpFigures` the first figure on each display brings Plotly along; re-running that cell then
 * takes it out of the saved notebook, so a notebook of several figures should call `setUpFigures`.
 *
 * @param display tslab's `display` or the result of its `newDisplay()`.
 */
export function showFigure(display: Display, figure: PlotlyFigure): void {
  const bringsPlotly = !shown.isSetUp && !shown.displays.has(display);
  if (bringsPlotly) shown.displays.add(display);
  display.html(figureHtml(figure) + (bringsPlotly ? plotlyScript() : ""));
}

/** The figure as HTML that needs nothing but `window.Plotly`, and without scripts not even that. */
export function figureHtml(figure: PlotlyFigure): string {
  const id = randomUUID();
  const picture = Buffer.from(figure.svg, "utf8").toString("base64");
  const spec = jsonForScript({ data: figure.data, layout: figure.layout, config: figure.config ?? {} });
  const script = asset("figures.js").replace(/FIGURE_ID|FIGURE_SPEC/g, (name) =>
    name === "FIGURE_ID" ? jsonForScript(id) : spec,
  );
  // MathJax stays away from names with dollar signs; JupyterLab's single-key shortcuts from the buttons.
  return (
    `<figure class="fb-figure tex2jax_ignore mathjax_ignore" data-facet-bench-figure="${id}" data-lm-suppress-shortcuts="true">` +
    `<style>${asset("figures.css")}</style>` +
    `<div class="fb-stage"></div>` +
    `<img class="fb-picture" alt="${escapeHtml(figure.alt)}" src="data:image/svg+xml;base64,${picture}">` +
    `<p class="fb-hint" role="status">This is the still picture. For the one that turns, run the notebook's set-up cell.</p>` +
    `<figcaption>${escapeHtml(figure.caption)}</figcaption>` +
    `<script>${script}</script></figure>`
  );
}
