import { isObject, listAt, numberOf, objectOf, textAt, valueAt } from "../../shared/json.js";

/** A log's score, or why it has none. */
export type Headline =
  | { readonly scorer: string; readonly metric: string; readonly score: number; readonly n: number | null }
  | { readonly why: string };

/** What a log's results say of one scorer under one way to reduce epochs. */
export interface ScoreEntry {
  readonly name: string;
  readonly reducer: string;
  readonly metrics: unknown;
  readonly scored: number | null;
  readonly unscored: number | null;
}

/** Metrics in the order of preference; after these, a log's own first one. */
const METRICS = ["accuracy", "prompt_strict_acc", "final_acc", "mean"];
const SPREAD = /^(?:stderr|std|var|variance|ci|.*_(?:stderr|std|var|ci|lower|upper))$/;

/** The scores of a log's results: a list, or in the first version of the format a single one. */
export function scoreEntries(results: unknown): readonly ScoreEntry[] {
  const entries = listAt(results, "scores").filter(isObject);
  const metrics = valueAt(results, "metrics");
  const old = isObject(metrics) ? [{ name: textAt(results, "scorer", "name"), metrics }] : [];
  return (entries.length > 0 ? entries : old).map((entry) => ({
    name: textAt(entry, "name") || "score",
    reducer: textAt(entry, "reducer"),
    metrics: valueAt(entry, "metrics"),
    scored: numberOf(valueAt(entry, "scored_samples")),
    unscored: numberOf(valueAt(entry, "unscored_samples")),
  }));
}

/** Scorers of a log besides the one whose score is taken. */
export function otherScorers(entries: readonly ScoreEntry[]): readonly string[] {
  return [...new Set(entries.map(({ name }) => name))].filter((name) => name !== entries[0]?.name);
}

/** Samples that the entry whose score is taken counts as not scored; null where it does not count them. */
export function unscoredSamples(entries: readonly ScoreEntry[]): number | null {
  return headlineEntry(entries)?.unscored ?? null;
}

/** The first scorer's score; of its reducers over epochs the mean, which Inspect takes unless told otherwise. */
export function headline(entries: readonly ScoreEntry[]): Headline {
  const entry = headlineEntry(entries);
  if (entry === undefined) return { why: "not scored" };
  const { name: scorer, scored } = entry;
  if (scored === 0) return { why: `${scorer} scored no sample` };
  const metrics = Object.entries(objectOf(entry.metrics)).filter(([key]) => !SPREAD.test(lastPart(key)));
  const known = METRICS.flatMap((name) => metrics.filter(([key]) => lastPart(key) === name));
  const [key, value] = known[0] ?? metrics[0] ?? [];
  if (key === undefined) return { why: `${scorer} has no metric` };
  const score = numberOf(isObject(value) ? value["value"] : value);
  return withinBounds(scorer, lastPart(key), score, scored);
}

function headlineEntry(entries: readonly ScoreEntry[]): ScoreEntry | undefined {
  const reduced = entries.filter(({ name }) => name === entries[0]?.name);
  return reduced.find(({ reducer }) => ["", "mean", "mean_score"].includes(reducer)) ?? entries[0];
}

function withinBounds(scorer: string, name: string, score: number | null, n: number | null): Headline {
  const metric = `${scorer} ${name}`;
  if (score === null) return { why: `${metric} is no number` };
  if (score < 0 || score > 1) return { why: `${metric} ${score} lies outside 0 to 1` };
  return { scorer, metric, score, n };
}

/** "inspect_ai/accuracy" is accuracy. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/**
 * A sample's score as a number, by Inspect's own reading: "C" 1, "P" one half, "I" and "N" 0, booleans, numbers and
 * numeric text. Null for NaN, which marks a sample as not scored, and for lists and objects.
 */
function sampleScore(value: unknown): number | null {
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") return numberOf(value);
  const grades: Readonly<Record<string, number>> = { C: 1, P: 0.5, I: 0, N: 0 };
  const text = value.trim();
  if (Object.hasOwn(grades, text)) return grades[text]!;
  if (/^(?:yes|true)$/i.test(text)) return 1;
  if (/^(?:no|false)$/i.test(text)) return 0;
  return numberOf(text);
}

/** The scores of a sample over its epochs. */
interface Sum {
  readonly total: number;
  readonly count: number;
}

/** Counts samples by scorer: the mean over epochs of each, and over samples. */
export class SampleScores {
  readonly #scorers = new Map<string, Map<string, Sum>>();
  #unscored = 0;
  #structured = 0;

  /** @param sample With `id`, and `scores` by scorer or, in the first version of the format, one `score`. */
  add(sample: unknown): void {
    const old = valueAt(sample, "score");
    const scores = isObject(old) ? { score: old } : objectOf(valueAt(sample, "scores"));
    const id = String(valueAt(sample, "id"));
    let [isScored, isStructured] = [false, false];
    for (const [scorer, score] of Object.entries(scores)) {
      const stated = isObject(score) ? score["value"] : score;
      const value = sampleScore(stated);
      isStructured ||= typeof stated === "object" && stated !== null;
      if (value === null) continue;
      isScored = true;
      const samples = this.#scorers.get(scorer) ?? new Map<string, Sum>();
      this.#scorers.set(scorer, samples);
      const { total, count } = samples.get(id) ?? { total: 0, count: 0 };
      samples.set(id, { total: total + value, count: count + 1 });
    }
    if (!isScored && isStructured) this.#structured += 1;
    else if (!isScored) this.#unscored += 1;
  }

  /** Samples and epochs without any score. */
  get unscored(): number {
    return this.#unscored;
  }

  /** Samples and epochs whose score is a list or an object, which only the log's own results sum up. */
  get structured(): number {
    return this.#structured;
  }

  /** Whether there are samples, and not one was given a score of any kind. */
  get isBlank(): boolean {
    return this.#unscored > 0 && this.#structured === 0 && this.#scorers.size === 0;
  }

  /** Samples with a score by this scorer; the first version of the format does not name it. */
  count(scorer: string): number {
    return (this.#scorers.get(scorer) ?? this.#scorers.get("score"))?.size ?? 0;
  }

  /** The first scorer's mean, as results would have it. */
  headline(): Headline {
    const [first] = this.#scorers;
    if (first === undefined) return { why: "no sample is scored" };
    const [scorer, samples] = first;
    let total = 0;
    for (const sample of samples.values()) total += sample.total / sample.count;
    return withinBounds(scorer, "mean of samples", total / samples.size, samples.size);
  }
}
