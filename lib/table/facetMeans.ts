import { isSimulated, judgedBy } from "../shared/provenance.js";
import type { ScoreRow } from "../shared/types.js";
import { countedItems, withFacts } from "./columnFacts.js";
import { columnsOf, makeFrame, type Column } from "./frame.js";
import { wilsonInterval } from "./statistics/intervals.js";
import { groupSums } from "./statistics/groupSums.js";
import { checkedScore, isOwnRow, itemOf, itemsBehind, type AnyRow } from "./observations.js";
import type { Frame } from "./types.js";

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
  /** There where a model judged some facets: which, and by whom. */
  readonly judged?: string;
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
 * @example
 * const row = (score, n) => ({ model: "a", facet: "coding", score, n, source: "mine" });
 * const means = facetMeans([row(0.5, 10), row(1, 30)]);
 * ["score", "n", "low", "high"].map((name) => means.column(name).values[0].toFixed(2)) // ["0.88", "40.00", "0.74", "0.95"]
 * @throws RangeError when a score lies outside [0, 1] or an n is not positive, naming the row.
 * @see Miller 2024, arXiv:2411.00640 (clustered questions); Bowyer et al. 2025, arXiv:2503.01747 (few items).
 */
export function facetMeans(rows: readonly AnyRow[]): Frame<FacetMean> {
  const groups = new Map<string, number>();
  const items = new Map<string, number>();
  const squares: number[] = [];
  const counts = rows.map((row, i) => {
    const key = JSON.stringify([row.model, row.facet]);
    const group = groups.get(key) ?? groups.size;
    groups.set(key, group);
    const score = checkedScore(row, i, "facetMeans");
    const behind = score === null ? 0 : itemsBehind(row, i, "facetMeans");
    const own = isOwnRow(row) ? row : null;
    if (own === null) squares[group] = (squares[group] ?? 0) + behind;
    else if (score !== null) {
      // One more answer to an item makes w² larger by 2 w + 1.
      const item = `${key}${itemOf(own)}`;
      const answers = items.get(item) ?? 0;
      items.set(item, answers + 1);
      squares[group] = (squares[group] ?? 0) + 2 * answers + 1;
    }
    const untold = own === null && (row as ScoreRow).n === undefined;
    const [unscored, failed] = [own?.outcome === "unscored", own?.outcome === "failed"];
    return [group, score !== null, score ?? 0, behind, behind * (score ?? 0), untold, unscored, failed].map(
      Number,
    );
  });
  const sums = groupSums(counts, SUMMED);
  const effective: number[] = [];
  const means = [...groups].map(([key, group]) => {
    const [model = "", facet = ""] = JSON.parse(key) as readonly string[];
    const { scored, plain, behind, weighted, untold, unscored, failed } = sums[group]!;
    // A score that stands alone is shown as it came, not multiplied and divided by its n.
    const score = scored === 1 ? plain : weighted / behind;
    const isLone = scored === 1 && untold === 1;
    const items = isLone ? Number.NaN : behind ** 2 / (squares[group] ?? 0);
    const { low, high } = Number.isNaN(items) ? MISSING : wilsonInterval(score, items);
    // A score that tells no number of items may stand for any.
    effective.push(untold > 0 ? Number.NaN : items);
    return [model, facet, score, low, high, isLone ? Number.NaN : behind, unscored, failed];
  });
  const frame = makeFrame<FacetMean>(COLUMNS, means, {
    simulated: isSimulated(rows),
    judged: judgedBy(rows),
  });
  return withFacts(frame, [["score", countedItems(Float64Array.from(effective))]]);
}

const COLUMNS: readonly Column[] = [
  ...columnsOf("string", "model", "facet"),
  ...columnsOf("float32", "score", "low", "high", "n"),
  ...columnsOf("int32", "unscored", "failed"),
];

/** What is added up over the rows of one model on one facet. */
const SUMMED = ["scored", "plain", "behind", "weighted", "untold", "unscored", "failed"] as const;

const MISSING = { low: Number.NaN, high: Number.NaN };

/** Finds the mean of a model on a facet among records; undefined where there is none. */
export function meanFinder(
  means: readonly FacetMean[],
): (model: string, facet: string) => FacetMean | undefined {
  const known = new Map(means.map((mean) => [JSON.stringify([mean.model, mean.facet]), mean]));
  return (model, facet) => known.get(JSON.stringify([model, facet]));
}
