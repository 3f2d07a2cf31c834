import type { PlotlyFigure, Trace } from "../types.js";
import { leadersText, meanOf } from "../../report/index.js";
import { numberOf } from "../../shared/json.js";
import { escapePlotly, shortName, shortText, visibleText } from "../../shared/escape.js";
import { count, formatValue } from "../../shared/text.js";
import { CATEGORIES, FAINT_GREY, INK } from "./colourScale.js";
import { rounded } from "./axes.js";
import { makeFigure } from "./makeFigure.js";
import type { TableData } from "./tableData.js";
import { tableContent } from "./tableData.js";

/** One model's mean on one facet as it is drawn; a number that is missing is null. */
type Mean = ReturnType<typeof meanFrom>;
type Dot = Mean & { readonly score: number };

/** More models than this are left out, the lowest first, and the caption says so. */
const MOST_MODELS = 40;

/**
 * Every model's mean on every facet as a dot with its 95 % interval, best model on top: one panel a facet, axes from
 * 0 to 1. A model without a scored answer on a facet has no dot there; it is never drawn at 0.
 *
 * @param means From `facetMeans`: model, facet, score, low, high, n, unscored, failed.
 * @throws RangeError when a column is missing.
 */
export function facetBars(means: TableData): PlotlyFigure {
  const { columns, rows, isSimulated } = tableContent(means, "facetBars");
  const missing = ["model", "facet", "score"].filter((name) => rows.length > 0 && !columns.includes(name));
  if (missing.length > 0)
    throw new RangeError(
      `facetBars: no column ${missing.join(", ")}; the columns are ${columns.join(", ")}. Give what facetMeans gives.`,
    );
  const all = rows.map(meanFrom);
  const facets = [...new Set(all.map((row) => row.facet))];
  const scores = new Map(all.map((row): [string, number[]] => [row.model, []]));
  for (const { model, score } of all) if (score !== null) scores.get(model)?.push(score);
  const ranked = [...scores].toSorted(([a, x], [b, y]) => meanOf(y) - meanOf(x) || (a < b ? -1 : 1));
  const models = ranked.slice(0, MOST_MODELS).map(([model]) => model);
  const dots = all.filter((row): row is Dot => row.score !== null && models.includes(row.model));
  const finding = leadersText(scores, facets.length);
  const counts = `${count(scores.size, "model")}, ${count(facets.length, "facet")}`;
  const wide = panels(models, facets, { across: 4, length: 34 });
  const narrow = panels(models, facets, { across: 2, length: 18 });
  const leftOut = ranked.length - models.length;
  const what = `facet means${intervalsText(dots)}`;
  return makeFigure({
    title: [finding, `${isSimulated ? "Simulated · " : ""}${what} · ${counts}`],
    alt: `Of ${counts}: ${what}. ${finding}.${isSimulated ? " Simulated." : ""}`,
    caption: [
      ...dotsSentences(dots),
      ...missingSentences(all, scores),
      ...(leftOut > 0 ? [`The ${leftOut} lowest models are not drawn; tables have them.`] : []),
      ...(isSimulated ? ["Simulated: no real model was asked."] : []),
      ...(rows[0]?.["judged"] ? [`Note: ${shortText(String(rows[0]["judged"]), 200)}.`] : []),
    ].join(" "),
    data: facets.map((facet, i) => facetTrace(dots, models, facet, i)),
    layout: { ...wide, showlegend: false },
    narrow,
  });
}

function meanFrom(row: Readonly<Record<string, unknown>>) {
  return {
    model: String(row["model"] ?? ""),
    facet: String(row["facet"] ?? ""),
    score: numberOf(row["score"]),
    low: numberOf(row["low"]),
    high: numberOf(row["high"]),
    n: numberOf(row["n"]),
    unscored: numberOf(row["unscored"]) ?? 0,
    failed: numberOf(row["failed"]) ?? 0,
  };
}

const hasInterval = ({ low, high }: Dot): boolean => low !== null && high !== null;

/** Which dots have an interval, in words: none where no source tells how many items stand behind a score. */
function intervalsText(dots: readonly Dot[]): string {
  if (!dots.some(hasInterval)) return "";
  return ` with 95 % intervals${dots.every(hasInterval) ? "" : " where the number of items is known"}`;
}

/** How many items stand behind the dots, and what their intervals allow to say. */
function dotsSentences(dots: readonly Dot[]): readonly string[] {
  if (dots.length === 0) return [];
  const items = dots.map((dot) => dot.n).filter((n) => n !== null);
  const [least, most] = [Math.min(...items), Math.max(...items)];
  const each = least === most ? count(most, "item") : `${least} to ${count(most, "item")}`;
  const [highest] = dots.filter(hasInterval).toSorted((a, b) => b.score - a.score || a.low! - b.low!);
  return [
    items.length === 0
      ? "How many items are behind a dot is not told."
      : items.length === dots.length
        ? `Each dot stands for ${each}.`
        : `${count(items.length, "dot")} stand for ${each} each; of the others it is not told.`,
    ...(highest === undefined
      ? ["Best mean first."]
      : [
          `Even a score of ${formatValue(highest.score)} allows a true rate of ${formatValue(highest.low!)}.`,
          "Best mean first; where intervals overlap widely, the order may be chance.",
        ]),
  ];
}

