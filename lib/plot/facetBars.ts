import type { PlotlyFigure } from "./types.js";
import { CATEGORIES, INK } from "./colours.js";
import { formatValue } from "../shared/text.js";
import { barPanels, PANELS_A_ROW } from "./barPanels.js";
import { escapePlotly, shortName, shortText } from "../shared/escape.js";
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

/**
 * Every model's mean on every facet as a dot with its 95 % interval, best model on top: one panel a facet, axes from
 * 0 to 1. A model without a scored answer on a facet has no dot there; it is never drawn at 0.
 *
 * @param means From `facetMeans`: model, facet, score, low, high, n, unscored, failed.
 * @throws RangeError when a column is missing.
 */
export function facetBars(means: TableData, options: FacetBarsOptions = {}): PlotlyFigure {
  const bars = collectBars(means, options);
  const top = Math.round(titleHeight(titleLines(bars.title)));
  const wide = barPanels(bars, bars.names, PANELS_A_ROW);
  const small = barPanels(
    bars,
    bars.models.map((model) => shortName(model, 18)),
    2,
  );
  return {
    data: bars.facets.map((facet, i) => facetTrace(bars, facet, i)),
    layout: {
      ...baseLayout(bars.title, wide.height + top),
      ...wide.layout,
      margin: { ...wide.margin, t: wide.margin.t + top },
      showlegend: false,
      hovermode: "closest",
    },
    narrow: {
      ...small.layout,
      height: small.height + 20,
      margin: { ...small.margin, t: small.margin.t + 20 },
    },
    config: BASE_CONFIG,
    svg: drawBars(bars),
    alt: bars.alt,
    title: bars.title,
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
