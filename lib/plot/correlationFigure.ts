import type { PlotlyFigure } from "./types.js";
import { DIVERGING, plotlyScale } from "./colours.js";
import { escapePlotly, shortText } from "../shared/escape.js";
import type { TableData } from "./frame.js";
import { readColumns } from "./records.js";
import { drawMatrix } from "./svg/matrixPicture.js";
import { BASE_CONFIG, baseLayout, titleHeight, titleLines } from "./title.js";

/** How the correlations are drawn. */
export interface CorrelationOptions {
  /** The finding in the title's first line. Default: the highest and lowest correlation. */
  readonly title?: string;
  readonly simulated?: boolean;
  /** Facets past these are counted in the caption: a browser does not bear thousands of labelled cells. Default 20. */
  readonly maxFacets?: number;
}

/** One pair of facets; r and its interval are null where they cannot be told. */
export interface Pair {
  readonly r: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number | null;
}

/**
 * How the facets go together: a matrix of correlations, each with its number of models, 95 % interval on hover.
 *
 * High correlations mean that the models lie along the diagonal of a surface and that most of the square is empty.
 *
 * @param correlations From `facetCorrelations`: x, y, r, low, high, n, one row a pair.
 * @throws RangeError when a column is missing.
 */
export function correlationFigure(correlations: TableData, options: CorrelationOptions = {}): PlotlyFigure {
  const read = readColumns(correlations, ["x", "y", "r", "n"], "correlationFigure");
  const found = new Set<string>();
  const pairs = new Map<string, Pair>();
  for (let row = 0; row < read.length; row++) {
    const [x, y] = [read.text(row, "x"), read.text(row, "y")];
    found.add(x).add(y);
    const pair: Pair = {
      r: read.number(row, "r"),
      low: read.number(row, "low"),
      high: read.number(row, "high"),
      n: read.number(row, "n"),
    };
    pairs.set(keyOf(x, y), pair).set(keyOf(y, x), pair);
  }
  const facets = [...found].slice(0, options.maxFacets ?? 20);
  const cells = facets.map((a) => facets.map((b) => (a === b ? null : (pairs.get(keyOf(a, b)) ?? null))));
  const words = wordsOf(facets, found.size - facets.length, cells, options);
  const top = Math.round(titleHeight(titleLines(words.title)));
  const names = facets.map((facet) => escapePlotly(facet, 22));
  const side = Math.max(3, facets.length) * 78;
  return {
    data: [
      {
        type: "heatmap",
        x: names.map((_, i) => i),
        y: names.map((_, i) => i),
        z: cells.map((line) => line.map((cell) => cell?.r ?? null)),
        text: cells.map((line, i) =>
          line.map((cell, j) => hoverText(facets[i] ?? "", facets[j] ?? "", cell)),
        ),
        hoverinfo: "text",
        coloraxis: "coloraxis",
        xgap: 3,
        ygap: 3,
      },
    ],
    layout: {
      ...baseLayout(words.title, top + side + 90),
      margin: { l: 150, r: 20, t: top + 8, b: 70 },
      xaxis: { ...matrixAxis(names), side: "bottom", tickangle: -30 },
      yaxis: { ...matrixAxis(names), range: [facets.length - 0.5, -0.5], scaleanchor: "x" },
      annotations: cells.flatMap((line, i) =>
        line.flatMap((cell, j) =>
          cell === null
            ? []
            : [
                {
                  x: j,
                  y: i,
                  text: `<b>${cellText(cell)}</b><br>n ${cell.n ?? "–"}`,
                  showarrow: false,
                  font: { size: 12, color: inkOn(cell.r) },
                },
              ],
        ),
      ),
      coloraxis: {
        colorscale: plotlyScale(DIVERGING),
        cmin: -1,
        cmax: 1,
        colorbar: { title: { text: "r" }, thickness: 14, len: 0.85 },
      },
      showlegend: false,
    },
    // The numbers stand in the cells: where there is little room they need no bar of colours.
    narrow: {
      height: Math.min(side, 360) + 80,
      margin: { l: 90, r: 8, t: 26, b: 80 },
      xaxis: { ...matrixAxis(facets.map((facet) => escapePlotly(facet, 12))), tickangle: -35 },
      yaxis: {
        ...matrixAxis(facets.map((facet) => escapePlotly(facet, 12))),
        range: [facets.length - 0.5, -0.5],
        scaleanchor: "x",
      },
      coloraxis: { colorscale: plotlyScale(DIVERGING), cmin: -1, cmax: 1, showscale: false },
    },
    config: BASE_CONFIG,
    svg: drawMatrix({ ...words, facets, cells }),
    alt: words.alt,
    title: words.title,
    caption: words.caption,
  };
}

