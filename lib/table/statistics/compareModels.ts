import { checkedScore, isOwnRow, itemOf, type AnyRow } from "../observations.js";
import { pairedInterval } from "./intervals.js";
import { signFlipMidP } from "./signFlip.js";

/** One model's mean score minus another's over the items that both were scored on; NaN without one. */
export interface Comparison {
  readonly difference: number;
  /** 95 % interval of this one difference. */
  readonly low: number;
  readonly high: number;
  /** As if the pair were the only one. */
  readonly pUnadjusted: number;
  /** Items that both were scored on. */
  readonly n: number;
}

/** The same of two models that a reader chose, in one facet. */
export interface ModelComparison extends Comparison {
  readonly facet: string;
  /** Pairs of models that could have been chosen: p times as many bounds what the choice may have made of it. */
  readonly pairs: number;
}

/**
 * Two models, facet by facet, by the numbers and the test of `pairedDifferences`; of rows alone, without a DataFrame.
 *
 * @returns One entry for each facet that both were asked in.
 * @throws RangeError when a score lies outside [0, 1], naming the row.
 */
export function compareModels(rows: readonly AnyRow[], a: string, b: string): readonly ModelComparison[] {
  return [...itemScores(rows, "compareModels")].flatMap(([facet, models]) => {
    const [ofA, ofB] = [models.get(a), models.get(b)];
    if (ofA === undefined || ofB === undefined) return [];
    return [{ facet, ...compareItems(ofA, ofB), pairs: (models.size * (models.size - 1)) / 2 }];
  });
}

/** Item → its scores over the epochs, added up. */
export type ItemScores = Map<string, { readonly sum: number; readonly epochs: number }>;

/** facet → model → its items. A model without a scored item is there, with no items. */
export function itemScores(
  rows: readonly AnyRow[],
  caller: string,
): ReadonlyMap<string, ReadonlyMap<string, ItemScores>> {
  const facets = new Map<string, Map<string, ItemScores>>();
  rows.forEach((row, i) => {
    if (!isOwnRow(row)) return;
    const models = facets.get(row.facet) ?? new Map<string, ItemScores>();
    facets.set(row.facet, models);
    const items: ItemScores = models.get(row.model) ?? new Map();
    models.set(row.model, items);
    const score = checkedScore(row, i, caller);
    if (score === null) return;
    const item = itemOf(row);
    const { sum, epochs } = items.get(item) ?? { sum: 0, epochs: 0 };
    items.set(item, { sum: sum + score, epochs: epochs + 1 });
  });
  return facets;
}

function differences(a: ItemScores, b: ItemScores): readonly number[] {
  return [...a].flatMap(([item, ours]) => {
    const theirs = b.get(item);
    return theirs === undefined ? [] : [ours.sum / ours.epochs - theirs.sum / theirs.epochs];
  });
}

/** Over the items that both have a score on. */
export function compareItems(a: ItemScores, b: ItemScores): Comparison {
  const shared = differences(a, b);
  const n = shared.length;
  if (n === 0)
    return { difference: Number.NaN, low: Number.NaN, high: Number.NaN, pUnadjusted: Number.NaN, n };
  const difference = shared.reduce((sum, d) => sum + d, 0) / n;
  return { difference, ...pairedInterval(shared), pUnadjusted: signFlipMidP(shared), n };
}
