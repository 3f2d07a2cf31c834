import { numberOf, valueAt, type Fields } from "../../shared/json.js";

/** Which of a task's metrics is its score, best first: what the leaderboards of these tasks report. */
const METRICS = ["prompt_level_strict_acc", "pass@1", "pass_at_1", "exact_match", "acc_norm", "acc"];
const FILTERS = ["flexible-extract", "create_test", "extract_code", "none", "", "get-answer", "strict-match"];

/** Fields of a result's row that are no metrics. */
const NO_METRIC = /^(?:alias|name|sample_len|sample_count|samples|\s*)$/;
/** Without bounds, or better when smaller. */
const UNBOUNDED = /perplexity|^ppl$|bits_per_byte|likelihood|loss|nll|brier|_ece$|time|cost/;

/** A task's score, or why it has none. */
export type MetricChoice = { readonly metric: string; readonly score: number } | { readonly why: string };

interface Candidate {
  readonly metric: string;
  readonly filter: string;
  readonly score: number | null;
}

/**
 * The one score of a task's row of metrics. Keys are "metric,filter" since 0.4, split at the first comma, and "metric"
 * before. Known metrics go first, in the order of METRICS; another is taken only where it stands alone.
 *
 * @param higherIsBetter The file's own word on each metric.
 */
export function chooseMetric(row: Fields, higherIsBetter: unknown): MetricChoice {
  const candidates = Object.entries(row).flatMap(([key, value]) => candidate(key, value, higherIsBetter));
  const names = [...new Set(candidates.map(({ metric }) => metric))];
  const wanted =
    METRICS.find((metric) => names.includes(metric)) ?? (names.length === 1 ? names[0] : undefined);
  if (names.length === 0) return { why: "no metric that is bounded and better when higher" };
  if (wanted === undefined)
    return { why: `several metrics and no preference among them: ${names.join(", ")}` };
  const ranked = candidates
    .filter(({ metric }) => metric === wanted)
    .toSorted(
      (a, b) => Number(a.score === null) - Number(b.score === null) || rank(a.filter) - rank(b.filter),
    );
  const { filter, score } = ranked[0]!;
  const metric = filter === "" || filter === "none" ? wanted : `${wanted},${filter}`;
  if (score === null) return { why: `${metric} is no number` };
  if (score < 0 || score > 1) return { why: `${metric} ${score} lies outside 0 to 1` };
  return { metric, score };
}

function candidate(key: string, value: unknown, higherIsBetter: unknown): readonly Candidate[] {
  const comma = key.indexOf(",");
  const metric = comma === -1 ? key : key.slice(0, comma);
  const filter = comma === -1 ? "" : key.slice(comma + 1);
  if (NO_METRIC.test(metric) || UNBOUNDED.test(metric) || metric.endsWith("_stderr")) return [];
  if (valueAt(higherIsBetter, metric) === false) return [];
  return [{ metric, filter, score: numberOf(value) }];
}

function rank(filter: string): number {
  const place = FILTERS.indexOf(filter);
  return place === -1 ? FILTERS.length : place;
}
