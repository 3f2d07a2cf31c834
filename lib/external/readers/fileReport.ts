import type { ExternalFormat, Scale, Skipped } from "../types.js";

/** One score as its file reports it, before its facet is settled. */
export interface ReportedScore {
  readonly model: string;
  /** Task name in the source; for a table that names facets, the facet as written. */
  readonly task: string;
  /** Names of groups that the task is one of, the nearest first: `facetOf` may name these instead. */
  readonly groups?: readonly string[];
  /** True when `task` is a facet's name, kept as it is unless it has a known synonym. */
  readonly isFacet?: boolean;
  readonly metric: string;
  /** In [0, 1]. */
  readonly score: number;
  /** Items behind the score; null or less than one where the file does not tell. */
  readonly n?: number | null;
  /** From an export of a run of the simulated panel. */
  readonly simulated?: boolean;
  /** What tells the model from others of its name, such as a revision. Shown only where two would be taken for one. */
  readonly variant?: string | undefined;
  /** Names of this result: a result that shares one with another is the same, met twice. None: never a repeat. */
  readonly identities?: readonly string[];
  /** The Inspect eval that it belongs to: where `model` is "", another file of the eval names it. */
  readonly evalId?: string;
}

type SkippedPart = Pick<Skipped, "what" | "why">;

/** The most that is listed singly of what is skipped for one reason. */
const LISTED = 50;

/** What a reader gathers from one file: its scores, and what it does not take. */
export class FileReport {
  readonly format: ExternalFormat;
  scale: Scale;
  /** The writing tool's version, where the file tells it. */
  version: string | null = null;
  readonly scores: ReportedScore[] = [];
  /** Warnings about the scores that are taken, in sentences. */
  readonly notes: string[] = [];
  /** Inspect evals in the file: tables of samples name their model only by the eval. */
  readonly evals: { readonly id: string; readonly model: string; readonly task: string }[] = [];
  /** How many things were not taken. */
  skippedCount = 0;
  readonly #listed: SkippedPart[] = [];
  readonly #counts = new Map<string, number>();

  constructor(format: ExternalFormat, scale: Scale = "fraction") {
    this.format = format;
    this.scale = scale;
  }

  /** Takes a score that lies within [0, 1], and skips its task otherwise. */
  add(score: ReportedScore): void {
    if (score.score >= 0 && score.score <= 1) this.scores.push(score);
    else this.skip(score.task, `${score.metric} ${score.score} lies outside 0 to 1`);
  }

  /** Notes something not taken; past fifty of a kind they are counted, so that the list stays short. */
  skip(what: string, why: string): void {
    this.skippedCount += 1;
    const kind = why.replace(/".*"|[\d.]+/g, "…");
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= LISTED) this.#listed.push({ what, why });
  }

  /** What was not taken, and how many more of each kind. */
  skipped(): readonly SkippedPart[] {
    const rest = [...this.#counts].filter(([, count]) => count > LISTED);
    const counted = rest.map(([why, count]) => ({ what: `${count - LISTED} more like these`, why }));
    return [...this.#listed, ...counted];
  }
}

/** Running means by name: over samples, each the mean of its scores where it has several, as of epochs. */
export class Means {
  readonly #samples = new Map<string, Map<unknown, { total: number; count: number }>>();

  add(name: string, sample: unknown, score: number): void {
    const samples = this.#samples.get(name) ?? new Map<unknown, { total: number; count: number }>();
    const sum = samples.get(sample) ?? { total: 0, count: 0 };
    sum.total += score;
    sum.count += 1;
    this.#samples.set(name, samples.set(sample, sum));
  }

  /** Samples under a name. */
  count(name: string): number {
    return this.#samples.get(name)?.size ?? 0;
  }

  /** Each name's mean, in the order in which the names were met. */
  all(): readonly (readonly [name: string, mean: number])[] {
    return [...this.#samples].map(([name, samples]) => {
      let sum = 0;
      for (const { total, count } of samples.values()) sum += total / count;
      return [name, sum / samples.size] as const;
    });
  }
}
