import { once } from "node:events";
import type { ModelSpec } from "../tasks/types.js";
import { Asking } from "./asking.js";
import { Journal } from "./journal.js";
import { Ledger } from "./ledger.js";
import { type EvaluateOptions, planOf } from "./options.js";
import { prepare } from "./prepare.js";
import { recall } from "./recall.js";
import type { EvalRun } from "./run.js";

/**
 * Asks every enabled model every task, `epochs` times, and scores the answers. First everything already known is taken
 * from the rows file and the cache; then ids and prices are checked; then the rest is asked for, in turn over the models.
 *
 * Failed calls, refusals and cut answers become rows like any other. A model whose first answers all fail is told of
 * once and skipped; its remaining rows are "failed". A stopped run keeps the rows it has.
 *
 * @throws Error or RangeError for specs, tasks or options that cannot be used, and what a callback throws. Never for a
 *   server's doing.
 */
export async function evaluateModels(
  specs: readonly ModelSpec[],
  options: EvaluateOptions,
): Promise<EvalRun> {
  const plan = planOf(specs, options);
  const ending = new AbortController();
  const end = (): void => ending.abort();
  if (options.signal?.aborted) end();
  options.signal?.addEventListener("abort", end, { once: true });
  try {
    return await evaluate(new Ledger(plan, options, ending.signal));
  } finally {
    options.signal?.removeEventListener("abort", end);
    // When a callback threw, questions may still be in flight.
    end();
  }
}

async function evaluate(ledger: Ledger): Promise<EvalRun> {
  const { signal } = ledger;
  const { rowsFile } = ledger.options;
  if (rowsFile !== undefined) ledger.journal = await Journal.open(rowsFile, (line) => ledger.note(line));
  let isSpent = false;
  try {
    if (ledger.plan.specs.length === 0) ledger.note("No model is enabled.");
    if (ledger.plan.tasks.length === 0) ledger.note("There is no task to ask.");
    ledger.tellProgress();
    if (!signal.aborted) await orEnded(recall(ledger), signal);
    if (!ledger.tally.isComplete && !signal.aborted) {
      const asking = new Asking(ledger, await prepare(ledger));
      await asking.run();
      isSpent = asking.isSpent;
      if (!isSpent && !signal.aborted) asking.fillSkipped();
    }
  } finally {
    await ledger.close();
  }
  ledger.tally.stopped = ledger.tally.isComplete ? null : isSpent ? "budget" : "interrupted";
  ledger.tellProgress();
  return {
    rows: ledger.rows,
    usage: ledger.tally.usage,
    stopped: ledger.tally.stopped,
    elapsedMs: Math.round(ledger.tally.elapsedMs),
    notes: ledger.notes,
  };
}

/** Resolves with the promise or, when the signal ends before, at once: a scorer may hang. */
async function orEnded(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const ended = once(signal, "abort", { signal: over.signal }).catch(() => undefined);
  await Promise.race([promise, ended]);
  over.abort();
}
