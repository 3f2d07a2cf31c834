import type { PlotlyFigure } from "../types.js";
import { CATEGORIES, INK } from "./colours.js";
import { formatValue } from "./describe.js";
import { escapePlotly, shortText } from "./escape/index.js";
import type { Bars, Dot } from "./facetDots.js";
import { collectBars } from "./facetDots.js";
import type { TableData } from "./frame.js";
import { drawBars } from "./svg/barsPicture.js";
import { BASE_CONFIG, baseLayout, titleHeight, titleLines } from "./title.js";

/** How facet means are drawn. */
export interface FacetBarsOptions {
  /** The finding in the title's first line. Default: the best model over all facets. */
  readonly title?: string;
  readonly simulated?: boolean;
  /** Facets in this order. Default: in order of first occurrence. */
  readonly facets?: readonly string[];
  /** More models than this are left out, the lowest first, and the caption says so. Default 60. */
  readonly maxModels?: number;
}

/** Height of one model's line in px. */
export const ROW_HEIGHT = 19;
/** Panels beside each other; more facets go into further rows. */
export const PANELS_A_ROW = 4;

/**
 * Every model's mean on every facet as a dot with its 95 % interval, best model on top: one panel a facet, axes from
 * 0 to 1. A model without a scored answer on a facet has no dot there; it is never drawn at 0.
 *
 * @param means From `facetMeans`: model, facet, score, low, high, n, unscored, failed.
 * @throws RangeError when a column is missing.
 */
export function facetBars(means: TableData, options: FacetBarsOptions = {}): PlotlyFigure {
  const bars = collectBars(means, options);
  const { models, facets } = bars;
  const rows = Math.max(1, Math.ceil(facets.length / PANELS_A_ROW));
  const panelHeight = Math.max(3, models.length) * ROW_HEIGHT;
  const top = Math.round(titleHeight(titleLines(bars.title))) + 26;
  const height = top + rows * (panelHeight + 62) + 10;
  const longest = Math.max(8, ...bars.names.map((name) => name.length));
  const axes: Record<string, unknown> = {};
  const inner = height - top - 30;
  const annotations = facets.map((facet, i) => {
    const [column, row] = [i % PANELS_A_ROW, Math.floor(i / PANELS_A_ROW)];
    const across = Math.min(PANELS_A_ROW, facets.length);
    const left = column / across;
    const domain = [left, left + 1 / across - 0.025];
    const above = 1 - (row * (panelHeight + 62)) / inner;
    axes[`xaxis${i + 1}`] = {
      range: [-0.03, 1.03],
      domain,
      anchor: `y${i + 1}`,
      tickvals: [0, 0.5, 1],
      gridcolor: "#eceef1",
      zeroline: false,
    };
    axes[`yaxis${i + 1}`] = {
      range: [models.length - 0.5, -0.5],
      domain: [Math.max(0, above - panelHeight / inner), above],
      anchor: `x${i + 1}`,
      tickmode: "array",
      tickvals: column === 0 ? models.map((_, k) => k) : [],
      ticktext: column === 0 ? bars.names.map((name) => escapePlotly(name)) : [],
      tickfont: { size: 11 },
      gridcolor: "#f3f4f6",
      zeroline: false,
    };
    return {
      text: `<b>${escapePlotly(facet, 16)}</b>`,
      x: domain[0],
      y: above,
      xref: "paper",
      yref: "paper",
      xanchor: "left",
      yanchor: "bottom",
      showarrow: false,
      font: { color: INK, size: 11 },
    };
  });
  return {
    data: facets.map((facet, i) => facetTrace(bars, facet, i)),
    layout: {
      ...baseLayout(bars.title, height),
      margin: { l: 26 + longest * 6.1, r: 12, t: top, b: 30 },
      ...axes,
      annotations,
      showlegend: false,
      hovermode: "closest",
    },
    config: BASE_CONFIG,
    svg: drawBars(bars),
    alt: bars.alt,
    caption: bars.caption,
  };
}

function facetTrace(bars: Bars, facet: string, i: number): Readonly<Record<string, unknown>> {
  const dots = bars.dots.filter((dot) => dot.facet === facet);
  const colour = CATEGORIES[i % CATEGORIES.length] ?? INK;
  return {
    type: "scatter",
    mode: "markers",
    name: escapePlotly(facet),
    xaxis: `x${i + 1}`,
    yaxis: `y${i + 1}`,
    x: dots.map((dot) => Number(dot.score.toFixed(4))),
    y: dots.map((dot) => bars.models.indexOf(dot.model)),
    error_x: {
      type: "data",
      symmetric: false,
      array: dots.map((dot) => Number(((dot.high ?? dot.score) - dot.score).toFixed(4))),
      arrayminus: dots.map((dot) => Number((dot.score - (dot.low ?? dot.score)).toFixed(4))),
      color: colour,
      thickness: 1.6,
      width: 3,
    },
    marker: { color: colour, size: 8 },
    text: dots.map(dotText),
    hoverinfo: "text",
    cliponaxis: false,
  };
}

function dotText(dot: Dot): string {
  const interval =
    dot.low === null || dot.high === null
      ? "no interval"
      : `95 %: ${formatValue(dot.low)} to ${formatValue(dot.high)}`;
  const counts = [
    dot.n === null ? "n not told" : `n = ${dot.n}`,
    ...(dot.unscored > 0 ? [`${dot.unscored} unscored`] : []),
    ...(dot.failed > 0 ? [`${dot.failed} failed`] : []),
  ].join(", ");
  const head = `<b>${escapePlotly(dot.model, 48)}</b><br>${escapePlotly(dot.facet, 40)} ${formatValue(dot.score)}`;
  return `${head}<br>${interval}<br>${shortText(counts, 60)}`;
}
