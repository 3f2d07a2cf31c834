import { isSimulated } from "../shared/provenance.js";
import { makeFrame, type Frame } from "./frame.js";
import { GroupKeys } from "./groups.js";
import { holmAdjusted } from "./holm.js";
import { checkedScore, isOwnRow, type AnyRow } from "./observations.js";
import { pairedInterval } from "./pairedInterval.js";
import { signFlipMidP } from "./signFlip.js";

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
  const pairs = [...itemMeans(rows)].flatMap(([facet, models]) => comparePairs(facet, [...models]));
  const numbers = (name: "difference" | "low" | "high" | "p" | "pUnadjusted" | "n") => ({
    name,
    numbers: pairs.map((pair) => pair[name] ?? Number.NaN),
  });
  return makeFrame<PairedDifference>(
    [
      { name: "facet", text: pairs.map((pair) => pair.facet) },
      { name: "a", text: pairs.map((pair) => pair.a) },
      { name: "b", text: pairs.map((pair) => pair.b) },
      numbers("difference"),
      numbers("low"),
      numbers("high"),
      numbers("p"),
      numbers("pUnadjusted"),
      { ...numbers("n"), integer: true },
    ],
    isSimulated(rows),
  );
}

/** An item's mean score, by the item's number. */
type ItemMeans = ReadonlyMap<number, number>;

/** facet → model → item → mean over the epochs. A model without a scored item is there, with no items. */
function itemMeans(rows: readonly AnyRow[]): ReadonlyMap<string, ReadonlyMap<string, ItemMeans>> {
  const items = new GroupKeys();
  const facets = new Map<string, Map<string, Map<number, number>>>();
  const repeats = new Map<Map<number, number>, Map<number, number>>();
  rows.forEach((row, i) => {
    if (!isOwnRow(row)) return;
    const models = facets.get(row.facet) ?? new Map<string, Map<number, number>>();
    facets.set(row.facet, models);
    const means = models.get(row.model) ?? new Map<number, number>();
    models.set(row.model, means);
    const score = checkedScore(row, i, "pairedDifferences");
    if (score === null) return;
    const item = items.keyOf(row.task, row.prompt);
    const counts = repeats.get(means) ?? new Map<number, number>();
    repeats.set(means, counts);
    const count = (counts.get(item) ?? 0) + 1;
    counts.set(item, count);
    const mean = means.get(item) ?? 0;
    means.set(item, mean + (score - mean) / count);
  });
  return facets;
}

function comparePairs(facet: string, models: readonly (readonly [string, ItemMeans])[]): PairedDifference[] {
  const pairs = models.flatMap(([a, ofA], i) =>
    models.slice(i + 1).map(([b, ofB]) => ({ facet, a, b, ...compare(differences(ofA, ofB)) })),
  );
  const adjusted = holmAdjusted(pairs.map((pair) => pair.pUnadjusted));
  return pairs.map((pair, i) => ({ ...pair, p: adjusted[i] ?? Number.NaN }));
}

function differences(a: ItemMeans, b: ItemMeans): readonly number[] {
  return [...a].flatMap(([item, score]) => {
    const other = b.get(item);
    return other === undefined ? [] : [score - other];
  });
}

function compare(shared: readonly number[]) {
  const n = shared.length;
  if (n === 0)
    return { difference: Number.NaN, low: Number.NaN, high: Number.NaN, pUnadjusted: Number.NaN, n };
  const difference = shared.reduce((sum, d) => sum + d, 0) / n;
  return { difference, ...pairedInterval(shared), pUnadjusted: signFlipMidP(shared), n };
}
