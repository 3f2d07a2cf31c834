import { isSimulated } from "../shared/provenance.js";
import { compareItems, itemScores, type ItemScores } from "./statistics/compareModels.js";
import { columnsOf, makeFrame, type Column } from "./frame.js";
import { holmAdjusted } from "./statistics/holm.js";
import type { AnyRow } from "./observations.js";
import type { Frame } from "./types.js";

/** Two models on the items that both were scored on. As a record, a missing number is null. */
export interface PairedDifference {
  readonly facet: string;
  readonly a: string;
  readonly b: string;
  /** Mean of a's score minus b's, over the shared items; missing without one. */
  readonly difference: number | null;
  /** 95 % interval of this one difference, not adjusted for the number of pairs. */
  readonly low: number | null;
  readonly high: number | null;
  /** Adjusted by Holm over the pairs of the facet: this is the one to read. */
  readonly p: number | null;
  /** The pair's own p, as if it were the only one. */
  readonly pUnadjusted: number | null;
  /** Items that both were scored on. */
  readonly n: number;
  /** There, and true, for simulated models. */
  readonly simulated?: true;
}

/**
 * Every pair of models in every facet, compared on the items that both were scored on.
 *
 * The test is McNemar's mid-p, its generalisation by sign flips where scores are graded or questions were repeated
 * (an item's score is then its mean over the epochs: repeats are not new items). An item that either model has no
 * score for is left out of the pair. External scores name no items and cannot be paired; they take no part.
 *
 * @returns In order of first appearance; `comparisonNote` says in words what can be found at all.
 * @throws RangeError when a score lies outside [0, 1], naming the row.
 */
export function pairedDifferences(rows: readonly AnyRow[]): Frame<PairedDifference> {
  const pairs = [...itemScores(rows, "pairedDifferences")].flatMap(([facet, models]) =>
    comparePairs(facet, [...models]),
  );
  const cells = pairs.map(({ facet, a, b, difference, low, high, p, pUnadjusted, n }) => {
    return [facet, a, b, difference, low, high, p, pUnadjusted, n];
  });
  return makeFrame<PairedDifference>(COLUMNS, cells, { simulated: isSimulated(rows) });
}

const COLUMNS: readonly Column[] = [
  ...columnsOf("string", "facet", "a", "b"),
  ...columnsOf("float32", "difference", "low", "high", "p", "pUnadjusted"),
  ...columnsOf("int32", "n"),
];

function comparePairs(facet: string, models: readonly (readonly [string, ItemScores])[]) {
  const pairs = models.flatMap(([a, ofA], i) =>
    models.slice(i + 1).map(([b, ofB]) => ({ facet, a, b, ...compareItems(ofA, ofB) })),
  );
  const adjusted = holmAdjusted(pairs.map((pair) => pair.pUnadjusted));
  return pairs.map((pair, i) => ({ ...pair, p: adjusted[i] ?? Number.NaN }));
}
