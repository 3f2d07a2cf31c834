import type { PlotlyFigure, Trace } from "../types.js";
import { INK, SOFT_INK } from "./colourScale.js";
import { escapePlotly } from "../../shared/escape.js";
import { stillPicture } from "../still/stillPicture.js";
import { FONT, titleHeight, titleLines } from "./title.js";

/** What tells one figure from another; sizes in px, without the title and its room. */
interface FigureParts extends Pick<PlotlyFigure, "title" | "alt" | "caption"> {
  readonly note?: string | null;
  readonly data: readonly Trace[];
  readonly height: number;
  readonly margin: Readonly<Record<"l" | "r" | "t" | "b", number>>;
  readonly layout: Readonly<Record<string, unknown>>;
  readonly narrow: Readonly<Record<string, unknown>>;
}

/** No logo, no link to another site, no upload. */
const CONFIG: Readonly<Record<string, unknown>> = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  showEditInChartStudio: false,
  scrollZoom: false,
  modeBarButtonsToRemove: ["sendDataToCloud", "editInChartStudio"],
};

/** The whole figure: under its title, with its picture for places without scripts. */
export function makeFigure(parts: FigureParts): PlotlyFigure {
  const { title, alt, caption, note, data, narrow, margin } = parts;
  const room = titleHeight(title);
  const layout = {
    title: plotlyTitle(title, parts.height + room),
    height: parts.height + room,
    margin: { ...margin, t: margin.t + room },
    autosize: true,
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    font: { family: FONT, size: 12, color: SOFT_INK },
    hoverlabel: { align: "left", bgcolor: "#ffffff", bordercolor: SOFT_INK, font: { color: INK, size: 12 } },
    hovermode: "closest",
    // A re-run draws into a fresh element: nothing of the reader's view is to be kept.
    uirevision: false,
    ...parts.layout,
  };
  const svg = stillPicture({ data, layout, title, alt });
  const all = { data, layout, narrow, config: CONFIG, svg, alt, title, caption };
  return typeof note === "string" ? { ...all, note } : all;
}

/** Plotly's `layout.title`, every line escaped. */
function plotlyTitle(title: readonly string[], height: number): Readonly<Record<string, unknown>> {
  const lines = titleLines(title).map(({ text, size, isFirst }) => {
    const safe = escapePlotly(text, 400);
    return isFirst ? `<b>${safe}</b>` : `<span style="font-size:${size}px">${safe}</span>`;
  });
  return {
    text: lines.join("<br>"),
    font: { size: 15, color: INK },
    x: 0.01,
    xanchor: "left",
    xref: "container",
    // 12 px below the upper edge, whatever the height; Plotly's own padding does not reach a title of several lines.
    y: 1 - 12 / height,
    yref: "container",
    yanchor: "top",
    pad: { l: 6 },
  };
}

/** Room above a plot in a page for Plotly's row of buttons. */
const BUTTONS_HEIGHT = 26;

/** The layout for a page, which shows the title as text above the plot: without it, and without its room. */
export function withoutTitle(figure: Pick<PlotlyFigure, "layout" | "title">): PlotlyFigure["layout"] {
  const {
    title: _,
    height,
    margin,
    ...rest
  } = figure.layout as Partial<Record<"title" | "height", unknown> & { margin: { readonly t: number } }>;
  const room = titleHeight(figure.title) - BUTTONS_HEIGHT;
  return {
    ...rest,
    ...(typeof height === "number" ? { height: height - room } : {}),
    ...(margin === undefined ? {} : { margin: { ...margin, t: margin.t - room } }),
  };
}
