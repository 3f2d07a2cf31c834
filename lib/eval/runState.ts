import type { Answer } from "../client/types.js";
import type { Outcome, Row } from "../shared/types.js";
import type { ModelSpec } from "../tasks/types.js";
import { type EvaluateOptions, type Plan, type Question, questionCount, questionsOf } from "./plan.js";
import type { Progress } from "./progressBar.js";
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

/** The state of one evaluation: its rows as they come, what they took, and what the callbacks are told. */
export class RunState {
  readonly notes: string[] = [];
  estimateUsd: number | null = null;
  stopped: Progress["stopped"] = null;
  /** Once true, what comes is too late: a scorer that was still at work when the run was interrupted. */
  isClosed = false;
  readonly #began = performance.now();
  readonly #rows: (Row | undefined)[] = [];
  /** By a question's index: 1 once it has its row. */
  readonly #hasRow: Uint8Array;
  #usage: RunUsage = { requests: 0, cached: 0, promptTokens: 0, completionTokens: 0, costUsd: null };
  #done = 0;
  #failed = 0;
  #model: string | null = null;
  #askingSince: number | null = null;
  #lastProgress = -Infinity;

  constructor(
    readonly plan: Plan,
    readonly options: EvaluateOptions,
    /** Ends when the evaluation does, by itself or by the caller's signal. */
    readonly signal: AbortSignal,
    readonly tell: (progress: Progress) => void,
  ) {
    this.#hasRow = new Uint8Array(questionCount(plan));
  }

  /** In the stable order, without gaps. */
  get rows(): readonly Row[] {
    return this.#rows.filter((row) => row !== undefined);
  }

  get isComplete(): boolean {
    return this.#done === this.#hasRow.length;
  }

  get usage(): RunUsage {
    const { costUsd, requests } = this.#usage;
    return { ...this.#usage, costUsd: requests === 0 ? 0 : withoutDust(costUsd) };
  }

  get elapsedMs(): number {
    return Math.round(performance.now() - this.#began);
  }

  /** A model's questions that have no row yet, in the order of asking. */
  *open(spec: ModelSpec): Generator<Question> {
    for (const question of questionsOf(this.plan, spec))
      if (this.#hasRow[question.index] === 0) yield question;
  }

  /** Scores an answer and keeps its row. */
  async answered(question: Question, answer: Answer): Promise<void> {
    const { outcome, response } = await scoreAnswer(answer, question.task);
    if (this.isClosed) return;
    const { requests, cached, promptTokens, completionTokens, costUsd } = this.#usage;
    this.#usage =
      answer.ok && answer.cached
        ? { ...this.#usage, cached: cached + 1 }
        : {
            cached,
            requests: requests + answer.attempts,
            promptTokens: promptTokens + (answer.usage?.promptTokens ?? 0),
            completionTokens: completionTokens + (answer.usage?.completionTokens ?? 0),
            costUsd: answer.ok && answer.costUsd !== null ? (costUsd ?? 0) + answer.costUsd : costUsd,
          };
    this.#keep(question, rowOf(question, answer, outcome, response));
  }

  /** Gives a question that will not be asked its row. */
  unasked(question: Question, why: string): void {
    const message = `not asked: ${why}`;
    this.#keep(question, rowOf(question, null, { kind: "failed", message }, ""));
  }

  /** Everything known has been looked up: from here on the pace is that of asking. */
  startsAsking(): void {
    this.#askingSince = performance.now();
  }

  tellProgress(): void {
    this.#lastProgress = performance.now();
    this.tell({
      done: this.#done,
      total: this.#hasRow.length,
      cached: this.#usage.cached,
      failed: this.#failed,
      costUsd: withoutDust(this.#usage.costUsd),
      estimateUsd: this.estimateUsd,
      elapsedMs: this.elapsedMs,
      remainingMs: this.#remainingMs(),
      model: this.#model,
      stopped: this.stopped,
    });
  }

  #keep(question: Question, row: Row): void {
    this.#hasRow[question.index] = 1;
    this.#done++;
    if (row.outcome === "failed") this.#failed++;
    this.#model = row.model;
    if (this.options.keepRows !== false) this.#rows[question.index] = row;
    this.options.onRow?.(row);
    // The end is told of once the run is over.
    const isDue = performance.now() - this.#lastProgress >= PROGRESS_MS;
    if (isDue && !this.isComplete) this.tellProgress();
  }

  #remainingMs(): number | null {
    const asked = this.#done - this.#usage.cached;
    if (this.#askingSince === null || asked <= 0) return null;
    const perRow = (performance.now() - this.#askingSince) / asked;
    return Math.round(perRow * (this.#hasRow.length - this.#done));
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
  return {
    model: spec.alias,
    facet: task.facet,
    task: task.name,
    epoch,
    prompt: task.prompt,
    response,
    ...outcomeFields(outcome),
    finish: said?.finish ?? null,
    cached: said?.cached ?? false,
    costUsd: said?.costUsd ?? null,
    latencyMs: Math.round(answer?.ms ?? 0),
    provider: said?.provider ?? null,
  };
}

/** The fields of a row that say how it came out. */
function outcomeFields(outcome: Outcome): Pick<Row, "score" | "outcome" | "reason" | "explanation"> {
  switch (outcome.kind) {
    case "scored":
      return { score: outcome.value, outcome: "scored", reason: null, explanation: outcome.explanation };
    case "unscored":
      return { score: null, outcome: "unscored", reason: outcome.reason, explanation: outcome.explanation };
    case "failed":
      return { score: null, outcome: "failed", reason: outcome.message, explanation: outcome.message };
  }
}

/** A sum of many small floats, without the dust of their rounding: to a hundredth of a millionth of a cent. */
function withoutDust(usd: number | null): number | null {
  return usd === null ? null : Math.round(usd * 1e10) / 1e10;
}
