import { numberOf, valueAt, type Fields } from "../../shared/json.js";

/**
 * Which of a task's metrics is its score, best first: what the leaderboards of these tasks report. A metric's own
 * settings, behind a ":" or in brackets, are no part of its name: "pass@1:16_samples" is pass@1.
 */
const METRICS: readonly RegExp[] = (
  "prompt_level_strict(?:_acc)?|prompt-level|prompt-level-strict-accuracy pass@1|pass_at_1 python_pass@1 .*_pass@1 math_verify " +
  "extractive_match exact_match em qem pqem acc_norm acc accuracy_avg accuracy final_accuracy score"
)
  .split(" ")
  .map((names) => new RegExp(`^(?:${names})$`, "i"));
const FILTERS = ["flexible-extract", "create_test", "extract_code", "none", "", "get-answer", "strict-match"];

/** Fields of a result's row that are no metrics. */
const NO_METRIC =
  /^(?:alias|name|sample_len|sample_count|samples|num_.*|n_.*|solved.*|run_stats|completion_rate|details|\s*)$|_std_?err$|_std$/;
/** Without bounds, or better when smaller. */
const UNBOUNDED = /perplexity|^ppl$|bits_per_byte|likelihood|loss|nll|brier|_ece$|time|cost/;

/** A task's score, whose range is for the report to judge, or why it has none. */
export type MetricChoice =
  | { readonly key: string; readonly filter: string; readonly metric: string; readonly score: number }
  | { readonly why: string };

/**
 * The one score of a task's row of metrics. Keys are "metric,filter" since 0.4, split at the first comma, and "metric"
 * before. Known metrics go first, in the order of METRICS; another is taken only where it stands alone.
 *
 * @param higherIsBetter The file's own word on each metric.
 */
export function chooseMetric(row: Fields, higherIsBetter: unknown = {}): MetricChoice {
  const candidates = Object.entries(row)
    .map(([key, value]) => ({ ...splitKey(key), key, score: numberOf(value) }))
    .filter(({ name }) => !NO_METRIC.test(name) && !UNBOUNDED.test(name))
    .filter(({ name }) => valueAt(higherIsBetter, name) !== false);
  const names = [...new Set(candidates.map(({ name }) => name))];
  if (names.length === 0) return { why: "no metric that is bounded and better when higher" };
  const fits = METRICS.map((known) => names.filter((name) => known.test(plain(name))));
  const [wanted, second] = fits.find((known) => known.length > 0) ?? names;
  if (wanted === undefined || second !== undefined)
    return { why: `several metrics and no preference among them: ${names.join(", ")}` };
  const [best] = candidates
    .filter(({ name }) => name === wanted)
    .toSorted((a, b) => Number(a.score === null) - Number(b.score === null) || a.rank - b.rank);
  const { key, filter, score } = best!;
  const metric = filter === "" || filter === "none" ? wanted : `${wanted},${filter}`;
  if (score === null) return { why: `${metric} is no number` };
  return { key, filter, metric, score };
}

function plain(name: string): string {
  return name.replace(/pass@k[:(].*k=1\b.*/, "pass@1").replace(/[:(].*$/, "");
}

function splitKey(key: string): { readonly name: string; readonly filter: string; readonly rank: number } {
  const [name = "", ...rest] = key.split(",");
  const filter = rest.join(",");
  const rank = FILTERS.indexOf(filter);
  return { name, filter, rank: rank === -1 ? FILTERS.length : rank };
}
