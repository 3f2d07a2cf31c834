import { isSimulated } from "../shared/provenance.js";
import { columnsOf, makeFrame, type Column, type Frame } from "./frame.js";
import { wilsonInterval } from "./intervals.js";
import { checkedScore, isOwnRow, itemOf, itemsBehind, type AnyRow } from "./observations.js";

/** One model's mean on one facet, with what stands behind it. As a record, a missing number is null. */
export interface FacetMean {
  readonly model: string;
  readonly facet: string;
  /** Mean of the scored answers, in [0, 1]; missing when none was scored. */
  readonly score: number | null;
  /** Wilson 95 % interval; missing with the score, and for a lone external score that tells no n. */
  readonly low: number | null;
  readonly high: number | null;
  /** Scored answers, or the items that an external score stands for; missing where its source tells none. */
  readonly n: number | null;
  /** Answers without a score: none given, refused, cut off, or for the reader to judge. */
  readonly unscored: number;
  /** Questions that got no answer. */
  readonly failed: number;
  /** There, and true, for simulated models. */
  readonly simulated?: true;
}

/**
 * Mean, interval and counts of every model on every facet, in order of first appearance.
 *
 * Unscored and failed rows are counted, never averaged in as 0: a group without one scored row keeps its counts and
 * has no score. An external score weighs as many items as its `n` says, one where it says nothing.
 *
 * Repeats (`epochs`) of one question are not new items: they share what makes the question hard. The interval is
 * Wilson's with n_eff = (Σ w)² / Σ w², w being the scored answers of an item: the number of items when each was
 * answered equally often (Kish 1965, Survey Sampling), which is n / (1 + (r - 1) ICC) at its most careful, ICC = 1.
 * Estimating the ICC from so few items gains width at the cost of the level: plugged in, it covered 91 % in simulation
 * (3 items × 5 repeats, true ICC .6), the items' number 98 %.
 *
 * @throws RangeError when a score lies outside [0, 1] or an n is not positive, naming the row.
 * @see Miller 2024, arXiv:2411.00640 (clustered questions); Bowyer et al. 2025, arXiv:2503.01747 (few items).
 */
export function facetMeans(rows: readonly AnyRow[]): Frame<FacetMean> {
  const means = tally(rows).map((sums) => {
    const { model, facet, scored, items, untold, unscored, failed } = sums;
    // A score that stands alone is shown as it came, not multiplied and divided by its n.
    const score = scored === 1 ? sums.score : sums.weighted / items;
    const isLone = scored === 1 && untold === 1;
    const squares =
      sums.external + [...sums.answers.values()].reduce((sum, answers) => sum + answers ** 2, 0);
    const { low, high } = scored > 0 && !isLone ? wilsonInterval(score, items ** 2 / squares) : MISSING;
    return [model, facet, score, low, high, isLone ? Number.NaN : items, unscored, failed];
  });
  return makeFrame<FacetMean>(COLUMNS, means, { simulated: isSimulated(rows) });
}

const COLUMNS: readonly Column[] = [
  ...columnsOf("string", "model", "facet"),
  ...columnsOf("float32", "score", "low", "high", "n"),
  ...columnsOf("int32", "unscored", "failed"),
];

const MISSING = { low: Number.NaN, high: Number.NaN };

/** What the rows of one model on one facet add up to. */
interface Tally {
  readonly model: string;
  readonly facet: string;
  /** Rows with a score, and the plain sum of their scores. */
  scored: number;
  score: number;
  /** Items behind the scores: scored answers, or what external scores say; and the sum of scores by items. */
  items: number;
  weighted: number;
  /** Scored answers to each item of ours, and items behind external scores. */
  readonly answers: Map<string, number>;
  external: number;
  /** External scores whose source tells no n. */
  untold: number;
  unscored: number;
  failed: number;
}

/** In order of first appearance. In plain loops: danfojs' `groupby` joins keys by "-", so that names could collide. */
function tally(rows: readonly AnyRow[]): readonly Tally[] {
  const tallies = new Map<string, Tally>();
  rows.forEach((row, i) => {
    const { model, facet } = row;
    const key = JSON.stringify([model, facet]);
    const none = {
      scored: 0,
      score: 0,
      items: 0,
      weighted: 0,
      external: 0,
      untold: 0,
      unscored: 0,
      failed: 0,
    };
    const sums = tallies.get(key) ?? { model, facet, answers: new Map<string, number>(), ...none };
    tallies.set(key, sums);
    const score = checkedScore(row, i, "facetMeans");
    if (score === null) {
      sums.unscored += Number(isOwnRow(row) && row.outcome === "unscored");
      sums.failed += Number(isOwnRow(row) && row.outcome === "failed");
      return;
    }
    const items = itemsBehind(row, i, "facetMeans");
    sums.scored += 1;
    sums.score += score;
    sums.items += items;
    sums.weighted += items * score;
    if (!isOwnRow(row)) {
      sums.external += items;
      sums.untold += Number(row.n === undefined);
      return;
    }
    const item = itemOf(row);
    sums.answers.set(item, (sums.answers.get(item) ?? 0) + 1);
  });
  return [...tallies.values()];
}
