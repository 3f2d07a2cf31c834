import type { Answer, Row } from "../types.js";
import { Budget, mostCostUsd, pricesOf } from "./budget.js";
import { modelListing, unknownId } from "./catalogue.js";
import { type Cell, cellAt, cellCount, cellsOf, requestOf } from "./cells.js";
import { judge } from "./judge.js";
import { type Handle, type Lane, runLanes } from "./lanes.js";
import type { EvaluateOptions, Plan } from "./options.js";
import { usd } from "./progress.js";
import { rowOf, unaskedRow } from "./row.js";
import type { EvalRun } from "./run.js";
import { Tally } from "./tally.js";

/** Cache entries read at once. */
const READS_AT_ONCE = 32;
/** Between two calls of onProgress. */
const PROGRESS_MS = 100;
/** A model is given up when so many answers in a row have failed: before its first success, and after one. */
const FAILURES_AT_FIRST = 3;
const FAILURES_LATER = 10;

/** One run of evaluateModels. */
export class Evaluation {
  readonly #tally: Tally;
  readonly #rows: (Row | undefined)[] = [];
  /** By cell index: 1 once it has its row. */
  readonly #done: Uint8Array;
  readonly #notes: string[] = [];
  /** Why a model is not asked any further, by its place in the plan. */
  readonly #closed = new Map<number, string>();
  readonly #failuresInRow: number[];
  readonly #proven: boolean[];
  #stopped: EvalRun["stopped"] = null;
  #over = false;
  #lastProgress = -Infinity;
  #budget: Budget;

  constructor(
    readonly plan: Plan,
    readonly options: EvaluateOptions,
  ) {
    const total = cellCount(plan);
    this.#tally = new Tally(total);
    this.#done = new Uint8Array(total);
    this.#failuresInRow = plan.specs.map(() => 0);
    this.#proven = plan.specs.map(() => false);
    this.#budget = new Budget(plan.budgetUsd, new Map(), plan.maxTokens);
  }

