import type { Answer } from "../client/types.js";
import type { Judging } from "../scorers/types.js";
import type { Outcome, Row } from "../shared/types.js";
import type { ModelSpec } from "../tasks/types.js";
import { type EvaluateOptions, type Plan, type Question, questionsOf } from "./plan.js";
import { type Progress, UNBEGUN } from "./progressBar.js";
import { scoreAnswer } from "./scoreAnswer.js";

/** What an evaluation took. */
export interface RunUsage {
  /** Requests sent, failed tries included. */
  readonly requests: number;
  /** Answers that were known before: from the cache. */
  readonly cached: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** US dollars, the sum of the provider's own figures; 0 when nothing was asked, null when no answer named a cost. */
  readonly costUsd: number | null;
}

/** Between two calls of onProgress. */
const PROGRESS_MS = 100;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The state of one evaluation: its rows as they come, what they took, and what the callbacks are told. */
export class RunState {
  readonly notes: string[] = [];
  readonly progress: Mutable<Progress>;
  /** Once true, what comes is too late: a scorer that was still at work when the run was interrupted. */
  isClosed = false;
  readonly #began = performance.now();
  readonly #rows: (Row | undefined)[] = [];
  /** By a question's index: 1 once it has its row. */
  readonly #hasRow: Uint8Array;
  readonly #took = { requests: 0, promptTokens: 0, completionTokens: 0 };
  #askingSince: number | null = null;
  #lastProgress = -Infinity;

  constructor(
    readonly plan: Plan,
    readonly options: EvaluateOptions,
    /** Ends when the evaluation does, by itself or by the caller's signal. */
    readonly signal: AbortSignal,
    readonly tell: (progress: Progress) => void,
  ) {
    const total = plan.specs.length * plan.tasks.length * plan.epochs;
    this.progress = { ...UNBEGUN, total };
    this.#hasRow = new Uint8Array(total);
  }

  /** In the stable order, without gaps. */
  get rows(): readonly Row[] {
    return this.#rows.filter((row) => row !== undefined);
  }

  get isComplete(): boolean {
    return this.progress.done === this.progress.total;
  }

  get usage(): RunUsage {
    const { cached, costUsd } = this.progress;
    return { ...this.#took, cached, costUsd: this.#took.requests === 0 ? 0 : costUsd };
  }

  get elapsedMs(): number {
    return Math.round(performance.now() - this.#began);
  }

  /** The questions to these models that have no row yet, model by model, in the order of asking. */
  *open(specs: readonly ModelSpec[]): Generator<Question> {
    for (const spec of specs)
      for (const question of questionsOf(this.plan, spec))
        if (this.#hasRow[question.index] === 0) yield question;
  }

  /**
   * Scores an answer and keeps its row.
   *
   * @returns What judging took, where a model did that.
   */
  async answered(question: Question, answer: Answer): Promise<readonly Judging[]> {
    const judgings: Judging[] = [];
    const { outcome, response } = await scoreAnswer(answer, question.task, {
      signal: this.signal,
      onJudged: (judging) => void judgings.push(judging),
    });
    if (this.isClosed) return judgings;
    if (answer.ok && answer.cached) this.progress.cached++;
    else this.#book({ costUsd: null, ...answer });
    judgings.forEach((judging) => this.#book(judging));
    this.#keep(question, rowOf(question, answer, outcome, response));
    return judgings;
  }

  #book({ attempts, usage, costUsd }: Omit<Judging, "model">): void {
    this.#took.requests += attempts;
    this.#took.promptTokens += usage?.promptTokens ?? 0;
    this.#took.completionTokens += usage?.completionTokens ?? 0;
    // Without the dust of adding many small floats: to a hundredth of a millionth of a cent.
    if (costUsd !== null)
      this.progress.costUsd = Math.round(((this.progress.costUsd ?? 0) + costUsd) * 1e10) / 1e10;
  }

  /** Gives a question that will not be asked its row. */
  unasked(question: Question, why: string): void {
    this.#keep(question, rowOf(question, null, { kind: "failed", message: `not asked: ${why}` }, ""));
  }

  /** Everything known has been looked up: from here on the pace is that of asking. */
  startsAsking(): void {
    this.#askingSince = performance.now();
  }

  tellProgress(): void {
    const now = performance.now();
    const { done, total, cached } = this.progress;
    const { elapsedMs } = this;
    const isUnderWay = this.#askingSince !== null && done > cached;
    const perRow = isUnderWay ? (now - (this.#askingSince ?? now)) / (done - cached) : null;
    const remainingMs = perRow === null ? null : Math.round(perRow * (total - done));
    this.#lastProgress = now;
    this.tell({ ...this.progress, elapsedMs, remainingMs });
  }

  #keep(question: Question, row: Row): void {
    this.#hasRow[question.index] = 1;
    this.progress.done++;
    if (row.outcome === "failed") this.progress.failed++;
    this.progress.model = row.model;
    if (this.options.keepRows !== false) this.#rows[question.index] = row;
    this.options.onRow?.(row);
    // The end is told of once the run is over.
    if (performance.now() - this.#lastProgress >= PROGRESS_MS && !this.isComplete) this.tellProgress();
  }
}

/** The row of an answer; null for a question that was not asked. */
function rowOf(
  { spec, task, epoch }: Question,
  answer: Answer | null,
  outcome: Outcome,
  response: string,
): Row {
  const said = answer?.ok === true ? answer : null;
  const why = outcome.kind === "failed" ? outcome.message : outcome.explanation;
  return {
    model: spec.alias,
    facet: task.facet,
    task: task.name,
    epoch,
    prompt: task.prompt,
    response,
    score: outcome.kind === "scored" ? outcome.value : null,
    outcome: outcome.kind,
    reason: outcome.kind === "scored" ? null : outcome.kind === "unscored" ? outcome.reason : why,
    explanation: why,
    finish: said?.finish ?? null,
    cached: said?.cached ?? false,
    costUsd: said?.costUsd ?? null,
    latencyMs: Math.round(answer?.ms ?? 0),
    provider: said?.provider ?? null,
    ...(task.scorer.judge ? { judge: task.scorer.judge.model } : {}),
  };
}
