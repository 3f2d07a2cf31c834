import { randomUUID } from "node:crypto";

import { escapeHtml, jsonForScript } from "../../shared/escape.js";
import type { Display } from "../../shared/types.js";
import type { PlotlyFigure } from "../types.js";
import { asset, plotlyScript } from "./assets.js";

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

/** A figure as HTML that needs nothing but `window.Plotly`, and without scripts not even that. */
function figureHtml(figure: PlotlyFigure): string {
  return placeOf(figure, figure.title, [figure.caption, figure.note ?? ""].join(" ").trim());
}

/** Figures beside each other. The title and the caption that all of them have are said once, above and below. */
function viewsHtml(figures: readonly PlotlyFigure[]): string {
  const [first] = figures;
  const isShared = (part: "title" | "caption"): boolean =>
    figures.every((one) => String(one[part]) === String(first?.[part]));
  const title = isShared("title") ? (first?.title ?? []) : [];
  const caption = isShared("caption") ? (first?.caption ?? "") : "";
  const views = figures.map((figure) => {
    const parts = [caption === "" ? figure.caption : "", figure.note ?? ""];
    return placeOf(figure, title.length === 0 ? figure.title : [], parts.join(" ").trim());
  });
  return (
    `<figure class="fb-views ${UNTOUCHED}"><style>${asset("figures.css")}</style>` +
    `${titleHtml(title)}<div class="fb-grid">${views.join("")}</div>${captionHtml(caption)}</figure>`
  );
}

/** MathJax stays away from names with dollar signs. */
const UNTOUCHED = "tex2jax_ignore mathjax_ignore";

/** Where one figure stands and is drawn, under these words and above those. */
function placeOf(figure: PlotlyFigure, title: readonly string[], caption: string): string {
  const id = randomUUID();
  const picture = Buffer.from(figure.svg, "utf8").toString("base64");
  const { data, narrow = {}, config = {} } = figure;
  // The page has the title as text.
  const { title: _, ...layout } = figure.layout;
  const spec = jsonForScript({ data, layout, narrow, config });
  const script = asset("figures.js").replace(/FIGURE_ID|FIGURE_SPEC/g, (name) =>
    name === "FIGURE_ID" ? jsonForScript(id) : spec,
  );
  // JupyterLab's single-key shortcuts stay away from the buttons.
  return (
    `<figure class="fb-figure ${UNTOUCHED}" data-facet-bench-figure="${id}" data-lm-suppress-shortcuts="true">` +
    `<style>${asset("figures.css")}</style>` +
    titleHtml(title) +
    `<div class="fb-stage"></div>` +
    `<img class="fb-picture" alt="${escapeHtml(figure.alt)}" src="data:image/svg+xml;base64,${picture}">` +
    `<p class="fb-hint" role="status">This is the still picture. For the one that turns, run the notebook's set-up cell.</p>` +
    captionHtml(caption) +
    `<script>${script}</script></figure>`
  );
}

/** The picture has the title, too: this one is for the drawn figure alone, and hidden where styles do not apply. */
function titleHtml(title: readonly string[]): string {
  const [finding, ...others] = title.map(escapeHtml);
  if (finding === undefined) return "";
  return `<p class="fb-title" hidden><b>${finding}</b>${others.map((line) => `<br>${line}`).join("")}</p>`;
}

function captionHtml(caption: string): string {
  return caption === "" ? "" : `<figcaption>${escapeHtml(caption)}</figcaption>`;
}
