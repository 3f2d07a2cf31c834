import { escapeHtml, jsonForScript } from "../shared/escape.js";
import type { Display } from "../shared/types.js";
import type { PlotlyFigure } from "../plot/types.js";
import { figureSpec } from "./figureSpec.js";
import { showHtml } from "./setUpFigures.js";

/**
 * Shows a figure, or several views of one thing side by side where there is room: the static picture at once, and in
 * its place the live one as soon as scripts run and Plotly is there. Prints show the picture. What several views have
 * in common, title and caption, is said once.
 *
 * Works in JupyterLab, the classic notebook and an exported page, after save and reopen, and with cells run in any
 * order.
 */
export function showFigure(display: Display, figure: PlotlyFigure | readonly PlotlyFigure[]): void {
  showHtml(display, "data" in figure ? figureHtml(figure) : viewsHtml(figure));
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
    `<figure class="fb-views ${UNTOUCHED}">` +
    `${titleHtml(title)}<div class="fb-grid">${views.join("")}</div>${captionHtml(caption)}</figure>`
  );
}

/** MathJax stays away from names with dollar signs. */
const UNTOUCHED = "tex2jax_ignore mathjax_ignore";

/** Where the page draws a figure, and its still picture. */
export function stageHtml({ svg, alt }: Pick<PlotlyFigure, "svg" | "alt">): string {
  const picture = Buffer.from(svg, "utf8").toString("base64");
  return (
    `<div class="fb-stage"></div>` +
    `<img class="fb-picture" alt="${escapeHtml(alt)}" src="data:image/svg+xml;base64,${picture}">`
  );
}

/** Where one figure stands and is drawn, under these words and above those. */
function placeOf(figure: PlotlyFigure, title: readonly string[], caption: string): string {
  // JupyterLab's single-key shortcuts stay away from the buttons.
  return (
    `<figure class="fb-figure ${UNTOUCHED}" data-lm-suppress-shortcuts="true">` +
    titleHtml(title) +
    stageHtml(figure) +
    `<p class="fb-hint" role="status">This is the still picture. The one that turns is in the exported page, and in JupyterLab where npm run lab opens it.</p>` +
    captionHtml(caption) +
    `<script type="application/json" class="fb-spec">${jsonForScript(figureSpec(figure))}</script></figure>`
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
