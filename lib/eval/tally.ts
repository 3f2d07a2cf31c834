import type { Answer } from "../client/types.js";
import type { Row } from "../shared/types.js";
import type { Progress } from "./progressLine.js";
import type { RunUsage } from "./run.js";

/** Counts what an evaluation has done, spent and still to do. */
export class Tally {
  readonly #began = performance.now();
  #done = 0;
  #known = 0;
  #failed = 0;
  #cached = 0;
  #requests = 0;
  #promptTokens = 0;
  #completionTokens = 0;
  #costUsd: number | null = null;
  #model: string | null = null;
  #askingSince: number | null = null;
  estimateUsd: number | null = null;
  stopped: Progress["stopped"] = null;

  constructor(readonly total: number) {}

  /** A row that was already in the rows file. */
  known(row: Row): void {
    this.#known++;
    this.#row(row);
  }

  /** An answer, its row following. */
  answered(answer: Answer, row: Row): void {
    this.#row(row);
    if (answer.ok && answer.cached) {
      this.#cached++;
      return;
    }
    this.#requests += answer.attempts;
    this.#promptTokens += answer.usage?.promptTokens ?? 0;
    this.#completionTokens += answer.usage?.completionTokens ?? 0;
    if (answer.ok && answer.costUsd !== null) this.#costUsd = (this.#costUsd ?? 0) + answer.costUsd;
  }

  /** A question that will not be asked. */
  unasked(row: Row): void {
    this.#row(row);
  }

  /** Everything known has been looked up: from here on the pace is that of asking. */
  startsAsking(): void {
    this.#askingSince = performance.now();
  }

  get isComplete(): boolean {
    return this.#done === this.total;
  }

  get elapsedMs(): number {
    return performance.now() - this.#began;
  }

  get usage(): RunUsage {
    return {
      requests: this.#requests,
      cached: this.#cached + this.#known,
      promptTokens: this.#promptTokens,
      completionTokens: this.#completionTokens,
      costUsd: this.#requests === 0 ? 0 : withoutDust(this.#costUsd),
    };
  }

  get progress(): Progress {
    return {
      done: this.#done,
      total: this.total,
      cached: this.#cached + this.#known,
      failed: this.#failed,
      costUsd: withoutDust(this.#costUsd),
      estimateUsd: this.estimateUsd,
      elapsedMs: Math.round(this.elapsedMs),
      remainingMs: this.#remainingMs(),
      model: this.#model,
      stopped: this.stopped,
    };
  }

  #row(row: Row): void {
    this.#done++;
    if (row.outcome === "failed") this.#failed++;
    this.#model = row.model;
  }

  #remainingMs(): number | null {
    const asked = this.#done - this.#known - this.#cached;
    if (this.#askingSince === null || asked <= 0) return null;
    const perRow = (performance.now() - this.#askingSince) / asked;
    return Math.round(perRow * (this.total - this.#done));
  }
}

/** A sum of many small floats, without the dust of their rounding: to a hundredth of a millionth of a cent. */
function withoutDust(usd: number | null): number | null {
  return usd === null ? null : Math.round(usd * 1e10) / 1e10;
}
