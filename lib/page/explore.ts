import type { Display, Row } from "../shared/types.js";
import { surfaceFigure } from "../plot/index.js";
import { fitSurface } from "../spline/index.js";
import type { Surface } from "../spline/types.js";
import type { AnyFrame, FacetMean, Frame, WideData } from "../table/index.js";
import { pointsAmong, wideData } from "../table/index.js";
import { runDataHtml, runFacts } from "./runData.js";
import { showHtml } from "./setUpFigures.js";
import { stageHtml } from "./showFigure.js";

/** A surface with the names of its axes. */
export interface FittedSurface {
  readonly x: string;
  readonly y: string;
  readonly z: string;
  readonly surface: Surface;
}

/** What a page may know of a run beside its scores. */
export interface ExploreOptions {
  /** Every answer: what the page shows of a model, a question, and offers as a file. Default: none. */
  readonly rows?: readonly Row[];
  /** What was asked: a question's card shows what a right answer looks like. Default: it does not. */
  readonly tasks?: readonly { readonly name: string; readonly expected: object }[];
  /** What `facetMeans` gave: the scores' intervals. Default: none. */
  readonly means?: Frame<FacetMean>;
  /** A model's family, where its name misleads the rule; as `pointsOf` takes it. */
  readonly families?: Readonly<Record<string, string>>;
  /** Surfaces that are fitted: where one is of the axes that it begins with, its still picture shows that. Default: none. */
  readonly surfaces?: readonly FittedSurface[];
  /** How the run was set up, for whoever reads the page later: plain JSON, no keys or paths. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * Shows an explorer: the reader of the page, with no kernel and no network, chooses which two facets shall explain
 * which third, leaves out models or families, and reads value and band anywhere; the surface is fitted in the page by
 * the library itself, and its numbers are those that `fitSurface` gives here.
 *
 * The page gets what it needs to know of the run, once: scores with their items and intervals, families, answers.
 *
 * @param wide What `wideTable` or `withComposite` gives, composites included.
 * @throws RangeError when the table has no column "model".
 */
export function explore(display: Display, wide: AnyFrame, options: ExploreOptions = {}): void {
  const { rows = [], means, families = {}, settings = {}, tasks = [], surfaces = [] } = options;
  const facts = runFacts(wideData(wide, families), means, settings, tasks);
  showHtml(
    display,
    `<div class="fb-explorer tex2jax_ignore mathjax_ignore" data-lm-suppress-shortcuts="true">` +
      `<p class="fb-hint">Where scripts run, surfaces over any facets can be fitted here.</p>` +
      `${firstPicture(facts, surfaces)}${runDataHtml(facts, rows)}</div>`,
  );
}

/** Where the explorer draws: until then a still picture of the surface that it begins with, over the first columns. */
function firstPicture(data: WideData, surfaces: readonly FittedSurface[]): string {
  const { columns, models } = data;
  if (columns.length === 0 || models.length === 0) return "";
  const [x = "", y = "", z = ""] = [0, 1, 2].map((i) => columns[i % columns.length]!.name);
  const fitted = surfaces.find((one) => one.x === x && one.y === y && one.z === z)?.surface;
  const points = fitted === undefined ? pointsAmong(data, [x, y, z]) : null;
  const surface = points === null ? fitted : fitSurface(points, { scale: "score" });
  const none = { svg: "", alt: "" };
  const space = surface === undefined ? none : surfaceFigure(surface, { x, y, z });
  const figures = Object.entries({ space, flat: none, effects: none }).map(
    ([view, picture]) => `<figure class="fb-figure" data-view="${view}">${stageHtml(picture)}</figure>`,
  );
  return `<div class="fb-grid">${figures.join("")}</div>`;
}
