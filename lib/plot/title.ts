import type { PlotlyFigure } from "./types.js";
import { INK, SOFT_INK } from "./colours.js";
import { escapePlotly } from "../shared/escape.js";

/** The font of every figure and picture: whatever sans-serif the reader's system has. */
export const FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/** The first line stands out at 15 px, the others follow at 12 px. */
const FIRST_SIZE = 15;
const OTHER_SIZE = 12;

/** Lines no longer than `width` characters, broken at blanks, but not around "=" and "<": a p-value stays whole. */
export function wrapLines(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<![=<]) (?![=<])/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** One line of a title, already wrapped to fit. */
export interface TitleLine {
  readonly text: string;
  readonly size: number;
  readonly isFirst: boolean;
}

/**
 * A title's lines wrapped so that they fit a figure of 520 px, the narrowest that a notebook shows beside its
 * file browser.
 */
export function titleLines(title: readonly string[]): readonly TitleLine[] {
  return title.flatMap((text, i) =>
    wrapLines(text, i === 0 ? 58 : 76).map((line) => ({
      text: line,
      size: i === 0 ? FIRST_SIZE : OTHER_SIZE,
      isFirst: i === 0,
    })),
  );
}

/** Height in px that the title takes above the picture. */
export function titleHeight(lines: readonly TitleLine[]): number {
  return 14 + lines.reduce((sum, line) => sum + line.size * 1.35, 0);
}

/** Plotly's `layout.title`, every line escaped. */
export function plotlyTitle(title: readonly string[], height: number): Readonly<Record<string, unknown>> {
  const text = titleLines(title)
    .map((line) => {
      const safe = escapePlotly(line.text, 400);
      return line.isFirst ? `<b>${safe}</b>` : `<span style="font-size:${OTHER_SIZE}px">${safe}</span>`;
    })
    .join("<br>");
  return {
    text,
    font: { size: FIRST_SIZE, color: INK },
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

/** What all figures' layouts share. */
export function baseLayout(title: readonly string[], height: number): Readonly<Record<string, unknown>> {
  return {
    title: plotlyTitle(title, height),
    height,
    autosize: true,
    paper_bgcolor: "#ffffff",
    plot_bgcolor: "#ffffff",
    font: { family: FONT, size: 12, color: SOFT_INK },
    hoverlabel: { align: "left", bgcolor: "#ffffff", bordercolor: SOFT_INK, font: { color: INK, size: 12 } },
    // A re-run draws into a fresh element: nothing of the reader's view is to be kept.
    uirevision: false,
  };
}

/** Room above a plot in a page for Plotly's row of buttons. */
const BUTTONS_HEIGHT = 26;

/** The layout for a page, which shows the title as text above the plot: without it, and without its room. */
export function withoutTitle(figure: Pick<PlotlyFigure, "layout" | "title">): PlotlyFigure["layout"] {
  const { title: _, height, margin, ...rest } = figure.layout;
  const room = Math.round(titleHeight(titleLines(figure.title))) - BUTTONS_HEIGHT;
  return {
    ...rest,
    ...(typeof height === "number" ? { height: height - room } : {}),
    ...(isMargin(margin) ? { margin: { ...margin, t: margin.t - room } } : {}),
  };
}

function isMargin(margin: unknown): margin is { readonly t: number } {
  return typeof (margin as { t?: unknown } | undefined)?.t === "number";
}

/** What all figures' configs share: no logo, no link to another site, no upload. */
export const BASE_CONFIG: Readonly<Record<string, unknown>> = {
  responsive: true,
  displaylogo: false,
  showSendToCloud: false,
  showEditInChartStudio: false,
  scrollZoom: false,
  modeBarButtonsToRemove: ["sendDataToCloud", "editInChartStudio"],
};
