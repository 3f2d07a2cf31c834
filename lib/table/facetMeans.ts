import { isSimulated } from "../shared/provenance.js";
import { makeFrame, type Frame } from "./frame.js";
import type { AnyRow } from "./observations.js";
import { tally } from "./tally.js";
import { wilsonInterval, type Interval } from "./wilson.js";

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
  const { groups, mean, items, effectiveItems, isLone, unscored, failed } = tally(rows);
  const intervals = Array.from(mean, (score, g) => {
    const isKnown = !Number.isNaN(score) && isLone[g] === 0;
    return isKnown ? wilsonInterval(score, effectiveItems[g] ?? Number.NaN) : MISSING;
  });
  return makeFrame<FacetMean>(
    [
      { name: "model", text: groups.map(([model = ""]) => model) },
      { name: "facet", text: groups.map(([, facet = ""]) => facet) },
      { name: "score", numbers: mean },
      { name: "low", numbers: intervals.map((interval) => interval.low) },
      { name: "high", numbers: intervals.map((interval) => interval.high) },
      { name: "n", numbers: items.map((n, g) => (isLone[g] === 1 ? Number.NaN : n)) },
      { name: "unscored", numbers: unscored, integer: true },
      { name: "failed", numbers: failed, integer: true },
    ],
    isSimulated(rows),
  );
}

const MISSING: Interval = { low: Number.NaN, high: Number.NaN };
