import type { PlotlyFigure, Trace } from "../types.js";
import { escapePlotly } from "../../shared/escape.js";
import { stillPicture } from "../still/stillPicture.js";
import { INK, SOFT_INK } from "./colourScale.js";
import { FONT, titleLines } from "./title.js";

/** What tells one figure from another. */
interface FigureParts extends Pick<PlotlyFigure, "title" | "alt" | "caption"> {
  readonly note?: string | null;
  readonly data: readonly Trace[];
  readonly layout: Readonly<Record<string, unknown>>;
  readonly narrow: Readonly<Record<string, unknown>>;
}

/** No logo, no link to another site, no upload. */
const CONFIG = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  showEditInChartStudio: false,
  scrollZoom: false,
  modeBarButtonsToRemove: ["sendDataToCloud", "editInChartStudio"],
};

/** The whole figure: under its title, with its picture for places without scripts. */
export function makeFigure({ title, alt, caption, note, data, layout, narrow }: FigureParts): PlotlyFigure {
  const font = { family: FONT, size: 12, color: SOFT_INK };
  const whole = {
    title: plotlyTitle(title),
    autosize: true,
    font,
    hoverlabel: { align: "left", bgcolor: "#ffffff", bordercolor: SOFT_INK, font: { color: INK } },
    hovermode: "closest",
    // A re-run draws into a fresh element: nothing of the reader's view is to be kept.
    uirevision: false,
    ...layout,
  };
  const small = { font: { ...font, size: 11 }, ...narrow };
  let svg: string | undefined;
  return {
    data,
    layout: whole,
    narrow: small,
    config: CONFIG,
    // Drawn when it is asked for: a page that draws the figure itself asks late or never.
    get svg() {
      return (svg ??= stillPicture({ data, layout: whole, title, alt }));
    },
    alt,
    title,
    caption,
    ...(typeof note === "string" ? { note } : {}),
  };
}

/** Plotly's `layout.title`, every line escaped, with as much room as it needs. */
function plotlyTitle(title: readonly string[]): Readonly<Record<string, unknown>> {
  const lines = titleLines(title).map(({ text, size }) => {
    const safe = escapePlotly(text, 400);
    return size === 15 ? `<b>${safe}</b>` : `<span style="font-size:${size}px">${safe}</span>`;
  });
  const place = { x: 0.01, xanchor: "left", y: 0.98, yanchor: "top", yref: "container", automargin: true };
  return { text: lines.join("<br>"), font: { size: 15, color: INK }, ...place };
}
