import type { Answer } from "../client/types.js";
import type { Budget } from "./budget.js";
import { type Cell, requestOf } from "./cells.js";
import { Health } from "./health.js";
import { type Begin, type Handle, type Lane, runLanes } from "./lanes.js";
import type { Ledger } from "./ledger.js";
import type { Prepared } from "./prepare.js";
import { usd } from "./progressLine.js";

/** Asks what is left to ask, in turn over the models. */
export class Asking {
  /** true once the budget ended the asking. */
  isSpent = false;
  /** Why a model is not asked any further, by its place in the plan. */
  readonly #skipped: Map<number, string>;
  readonly #health: readonly Health[];
  readonly #budget: Budget;
  #keyRejected = false;

  constructor(
    readonly ledger: Ledger,
    { budget, skipped }: Prepared,
  ) {
    this.#budget = budget;
    this.#skipped = new Map(skipped);
    this.#health = ledger.plan.specs.map(() => new Health());
  }

  async run(): Promise<void> {
    const { plan, options, tally } = this.ledger;
    const models = [...plan.specs.keys()].filter((model) => !this.#skipped.has(model));
    const lanes = models.map((model): Lane<Cell> => {
      const open = this.ledger.open(model);
      return { next: () => open.next().value ?? null };
    });
    tally.startsAsking();
    await runLanes(
      lanes,
      options.client.concurrency,
      (cell, handle) => this.#begin(cell, handle),
      this.ledger.signal,
    );
  }

  /** Gives every question of a skipped model its row. */
  fillSkipped(): void {
    for (const [model, why] of this.#skipped)
      for (const cell of this.ledger.open(model)) this.ledger.unasked(cell, why);
  }

  #begin(cell: Cell, handle: Handle): ReturnType<Begin<Cell>> {
    if (this.isSpent || this.#keyRejected) return "stop";
    const { verdict, reservedUsd } = this.#budget.begin(cell);
    if (verdict === "wait") return "later";
    if (verdict === "start") return this.#ask(cell, reservedUsd, handle);
    this.#spent(
      `The budget of ${usd(this.ledger.plan.budgetUsd ?? 0)} is spent: the next question could exceed it.`,
    );
    return "stop";
  }

  async #ask(cell: Cell, reservedUsd: number, handle: Handle): Promise<void> {
    const { client, cache } = this.ledger.options;
    const answer = await client
      .ask(requestOf(this.ledger.plan, cell), {
        epoch: cell.epoch,
        signal: this.ledger.signal,
        ...(cache ? { cache } : {}),
        onWait: (waiting, kind) => handle.waits(waiting, kind === "rate_limit"),
      })
      .catch(brokenClient);
    const isPriced = this.#budget.settle(cell, answer, reservedUsd);
    if (!answer.ok && answer.kind === "interrupted") return;
    await this.ledger.answered(cell, answer);
    if (!isPriced)
      this.#spent(
        `${cell.spec.alias}: the provider names neither cost nor price, so a budget cannot be kept. Leave budgetUsd out for a free server.`,
      );
    this.#judgeModel(cell, answer, handle);
  }

  #spent(why: string): void {
    if (!this.isSpent) this.ledger.note(why);
    this.isSpent = true;
  }

  #judgeModel({ model, spec }: Cell, answer: Answer, handle: Handle): void {
    if (answer.ok) handle.proves();
    const why = this.#health[model]?.after(answer) ?? null;
    if (why === null || this.#skipped.has(model)) return;
    handle.closes();
    this.#skipped.set(model, why);
    if (!answer.ok && answer.kind === "auth") {
      // The key is the same for every model.
      this.#keyRejected = true;
      for (const other of this.ledger.plan.specs.keys()) this.#skipped.set(other, why);
      this.ledger.note(`${why} No model was asked any further.`);
    } else this.ledger.note(`${spec.alias}: not asked any further. ${why}`);
  }
}

/** A client that rejects breaks its contract; its answer then counts as failed. */
function brokenClient(error: unknown): Answer {
  const message = `the client failed: ${error instanceof Error ? error.message : String(error)}`;
  const nothing = { status: null, retriable: false, waitMs: null, partial: null, usage: null };
  return { ok: false, kind: "unknown", message, ...nothing, ms: 0, attempts: 0, failures: [] };
}