/** What has no dot: answers without a score, and models that have no other. */
function missingSentences(
  all: readonly Mean[],
  scores: ReadonlyMap<string, readonly number[]>,
): readonly string[] {
  const unscored = all.reduce((sum, row) => sum + row.unscored, 0);
  const failed = all.reduce((sum, row) => sum + row.failed, 0);
  const empty = [...scores].filter(([, own]) => own.length === 0).map(([model]) => shortText(model, 32));
  const more = empty.length > 8 ? ` and ${empty.length - 8} more` : "";
  return [
    ...(unscored + failed > 0
      ? [`${unscored} unscored and ${failed} failed answers are left out, not counted as 0.`]
      : []),
    ...(empty.length > 0 ? [`Without any score: ${empty.slice(0, 8).join(", ")}${more}.`] : []),
  ];
}

function facetTrace(all: readonly Dot[], models: readonly string[], facet: string, i: number): Trace {
  const dots = all.filter((dot) => dot.facet === facet);
  const color = CATEGORIES[i % CATEGORIES.length] ?? INK;
  const array = dots.map(({ score, high }) => rounded((high ?? score) - score, 4));
  const arrayminus = dots.map(({ score, low }) => rounded(score - (low ?? score), 4));
  return {
    type: "scatter",
    mode: "markers",
    name: escapePlotly(facet),
    xaxis: `x${i + 1}`,
    yaxis: `y${i + 1}`,
    x: dots.map(({ score }) => rounded(score, 4)),
    y: dots.map(({ model }) => models.indexOf(model)),
    error_x: { type: "data", symmetric: false, array, arrayminus, color, thickness: 1.6, width: 3 },
    marker: { color, size: 8 },
    text: dots.map(dotText),
    customdata: dots.map(({ model }) => [visibleText(model)]),
    hoverinfo: "text",
    cliponaxis: false,
  };
}

function dotText({ model, facet, score, low, high, n, unscored, failed }: Dot): string {
  const interval =
    low === null || high === null ? "no interval" : `95 %: ${formatValue(low)} to ${formatValue(high)}`;
  const counts = [
    n === null ? "n not told" : `n = ${n}`,
    ...(unscored > 0 ? [`${unscored} unscored`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ].join(", ");
  const head = `<b>${escapePlotly(model, 48)}</b><br>${escapePlotly(facet, 40)} ${formatValue(score)}`;
  return `${head}<br>${interval}<br>${counts}`;
}

/** Height of one model's line in px. */
const LINE_HEIGHT = 19;
/** Room under a row of panels for their ticks and the next row's names. */
const GAP = 62;

/**
 * Plotly's layout of one panel a facet, all from 0 to 1 with one line a model, from the top in the order given.
 *
 * @param across Panels beside each other; more facets go into further rows.
 * @param length Most characters of a model's name.
 */
function panels(
  models: readonly string[],
  facets: readonly string[],
  { across, length }: Readonly<Record<"across" | "length", number>>,
): Readonly<Record<string, unknown>> {
  const names = models.map((model) => shortName(model, length));
  const columns = Math.max(1, Math.min(across, facets.length));
  const rows = Math.max(1, Math.ceil(facets.length / columns));
  const panelHeight = Math.max(3, names.length) * LINE_HEIGHT;
  const inner = rows * panelHeight + (rows - 1) * GAP;
  const lines = { tickvals: names.map((_, i) => i), ticktext: names.map((name) => escapePlotly(name)) };
  const grid = { gridcolor: FAINT_GREY, zeroline: false };
  const placed = facets.map((facet, i) => {
    const left = (i % columns) / columns;
    const above = 1 - (Math.floor(i / columns) * (panelHeight + GAP)) / inner;
    const x = { range: [-0.03, 1.03], domain: [left, left + 1 / columns - 0.025], tickvals: [0, 0.5, 1] };
    const y = {
      range: [names.length - 0.5, -0.5],
      domain: [Math.max(0, above - panelHeight / inner), above],
    };
    // Letters differ in width: the margin below is a guess. A dot at 0 stands half outside its panel.
    const texts = { ...lines, tickfont: { size: 11 }, automargin: true, ticklabelstandoff: 4 };
    const corner = { xref: "paper", yref: "paper", xanchor: "left", yanchor: "bottom", showarrow: false };
    const text = `<b>${escapePlotly(facet, 16)}</b>`;
    return {
      axes: {
        [`xaxis${i + 1}`]: { ...x, ...grid, anchor: `y${i + 1}` },
        [`yaxis${i + 1}`]: { ...y, ...grid, anchor: `x${i + 1}`, ...(left === 0 ? texts : { tickvals: [] }) },
      },
      annotation: { text, x: left, y: above, ...corner, font: { color: INK, size: 11 } },
    };
  });
  const longest = Math.max(8, ...names.map((name) => name.length));
  const room = { height: inner + 82, margin: { l: 26 + longest * 6.1, r: 12, t: 52, b: 30 } };
  // Without a facet Plotly would draw axes of its own, with nothing on them.
  if (facets.length === 0) return { ...room, xaxis: { visible: false }, yaxis: { visible: false } };
  const axes = Object.assign({}, ...placed.map((panel) => panel.axes)) as object;
  return { ...room, ...axes, annotations: placed.map((panel) => panel.annotation) };
}