function keyOf(a: string, b: string): string {
  return JSON.stringify([a, b]);
}

/** r with two decimals, or a dash. */
export function cellText(cell: Pair): string {
  return cell.r === null ? "–" : cell.r.toFixed(2).replace("-", "−");
}

/** Text colour that reads on the cell's own. */
export function inkOn(r: number | null): string {
  return r !== null && Math.abs(r) > 0.75 ? "#ffffff" : "#1f2430";
}

function matrixAxis(names: readonly string[]): Readonly<Record<string, unknown>> {
  return {
    tickmode: "array",
    tickvals: names.map((_, i) => i),
    ticktext: names,
    range: [-0.5, names.length - 0.5],
    constrain: "domain",
    showgrid: false,
    zeroline: false,
  };
}

function hoverText(a: string, b: string, cell: Pair | null): string {
  if (cell === null) return escapePlotly(a, 40);
  const interval =
    cell.low === null || cell.high === null
      ? "no interval"
      : `95 %: ${cell.low.toFixed(2)} to ${cell.high.toFixed(2)}`;
  return `${escapePlotly(a, 40)} and ${escapePlotly(b, 40)}<br><b>r ${cellText(cell)}</b>, n ${cell.n ?? "–"}<br>${interval}`;
}

function wordsOf(
  facets: readonly string[],
  left: number,
  cells: readonly (readonly (Pair | null)[])[],
  options: CorrelationOptions,
): { readonly title: readonly string[]; readonly alt: string; readonly caption: string } {
  const known = cells.flatMap((line, i) =>
    line.flatMap((cell, j) =>
      j > i && cell !== null && cell.r !== null ? [{ i, j, r: cell.r, n: cell.n }] : [],
    ),
  );
  const sorted = known.toSorted((a, b) => b.r - a.r);
  const say = (pair: { i: number; j: number; r: number }): string =>
    `${shortText(facets[pair.i] ?? "", 26)} and ${shortText(facets[pair.j] ?? "", 26)} (${cellText({ r: pair.r, low: null, high: null, n: null })})`;
  const [first, last] = [sorted[0], sorted.at(-1)];
  const finding =
    options.title ??
    (first === undefined || last === undefined
      ? "Too few models to correlate facets"
      : first === last
        ? `Correlation: ${say(first)}`
        : `Closest: ${say(first)}; loosest: ${say(last)}`);
  const counts = known.map((pair) => pair.n).filter((n) => n !== null);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const n = counts.length === 0 ? "" : ` · n = ${least === most ? least : `${least}–${most}`} models`;
  const source = options.simulated === true ? "Simulated · " : "";
  return {
    title: [finding, `${source}Pearson correlations of facet means${n}`],
    alt: `Correlations of ${facets.length} facets. ${finding}.${options.simulated === true ? " Simulated." : ""}`,
    caption:
      "Each cell: Pearson's r over the models that have both facets, and how many they are; its 95 % interval on hover. " +
      "Facets that go together leave most of a surface's square empty: what is said there rests on few models." +
      (left > 0 ? ` ${left} more facets are not shown.` : "") +
      (options.simulated === true ? " Simulated: no real model was asked." : ""),
  };
}
