import { isRecord, listAt, numberOf, recordAt, textAt, type Fields } from "./fields.js";

/** A log's score, or why it has none. */
export type Headline =
  | { readonly scorer: string; readonly metric: string; readonly score: number; readonly n: number | null }
  | { readonly why: string };

/** Metrics in the order of preference; after these, a log's own first one. */
const METRICS = ["accuracy", "prompt_strict_acc", "final_acc", "mean"];
const SPREAD = /^(?:stderr|std|var|variance|ci|.*_(?:stderr|std|var|ci|lower|upper))$/;

/** The scores of a log's results: a list, or in the first version of the format a single one. */
export function scoreEntries(results: Fields): readonly Fields[] {
  const entries = listAt(results, "scores").filter(isRecord);
  if (entries.length > 0 || !isRecord(results["metrics"])) return entries;
  return [{ name: textAt(results["scorer"], "name") || "score", metrics: results["metrics"] }];
}

/** Scorers of a log besides the one whose score is taken. */
export function otherScorers(entries: readonly Fields[]): readonly string[] {
  const first = headlineEntry(entries);
  const names = entries.map((entry) => textAt(entry, "name"));
  return [...new Set(names)].filter((name) => first !== undefined && name !== textAt(first, "name"));
}

/** Samples that the entry whose score is taken counts as not scored; null where it does not count them. */
export function unscoredSamples(entries: readonly Fields[]): number | null {
  return numberOf(headlineEntry(entries)?.["unscored_samples"]);
}

/** The first scorer's score; of its reducers over epochs the mean, which Inspect takes unless told otherwise. */
export function headline(entries: readonly Fields[]): Headline {
  const entry = headlineEntry(entries);
  if (entry === undefined) return { why: "not scored" };
  const scorer = textAt(entry, "name") || "score";
  const scored = numberOf(entry["scored_samples"]);
  if (scored === 0) return { why: `${scorer} scored no sample` };
  const metrics = Object.entries(recordAt(entry, "metrics")).filter(([key]) => !SPREAD.test(lastPart(key)));
  const known = METRICS.flatMap((name) => metrics.filter(([key]) => lastPart(key) === name));
  const [key, value] = known[0] ?? metrics[0] ?? [];
  if (key === undefined) return { why: `${scorer} has no metric` };
  const score = numberOf(isRecord(value) ? value["value"] : value);
  const metric = `${scorer} ${lastPart(key)}`;
  if (score === null) return { why: `${metric} is no number` };
  if (score < 0 || score > 1) return { why: `${metric} ${score} lies outside 0 to 1` };
  return { scorer, metric, score, n: scored };
}

function headlineEntry(entries: readonly Fields[]): Fields | undefined {
  const first = entries[0];
  if (first === undefined) return undefined;
  const reduced = entries.filter((entry) => textAt(entry, "name") === textAt(first, "name"));
  return reduced.find((entry) => ["", "mean", "mean_score"].includes(textAt(entry, "reducer"))) ?? first;
}

/** "inspect_ai/accuracy" is accuracy. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/**
 * A sample's score as a number, by Inspect's own reading: "C" 1, "P" one half, "I" and "N" 0, booleans, numbers and
 * numeric text. Null for NaN, which marks a sample as not scored, and for lists and objects.
 */
export function sampleScore(value: unknown): number | null {
  if (typeof value === "boolean") return Number(value);
  if (typeof value !== "string") return numberOf(value);
  const grades: Readonly<Record<string, number>> = { C: 1, P: 0.5, I: 0, N: 0 };
  const text = value.trim();
  if (Object.hasOwn(grades, text)) return grades[text]!;
  if (/^(?:yes|true)$/i.test(text)) return 1;
  if (/^(?:no|false)$/i.test(text)) return 0;
  return numberOf(text);
}

/** Counts samples by scorer: the mean over epochs of each, and over samples. */
export class SampleScores {
  readonly #scorers = new Map<string, Map<string, { total: number; count: number }>>();
  #unscored = 0;
  #structured = 0;

  /** @param sample With `id`, and `scores` by scorer or, in the first version of the format, one `score`. */
  add(sample: unknown): void {
    const old = recordAt(sample)["score"];
    const scores = isRecord(old) ? { score: old } : recordAt(sample, "scores");
    const id = String(recordAt(sample)["id"]);
    let [isScored, isStructured] = [false, false];
    for (const [scorer, score] of Object.entries(scores)) {
      const stated = isRecord(score) ? score["value"] : score;
      const value = sampleScore(stated);
      isStructured ||= typeof stated === "object" && stated !== null;
      if (value === null) continue;
      isScored = true;
      this.#add(scorer, id, value);
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
    const score = total / samples.size;
    if (score < 0 || score > 1) return { why: `the mean of ${scorer}, ${score}, lies outside 0 to 1` };
    return { scorer, metric: `${scorer} mean of samples`, score, n: samples.size };
  }

  #add(scorer: string, id: string, value: number): void {
    let samples = this.#scorers.get(scorer);
    if (samples === undefined) this.#scorers.set(scorer, (samples = new Map()));
    const sample = samples.get(id);
    if (sample === undefined) samples.set(id, { total: value, count: 1 });
    else {
      sample.total += value;
      sample.count += 1;
    }
  }
}
