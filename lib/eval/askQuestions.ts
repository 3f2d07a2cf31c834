import { RateLimits, type Slot, failure } from "../client/index.js";
import type { Answer, AnswerCache } from "../client/types.js";
import type { ModelSpec } from "../tasks/types.js";
import type { Budget } from "./budget.js";
import { type Question, requestOf } from "./plan.js";
import { usd } from "./progressBar.js";
import type { RunState } from "./runState.js";

/** Questions to a model that has not answered yet: enough to see that it fails, few enough to fail cheaply. */
const UNPROVEN = 4;
/** A model is given up when so many answers in a row have failed: before its first success, and after one. */
const FAILURES_AT_FIRST = 3;
const FAILURES_LATER = 10;

/**
 * Asks what is left to ask. Each model has a line of questions of its own, and the client's limits give the slots in
 * turn over the lines: a model that is left alone for a while leaves its turn to the others.
 */
export class AskQuestions {
  /** true once the budget ended the asking. */
  isSpent = false;
  readonly #limits: RateLimits;
  readonly #inFlight = new Set<Promise<void>>();

  constructor(
    readonly state: RunState,
    readonly budget: Budget,
    /** Why a model is not asked any further; grows by those that are given up. */
    readonly skipped: Map<ModelSpec, string>,
    readonly cache: AnswerCache | undefined,
  ) {
    const { client } = state.options;
    this.#limits = client.limits ?? new RateLimits(client.concurrency);
  }

  /** @throws what a callback throws, and the signal's reason: whoever waits no longer is not told. */
  run(): Promise<void> {
    this.state.startsAsking();
    const specs = this.state.plan.specs.filter((spec) => !this.skipped.has(spec));
    return new Promise((resolve, reject) => {
      Promise.all(specs.map((spec) => this.#askModel(spec, reject))).then(() => resolve(), reject);
    });
  }

  /** Gives every question of a skipped model its row. */
  fillSkipped(): void {
    for (const [spec, why] of this.skipped)
      for (const question of this.state.open([spec])) this.state.unasked(question, why);
  }

  async #askModel(spec: ModelSpec, fail: (error: unknown) => void): Promise<void> {
    const health: Health = { isProven: false, failedInRow: 0 };
    const asked = new Set<Promise<void>>();
    let begun = 0;
    for (const question of this.state.open([spec])) {
      if (begun >= UNPROVEN) while (!health.isProven && asked.size > 0) await Promise.race(asked);
      const begin = await this.#begin(question);
      if (begin === null) break;
      begun++;
      const asking = this.#ask(question, begin, health)
        .catch(fail)
        .finally(() => {
          asked.delete(asking);
          this.#inFlight.delete(asking);
        });
      asked.add(asking);
      this.#inFlight.add(asking);
    }
    await Promise.all(asked);
  }

  /** Waits for a slot and for room in the budget; null when nothing more is to be asked of the model. */
  async #begin(question: Question): Promise<Begin | null> {
    const { spec } = question;
    const isOver = (): boolean => this.isSpent || this.skipped.has(spec);
    while (!isOver()) {
      const slot = await this.#limits.slot(spec.id, this.state.signal);
      const begun = isOver() ? null : this.budget.begin(question);
      if (typeof begun === "number") return { slot, reservedUsd: begun };
      slot.release();
      if (begun === "wait") await Promise.race(this.#inFlight);
      if (begun === "spent") {
        const limit = usd(this.state.plan.budgetUsd ?? 0);
        this.#spent(`The budget of ${limit} is spent: the next question could exceed it.`);
      }
    }
    return null;
  }

  async #ask(question: Question, { slot, reservedUsd }: Begin, health: Health): Promise<void> {
    const { plan, options, signal } = this.state;
    const cached = this.cache ? { cache: this.cache } : {};
    const answer = await options.client
      .ask(requestOf(plan, question), { epoch: question.epoch, signal, slot, ...cached })
      .catch(brokenClient)
      .finally(() => slot.release());
    const isInterrupted = !answer.ok && answer.kind === "interrupted";
    const judgings = isInterrupted ? [] : await this.state.answered(question, answer);
    if (!this.budget.settle(question, answer, judgings, reservedUsd))
      this.#spent(
        `${question.spec.alias}: the provider names neither cost nor price, so a budget cannot be kept. Leave budgetUsd out for a free server.`,
      );
    if (isInterrupted) return;
    this.#judgeModel(question.spec, answer, health);
  }

  #spent(why: string): void {
    if (!this.isSpent) this.state.notes.push(why);
    this.isSpent = true;
  }

  #judgeModel(spec: ModelSpec, answer: Answer, health: Health): void {
    health.failedInRow = answer.ok ? 0 : health.failedInRow + 1;
    health.isProven ||= answer.ok;
    if (answer.ok || this.skipped.has(spec)) return;
    const { kind, message } = answer;
    // What is wrong with the key, the account or the id is wrong with every question.
    const isFinal = kind === "auth" || kind === "credits" || kind === "model";
    if (!isFinal && health.failedInRow < (health.isProven ? FAILURES_LATER : FAILURES_AT_FIRST)) return;
    const which = `${health.isProven ? "the last" : "the first"} ${health.failedInRow} answers failed: `;
    const why = `${isFinal ? "" : which}${message}`;
    // The key is the same for every model.
    const given = kind === "auth" ? this.state.plan.specs : [spec];
    for (const one of given) this.skipped.set(one, why);
    const note =
      kind === "auth"
        ? `${why} No model was asked any further.`
        : `${spec.alias}: not asked any further. ${why}`;
    this.state.notes.push(note);
  }
}

/** What a model's answers have shown. */
interface Health {
  isProven: boolean;
  failedInRow: number;
}

interface Begin {
  readonly slot: Slot;
  readonly reservedUsd: number;
}

/** A client that rejects breaks its contract; its answer then counts as failed. */
function brokenClient(error: unknown): Answer {
  const message = `the client failed: ${error instanceof Error ? error.message : String(error)}`;
  const why = failure({ kind: "unknown", message, retriable: false });
  return { ok: false, ...why, ms: 0, attempts: 0, failures: [] };
}
