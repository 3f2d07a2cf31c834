import { createHash } from "node:crypto";
import type { Fields } from "../../shared/json.js";
import type { ExternalFormat, Scale, Skipped } from "../types.js";
import { chooseMetric } from "./chooseMetric.js";

/** One score as its file reports it, before its facet is settled. */
export interface ReportedScore {
  readonly model: string;
  /** Task name in the source; for a table that names facets, the facet as written. */
  readonly task: string;
  /** Names of groups that the task is one of, the nearest first: `facetOf` may name these instead. */
  readonly groups?: readonly string[];
  /** The task that this one is a part of: where the model has a score of that, this one says it again. */
  readonly partOf?: string | undefined;
  /** True when `task` is a facet's name, kept as it is unless it has a known synonym. */
  readonly isFacet?: boolean;
  readonly metric: string;
  /** In [0, 1]. */
  readonly score: number;
  /** Items behind the score; null or less than one where the file does not tell. */
  readonly n?: number | null;
  /** Of a row of a table, see `ScoreRow`. */
  readonly repeats?: number;
  /** From an export of a run of the simulated panel. */
  readonly simulated?: boolean;
  /** What tells the model from others of its name, as a revision. Shown only where two would be taken for one. */
  readonly variant?: string | undefined;
  /** How the task was run, by the kind of setting: shots, filter, reducer. Shown only where two runs differ in it. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** Over part of the task's items, as runs that try things out are. */
  readonly isSmoke?: boolean;
  /**
   * Names of this result: one that shares a name with another is the same, met twice. An empty list: a mean in a table,
   * which another file of the same model, task and score says again. Undefined: a single item, and no run of its own.
   */
  readonly identities?: readonly string[] | undefined;
  /** When it was run: results of two times are two, whatever their names. */
  readonly runTime?: string | undefined;
  /** The Inspect eval that it belongs to: where `model` is "", another file of the eval names it. */
  readonly evalId?: string;
}

type SkippedPart = Omit<Skipped, "file">;

/** The most that is listed singly of what is skipped for one reason. */
const LISTED = 50;

/** What a reader gathers from one file: its scores, and what it does not take. */
export class FileReport {
  /** The writing tool's version, where the file tells it. */
  version: string | null = null;
  readonly scores: ReportedScore[] = [];
  /** Warnings about the scores that are taken, in sentences. */
  readonly notes: string[] = [];
  /** Inspect evals in the file: tables of samples name their model only by the eval. */
  readonly evals: { readonly id: string; readonly model: string; readonly task: string }[] = [];
  /** How many things were not taken. */
  skippedCount = 0;
  #isSmoke = false;
  readonly #listed: SkippedPart[] = [];
  readonly #counts = new Map<string, number>();

  constructor(
    readonly format: ExternalFormat,
    public scale: Scale = "fraction",
  ) {}

  /** Marks what is added from here on as of a run that tries things out. */
  smoke(extent: string): void {
    this.#isSmoke = true;
    this.notes.push(`Smoke run: ${extent}.`);
  }

  /** Takes a score that lies within [0, 1], and skips its task otherwise. */
  add(score: ReportedScore): void {
    if (!(score.score >= 0 && score.score <= 1))
      this.skip(score.task, `${score.metric} ${score.score} lies outside 0 to 1: another scale`);
    else this.scores.push(this.#isSmoke ? { ...score, isSmoke: true } : score);
  }

  /**
   * Takes the one score of a task's row of metrics, its filter among the settings; or skips the task with the reason.
   *
   * @param higherIsBetter The file's own word on each metric.
   * @param count Items behind the metric of a key, where those are counted by metric.
   */
  addTask(
    row: Fields,
    facts: Omit<ReportedScore, "metric" | "score">,
    higherIsBetter: unknown = {},
    count?: (key: string) => number,
  ): void {
    const choice = chooseMetric(row, higherIsBetter);
    if ("why" in choice) return this.skip(facts.task, choice.why);
    const { key, filter, metric, score } = choice;
    const settings = filter === "" || filter === "none" ? {} : { filter };
    const n = count?.(key) ?? facts.n ?? null;
    this.add({ ...facts, metric, score, n, settings: { ...facts.settings, ...settings } });
  }

  /**
   * Notes something not taken; past fifty of a kind they are counted, so that the list stays short.
   *
   * @param of How many it stands for.
   */
  skip(what: string, why: string, of = 1): void {
    this.skippedCount += of;
    const kind = kindOf(why);
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= LISTED) this.#listed.push({ what, why, ...(of > 1 ? { count: of } : {}) });
  }

  /** Notes a table's row that cannot be read. */
  readonly skipRow = (row: number, why: string): void => this.skip(`row ${row}`, why);

  /** What was not taken, and how many more of each kind. */
  skipped(): readonly SkippedPart[] {
    const rest = [...this.#counts].filter(([, count]) => count > LISTED);
    const counted = rest.map(([why, all]) => {
      const count = all - LISTED;
      return { what: `${count} more like these`, why, count };
    });
    return [...this.#listed, ...counted];
  }
}

/** A reason without what is particular to one row, so that equal ones are counted together. */
export const kindOf = (why: string): string => why.replace(/".*"|[\d.]+/g, "…");

/** A short name for what is the same wherever it is met. */
export function digestOf(content: unknown): string {
  return createHash("sha1").update(JSON.stringify(content)).digest("base64");
}

/**
 * Running means by name: over samples, each the mean of its scores where it has several, as of epochs. Where a score lies
 * outside 0 to 1 the test has another scale: that score then stands for the mean, and no report takes it.
 */
export class Means {
  readonly #samples = new Map<string, Map<unknown, { total: number; count: number }>>();
  readonly #outside = new Map<string, number>();

  add(name: string, sample: unknown, score: number): void {
    const samples = this.#samples.get(name) ?? new Map<unknown, { total: number; count: number }>();
    const sum = samples.get(sample) ?? { total: 0, count: 0 };
    sum.total += score;
    sum.count += 1;
    if (score < 0 || score > 1) this.#outside.set(name, score);
    this.#samples.set(name, samples.set(sample, sum));
  }

  /** Samples under a name. */
  count(name: string): number {
    return this.#samples.get(name)?.size ?? 0;
  }

  /** Scores under a name, of which a sample may have several. */
  answers(name: string): number {
    return [...(this.#samples.get(name)?.values() ?? [])].reduce((sum, { count }) => sum + count, 0);
  }

  /** Each name's mean, in the order in which the names were met. */
  all(): readonly (readonly [name: string, mean: number])[] {
    return [...this.#samples].map(([name, samples]) => {
      let sum = 0;
      for (const { total, count } of samples.values()) sum += total / count;
      return [name, this.#outside.get(name) ?? sum / samples.size] as const;
    });
  }
}
