import type { PlotlyFigure } from "../types.js";
import { escapePlotly, shortText } from "../../shared/escape.js";
import { isSimulated } from "../../shared/provenance.js";
import { facetCorrelations, type AnyFrame, type FacetCorrelation } from "../../table/index.js";
import { DIVERGING, INK } from "./colourScale.js";
import { makeFigure } from "./makeFigure.js";

/** Facets past these are counted in the caption: a browser does not bear thousands of labelled cells. */
const MOST_FACETS = 20;
/** Side of a cell in px; with more facets than a few it holds r alone. */
const CELL = 78;
const SMALL_CELL = 52;
const FEW_FACETS = 7;
/** The same where there is little room. */
const NARROW_FACETS = 4;

/**
 * How the facets go together: a matrix of correlations, each with its number of models, 95 % interval on hover.
 *
 * High correlations mean that the models lie along the diagonal of a surface and that most of the square is empty.
 *
 * @param wide The wide table: a column a facet or composite.
 */
export function correlationFigure(wide: AnyFrame): PlotlyFigure {
  return correlationMatrix(facetCorrelations(wide));
}

/** The same of correlations that are known already, one a pair of facets. */
export function correlationMatrix(all: readonly FacetCorrelation[]): PlotlyFigure {
  const found = [...new Set(all.flatMap(({ x, y }) => [x, y]))];
  const facets = found.slice(0, MOST_FACETS);
  const pairs = all.filter(({ x, y }) => facets.includes(x) && facets.includes(y));
  const cells = facets.map((a) =>
    facets.map((b) => pairs.find(({ x, y }) => a !== b && ((x === a && y === b) || (x === b && y === a)))),
  );
  const side = Math.max(3, facets.length) * (facets.length > FEW_FACETS ? SMALL_CELL : CELL);
  const places = facets.map((_, i) => i);
  const axis = {
    tickvals: places,
    ticktext: facets.map((facet) => escapePlotly(facet, 18)),
    constrain: "domain",
    showgrid: false,
    zeroline: false,
  };
  const matrix = {
    type: "heatmap",
    x: places,
    y: places,
    z: cells.map((line) => line.map((cell) => cell?.r ?? null)),
    text: cells.map((line, i) => line.map((cell) => hoverText(facets[i] ?? "", cell))),
    hoverinfo: "text",
    coloraxis: "coloraxis",
    xgap: 3,
    ygap: 3,
  };
  const coloraxis = { colorscale: DIVERGING, cmin: -1, cmax: 1 };
  const notes = (mostFacets: number) =>
    cells.flatMap((line, y) =>
      line.flatMap((cell, x) =>
        cell === undefined ? [] : [{ x, y, ...cellLabel(cell, facets.length > mostFacets) }],
      ),
    );
  return makeFigure({
    ...wordsOf(pairs, facets.length, found.length - facets.length),
    data: [matrix],
    layout: {
      height: side + 116,
      margin: { l: 150, r: 20, t: 34, b: 70 },
      xaxis: { ...axis, range: [-0.5, facets.length - 0.5], tickangle: -30 },
      yaxis: { ...axis, range: [facets.length - 0.5, -0.5], scaleanchor: "x" },
      annotations: notes(FEW_FACETS),
      coloraxis: { ...coloraxis, colorbar: { title: { text: "r" }, thickness: 14, len: 0.85 } },
      showlegend: false,
    },
    // The numbers stand in the cells: where there is little room they need no bar of colours.
    narrow: {
      height: Math.min(side, 360) + 80,
      margin: { l: 110, r: 8, t: 26, b: 80 },
      annotations: notes(NARROW_FACETS),
      coloraxis: { ...coloraxis, showscale: false },
    },
  });
}

/** r with two decimals, or a dash. */
function shownR(r: number | null): string {
  return r === null ? "–" : r.toFixed(2).replace("-", "−");
}

function cellLabel({ r, ability, n }: FacetCorrelation, isSmall: boolean): Readonly<Record<string, unknown>> {
  // Short, since white stays white on a dark page, too: see theme.ts.
  const color = r !== null && Math.abs(r) > 0.7 ? "#fff" : INK;
  if (isSmall) return { text: `<b>${shownR(r)}</b>`, showarrow: false, font: { size: 11, color } };
  return {
    text: `<b>${shownR(r)}</b>${ability === undefined ? "" : ` (${shownR(ability)})`}<br>n ${n ?? "–"}`,
    showarrow: false,
    font: { size: 12, color },
  };
}

function hoverText(facet: string, cell: FacetCorrelation | undefined): string {
  if (cell === undefined) return escapePlotly(facet, 40);
  const { x, y, r, low, high, ability, n } = cell;
  const interval =
    low === null || high === null ? "no interval" : `95 %: ${low.toFixed(2)} to ${high.toFixed(2)}`;
  const behind = ability === undefined ? "" : `<br>of the abilities behind them: ${shownR(ability)}`;
  return `${escapePlotly(x, 40)} and ${escapePlotly(y, 40)}<br><b>r ${shownR(r)}</b>, n ${n ?? "–"}<br>${interval}${behind}`;
}

/** @param left Facets that are not drawn. */
function wordsOf(pairs: readonly FacetCorrelation[], facets: number, left: number) {
  const simulated = isSimulated(pairs);
  const known = pairs.filter(({ r }) => r !== null).toSorted((a, b) => b.r! - a.r!);
  const [first, last] = [known[0], known.at(-1)].map(
    (pair) => pair && `${shortText(pair.x, 26)} and ${shortText(pair.y, 26)} (${shownR(pair.r)})`,
  );
  const finding =
    first === undefined
      ? "Too few models to correlate facets"
      : known.length === 1
        ? `Correlation: ${first}`
        : `Closest: ${first}; loosest: ${last}`;
  const counts = known.map(({ n }) => n).filter((n) => n !== null);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const n = counts.length === 0 ? "" : ` · n = ${least === most ? least : `${least}–${most}`} models`;
  return {
    title: [finding, `${simulated ? "Simulated · " : ""}Pearson correlations of facet means${n}`],
    alt: `Correlations of ${facets} facets. ${finding}.${simulated ? " Simulated." : ""}`,
    caption:
      (facets > FEW_FACETS
        ? "Each cell: Pearson's r over the models that have both facets; how many, and its 95 % interval, on hover. "
        : "Each cell: Pearson's r over the models that have both facets, and how many they are; its 95 % interval on hover. ") +
      (facets <= FEW_FACETS && pairs.some(({ ability }) => ability !== undefined)
        ? "In brackets: the correlation of the abilities behind the scores, which the noise of few answers hides. "
        : "") +
      "Facets that go together leave most of a surface's square empty: what is said there rests on few models." +
      (left > 0 ? ` ${left} more facets are not shown.` : "") +
      (simulated ? " Simulated: no real model was asked." : "") +
      (pairs[0]?.judged ? ` Note: ${pairs[0].judged}.` : ""),
  };
}
