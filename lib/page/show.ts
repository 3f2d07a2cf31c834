import type { AxisNames, SurfaceLabels } from "../report/index.js";
import { externalTable } from "../report/index.js";
import type { Display, Row } from "../shared/types.js";
import type { RunComparison } from "../eval/index.js";
import type { LawComparison } from "../spline/index.js";
import type { Surface } from "../spline/types.js";
import { surfaceViews } from "../plot/index.js";
import type { TableData } from "../plot/index.js";
import type { PlotlyFigure } from "../plot/types.js";
import { reviewTable } from "./reviewTable.js";
import { showFigure } from "./showFigure.js";
import { lawTable, showTable, type TableOptions } from "./showTable.js";

/** What files gave, as `loadExternalEvals` has it. */
type External = Parameters<typeof externalTable>[0];
type Shown = PlotlyFigure | readonly PlotlyFigure[] | readonly Row[] | External | RunComparison | TableData;

/** A surface: in 3-D, from above and facet by facet, side by side where there is room. */
export function show(display: Display, surface: Surface, labels: SurfaceLabels): void;
/** Which law the data follow: the verdict over a table of the laws and how well each predicts a model left out. */
export function show(display: Display, laws: LawComparison, names: AxisNames): void;
/**
 * What a cell has made: a figure, or several views of one thing; answers, to be filtered and read; where external
 * scores come from; what an edit changed; any other DataFrame or list of records as a table that sorts.
 *
 * @param display tslab's `display` or the result of its `newDisplay()`.
 * @param options For a table: its caption, heads and decimals.
 * @throws TypeError when it is none of them.
 */
export function show(display: Display, thing: Shown, options?: TableOptions): void;
export function show(display: Display, thing: object, words: object = {}): void {
  const [, showIt] = KINDS.find(([isKind]) => isKind(Object(thing) as Fields))!;
  showIt(display, thing as never, words as never);
}

type Fields = Readonly<Record<string, unknown>>;

/** The first kind that fits is the one. */
const KINDS: readonly (readonly [isKind: (thing: Fields) => boolean, showIt: Showing])[] = [
  [isFigure, showFigure],
  [isListOf(isFigure), showFigure],
  [isListOf(({ response, outcome }) => typeof response === "string" && outcome !== undefined), reviewTable],
  [
    ({ predict }) => typeof predict === "function",
    (display, surface: Surface, labels: SurfaceLabels) => showFigure(display, surfaceViews(surface, labels)),
  ],
  [({ laws }) => Array.isArray(laws), lawTable],
  [
    ({ files, skipped }) => Array.isArray(files) && Array.isArray(skipped),
    (display, external: External, options: TableOptions) =>
      showTable(display, externalTable(external), options),
  ],
  [({ flips }) => Array.isArray(flips), showChange],
  [() => true, showTable],
];
type Showing = (display: Display, thing: never, words: never) => void;

function isFigure({ svg, data }: Fields): boolean {
  return typeof svg === "string" && data !== undefined;
}

function isListOf(isKind: (thing: Fields) => boolean) {
  return (thing: Fields): boolean =>
    Array.isArray(thing) && thing.length > 0 && thing.every((one) => isKind(Object(one) as Fields));
}

function showChange(display: Display, { facets, flips }: RunComparison): void {
  showTable(display, facets, { caption: "What the edit changed, by facet" });
  if (flips.length > 0) showTable(display, flips, { caption: "Answers that are judged differently now" });
}