  async run(): Promise<EvalRun> {
    const { signal } = this.options;
    if (this.plan.specs.length === 0) this.#note("No model is enabled.");
    this.#progress("always");
    await this.#recall();
    if (this.#tally.progress.done < this.#tally.total && !signal?.aborted) await this.#prepare();
    if (!signal?.aborted) await this.#ask();
    if (signal?.aborted && this.#tally.progress.done < this.#tally.total) this.#stopped = "interrupted";
    if (this.#stopped === null) this.#fillUnasked();
    this.#over = true;
    this.#progress("always");
    return {
      rows: this.#rows.filter((row) => row !== undefined),
      usage: this.#tally.usage,
      stopped: this.#stopped,
      elapsedMs: Math.round(this.#tally.elapsedMs),
      notes: this.#notes,
    };
  }

  /** Takes from the cache what it has. */
  async #recall(): Promise<void> {
    const { cache, client, signal } = this.options;
    if (!cache || !client.cacheKey) return;
    let next = 0;
    const reader = async (): Promise<void> => {
      while (next < this.#done.length) {
        if (signal?.aborted) return;
        const cell = cellAt(this.plan, next++);
        const key = client.cacheKey?.(requestOf(this.plan, cell), cell.epoch) ?? "";
        const answer = await cache.get(key);
        if (answer?.ok) await this.#settle(cell, { ...answer, cached: true, costUsd: 0, attempts: 0 });
      }
    };
    await Promise.all(Array.from({ length: READS_AT_ONCE }, reader));
  }

  /** Checks ids and prices, before any money is spent. */
  async #prepare(): Promise<void> {
    const { plan } = this;
    const listing = await modelListing(this.options.client);
    const prices = pricesOf(listing);
    for (const [model, spec] of plan.specs.entries()) {
      const problem =
        listing && this.#openCells(model).next().done !== true ? unknownId(spec, listing) : null;
      if (problem !== null) this.#close(model, problem);
    }
    this.#budget = new Budget(plan.budgetUsd, prices, plan.maxTokens);
    let estimate: number | null = 0;
    for (const model of plan.specs.keys()) {
      if (this.#closed.has(model)) continue;
      for (const index of this.#openCells(model)) {
        const most = mostCostUsd(cellAt(plan, index), plan.maxTokens, prices);
        estimate = most === null || estimate === null ? null : estimate + most;
        if (estimate === null) break;
      }
    }
    this.#tally.estimateUsd = estimate;
    if (plan.budgetUsd !== null && estimate !== null && estimate > plan.budgetUsd)
      this.#note(
        `The questions can cost up to ${usd(estimate)}; the run stops before it has spent more than ${usd(plan.budgetUsd)}.`,
      );
  }

  async #ask(): Promise<void> {
    const { client, signal } = this.options;
    this.#tally.startsAsking();
    const lanes = [...this.plan.specs.keys()]
      .filter((model) => !this.#closed.has(model))
      .map((model): Lane => {
        const cells = this.#openCells(model);
        return { model, next: () => cells.next().value ?? null };
      });
    await runLanes(
      lanes,
      client.concurrency,
      (index, handle) => this.#begin(index, handle),
      signal ?? neverEnds(),
    );
  }

  #begin(index: number, handle: Handle): Promise<void> | "wait" | "stop" {
    if (this.#stopped !== null || this.#closed.size === this.plan.specs.length) return "stop";
    const cell = cellAt(this.plan, index);
    const { verdict, reservedUsd } = this.#budget.begin(cell);
    if (verdict === "wait") return "wait";
    if (verdict === "spent") {
      this.#stopped = "budget";
      this.#note(
        `The budget of ${usd(this.plan.budgetUsd ?? 0)} is spent: the next question could exceed it.`,
      );
      return "stop";
    }
    return this.#askOne(cell, reservedUsd, handle);
  }

  async #askOne(cell: Cell, reservedUsd: number, handle: Handle): Promise<void> {
    const { client, cache, signal } = this.options;
    const answer = await client
      .ask(requestOf(this.plan, cell), {
        epoch: cell.epoch,
        ...(signal ? { signal } : {}),
        ...(cache ? { cache } : {}),
        onWait: (waiting, kind) => handle.waits(waiting, kind === "rate_limit"),
      })
      .catch(brokenClient);
    if (!answer.ok && answer.kind === "interrupted") return;
    const isPriced = this.#budget.settle(cell, answer, reservedUsd);
    await this.#settle(cell, answer);
    if (!isPriced && this.#stopped === null) {
      this.#stopped = "budget";
      this.#note(
        `${cell.spec.alias}: the provider names neither cost nor price, so a budget cannot be kept. Leave budgetUsd out for a free server.`,
      );
    }
    this.#judgeModel(cell, answer, handle);
  }

  #judgeModel({ spec }: Cell, answer: Answer, handle: Handle): void {
    const model = this.plan.specs.indexOf(spec);
    if (answer.ok) {
      this.#failuresInRow[model] = 0;
      this.#proven[model] = true;
      return handle.proves();
    }
    const inRow = (this.#failuresInRow[model] ?? 0) + 1;
    this.#failuresInRow[model] = inRow;
    // What is wrong with the key, the account or the id is wrong with every question.
    const isFinal = ["auth", "credits", "model"].includes(answer.kind);
    if (!isFinal && inRow < (this.#proven[model] ? FAILURES_LATER : FAILURES_AT_FIRST)) return;
    handle.closesLane();
    this.#close(
      model,
      `${spec.alias}: skipped after ${inRow} failed ${inRow === 1 ? "answer" : "answers"} (${answer.message})`,
    );
  }

  /** Scores an answer and records its row. */
  async #settle(cell: Cell, answer: Answer): Promise<void> {
    const judged = await judge(answer, cell.task);
    if (this.#over) return;
    const row = rowOf(cell, answer, judged);
    this.#tally.answered(answer, row);
    this.#record(cell, row);
  }

  #fillUnasked(): void {
    for (const [model, why] of this.#closed)
      for (const index of this.#openCells(model)) {
        const cell = cellAt(this.plan, index);
        const row = unaskedRow(cell, `not asked: ${why}`);
        this.#tally.unasked(row);
        this.#record(cell, row);
      }
  }

  #record(cell: Cell, row: Row): void {
    this.#done[cell.index] = 1;
    if (this.options.keepRows !== false) this.#rows[cell.index] = row;
    this.options.onRow?.(row);
    this.#progress("sometimes");
  }

  *#openCells(model: number): Generator<number> {
    for (const index of cellsOf(this.plan, model)) if (this.#done[index] === 0) yield index;
  }

  #close(model: number, why: string): void {
    if (this.#closed.has(model)) return;
    this.#closed.set(model, why);
    this.#note(why);
  }

  #note(line: string): void {
    this.#notes.push(line);
    this.options.onNote?.(line);
  }

  #progress(when: "always" | "sometimes"): void {
    const now = performance.now();
    if (when === "sometimes" && now - this.#lastProgress < PROGRESS_MS) return;
    this.#lastProgress = now;
    this.options.onProgress?.(this.#tally.progress);
  }
}

/** A client that rejects breaks its contract; its answer then counts as failed. */
function brokenClient(error: unknown): Answer {
  const message = `the client failed: ${error instanceof Error ? error.message : String(error)}`;
  const nothing = { status: null, retriable: false, waitMs: null, partial: null, usage: null };
  return { ok: false, kind: "unknown", message, ...nothing, ms: 0, attempts: 0, failures: [] };
}

function neverEnds(): AbortSignal {
  return new AbortController().signal;
}
