import { isObject, listAt, numberOf, objectOf, textAt, valueAt } from "../../shared/json.js";
import { Means } from "./fileReport.js";

/** A log's score, or why it has none. */
export type Headline =
  | {
      readonly scorer: string;
      readonly metric: string;
      readonly score: number;
      /** How epochs became one score, where not by their mean. */
      readonly reducer?: string;
      /** Samples behind the score, and samples without one; null where the log does not count them. */
      readonly n: number | null;
      readonly unscored: number | null;
      /** Scorers whose scores are not taken. */
      readonly others: readonly string[];
    }
  | { readonly why: string };

/**
 * Metrics in the order of preference, "all" being that over all groups of a `grouped` one. After these a log's own, where
 * it has just one and that is better when higher.
 */
const BEST = "accuracy prompt_strict_acc final_acc all overall mean pass@1 pass_at_1 exact_match".split(" ");
const LOWER =
  /refus|error|fail|incorrect|violat|toxic|bias|halluc|attack|cost|time|tokens|perplex|loss|count/i;
const SPREAD = /^(?:stderr|std|var|variance|ci|.*_(?:stderr|std|var|ci|lower|upper))$/;
/** Ways to reduce epochs to one score that are the mean, which Inspect takes unless told otherwise. */
const MEANS = ["", "mean", "mean_score"];

/**
 * The first scorer's score, by the mean over epochs; null where a log has no results.
 *
 * @param results With a list of `scores`, or in the first version of the format with one `scorer` and its `metrics`.
 * @param reducedBy How epochs became one score, where an entry does not say so itself.
 */
export function headline(results: unknown, reducedBy = ""): Headline | null {
  const listed = listAt(results, "scores").map((entry) => ({ scorer: textAt(entry, "name"), entry }));
  const old = { scorer: textAt(results, "scorer", "name"), entry: results };
  const entries = listed.length === 0 && isObject(valueAt(results, "metrics")) ? [old] : listed;
  if (entries.length === 0) return null;
  const [first = "", ...others] = new Set(entries.map(({ scorer }) => scorer));
  const byReducer = entries.filter(({ scorer }) => scorer === first).map(({ entry }) => entry);
  const entry = byReducer.find((one) => MEANS.includes(textAt(one, "reducer"))) ?? byReducer[0];
  const [n, unscored] = ["scored_samples", "unscored_samples"].map((key) => numberOf(valueAt(entry, key)));
  const scorer = first || "score";
  if (n === 0) return { why: `${scorer} scored no sample` };
  // "inspect_ai/accuracy" is accuracy.
  const metrics = Object.entries(objectOf(valueAt(entry, "metrics")))
    .map(([key, value]) => ({ name: key.slice(key.lastIndexOf("/") + 1), value }))
    .filter(({ name }) => !SPREAD.test(name));
  const known = BEST.flatMap((wanted) => metrics.filter(({ name }) => name === wanted));
  const own = metrics.filter(({ name }) => !LOWER.test(name));
  const taken = known[0] ?? (own.length === 1 ? own[0] : undefined);
  const names = metrics.map(({ name }) => name).join(", ");
  if (taken === undefined)
    return { why: `${scorer} has no metric that is known to be its score: ${names || "none"}` };
  const score = numberOf(isObject(taken.value) ? taken.value["value"] : taken.value);
  const reducer = textAt(entry, "reducer") || reducedBy;
  const isMean = MEANS.includes(reducer);
  const metric = `${scorer} ${taken.name}${isMean ? "" : `, ${reducer} of epochs`}`;
  if (score === null) return { why: `${metric} is no number` };
  if (score < 0 || score > 1) return { why: `${metric} ${score} lies outside 0 to 1` };
  const reduced = isMean ? {} : { reducer };
  return { scorer, metric, score, ...reduced, n: n ?? null, unscored: unscored ?? null, others };
}

const GRADES = new Map(Object.entries({ C: 1, yes: 1, true: 1, P: 0.5, I: 0, N: 0, no: 0, false: 0 }));

/**
 * A sample's score as a number, by Inspect's own reading: "C" 1, "P" one half, "I" and "N" 0, booleans, numbers and
 * numeric text. Null for NaN, which marks a sample as not scored, and for lists and objects.
 */
function sampleScore(value: unknown): number | null {
  if (typeof value === "boolean") return Number(value);
  const text = typeof value === "string" ? value.trim() : "";
  return GRADES.get(text) ?? GRADES.get(text.toLowerCase()) ?? numberOf(value);
}

/** Counts samples by scorer: the mean over epochs of each, and over samples. */
export class SampleScores {
  readonly #means = new Means();
  /** Samples and epochs without any score. */
  unscored = 0;
  /** Samples and epochs whose score is a list or an object, which only the log's own results sum up. */
  structured = 0;

  /** @param sample With `id`, and `scores` by scorer or, in the first version of the format, one `score`. */
  add(sample: unknown): void {
    const old = valueAt(sample, "score");
    const id = String(valueAt(sample, "id"));
    const scores = Object.entries(isObject(old) ? { score: old } : objectOf(valueAt(sample, "scores")));
    const values = scores.map(([, score]) => (isObject(score) ? score["value"] : score));
    const numbers = values.map(sampleScore);
    for (const [i, one] of numbers.entries()) if (one !== null) this.#means.add(scores[i]![0], id, one);
    if (numbers.some((number) => number !== null)) return;
    if (values.some((value) => typeof value === "object" && value !== null)) this.structured += 1;
    else this.unscored += 1;
  }

  /** Whether there are samples, and not one was given a score of any kind. */
  get isBlank(): boolean {
    return this.unscored > 0 && this.structured === 0 && this.#means.all().length === 0;
  }

  /** Samples with a score by this scorer; the first version of the format does not name it. */
  count(scorer: string): number {
    return this.#means.count(scorer) || this.#means.count("score");
  }

  /** The first scorer's mean, as results would have it. */
  headline(): Headline {
    const [first] = this.#means.all();
    if (first === undefined) return { why: "no sample is scored" };
    const [scorer, score] = first;
    const metric = `${scorer} mean of samples`;
    if (score < 0 || score > 1) return { why: `${metric} ${score} lies outside 0 to 1` };
    const unscored = this.unscored + this.structured;
    return { scorer, metric, score, n: this.#means.count(scorer), unscored, others: [] };
  }
}
