import { untilEnded } from "../client/index.js";
import type { Row } from "../shared/types.js";
import type { ModelSpec } from "../tasks/types.js";
import { AskQuestions } from "./askQuestions.js";
import { prepare } from "./catalogue.js";
import { type EvaluateOptions, planOf } from "./plan.js";
import { progressBar } from "./progressBar.js";
import { reuse } from "./reuse.js";
import { RunState, type RunUsage } from "./runState.js";

/** What came of an evaluation. */
export interface EvalRun {
  /** By model, then task, then epoch, each in the order given. Without the questions that a stopped run did not reach. */
  readonly rows: readonly Row[];
  readonly usage: RunUsage;
  readonly stopped: null | "budget" | "interrupted";
  readonly elapsedMs: number;
  /** What the reader should know, a line each: models that were skipped, a budget that was spent, answers that were known. */
  readonly notes: readonly string[];
}

/**
 * Asks every enabled model every task, `epochs` times, and scores the answers. First everything already known is taken
 * from the cache; then ids and prices are checked; then the rest is asked for, in turn over the models.
 *
 * Failed calls, refusals and cut answers become rows like any other. A model whose first answers all fail is told of
 * once and skipped; its remaining rows are "failed". A stopped run keeps the rows it has, and with a cache the next one
 * goes on from there, however it was stopped: an answer is kept before the next question takes its place.
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
  const signal = AbortSignal.any([ending.signal, ...(options.signal ? [options.signal] : [])]);
  const state = new RunState(plan, options, signal, (progress) => {
    bar?.update(progress);
    options.onProgress?.(progress);
  });
  const bar = options.show && progressBar(options.show, state.progress.total);
  try {
    await evaluate(state);
  } finally {
    state.isClosed = true;
    // When a callback threw, questions may still be in flight.
    ending.abort();
    bar?.done({ stopped: state.progress.stopped });
  }
  const { rows, usage, elapsedMs, notes } = state;
  return { rows, usage, stopped: state.progress.stopped, elapsedMs, notes };
}

async function evaluate(state: RunState): Promise<void> {
  const { plan, options, signal, notes } = state;
  let isSpent = false;
  if (plan.specs.length === 0) notes.push("No model is enabled.");
  if (plan.tasks.length === 0) notes.push("There is no task to ask.");
  state.tellProgress();
  const cache = signal.aborted ? null : await untilEnded(reuse(state), signal);
  if (!state.isComplete && !signal.aborted) {
    const { budget, skipped } = await prepare(state);
    const asking = new AskQuestions(state, budget, skipped, cache ?? undefined);
    await untilEnded(asking.run(), signal);
    isSpent = asking.isSpent;
    if (!isSpent && !signal.aborted) asking.fillSkipped();
  }
  state.isClosed = true;
  state.progress.stopped = state.isComplete ? null : isSpent ? "budget" : "interrupted";
  const { cached, total } = state.progress;
  if (cached > 0) notes.push(cacheNote(cached, total, options.cache?.place ?? "the cache"));
  state.tellProgress();
}

/** How many answers were known before, and how to have them asked afresh. */
function cacheNote(cached: number, total: number, place: string): string {
  const all = cached >= total ? "All" : `${cached} of`;
  const which = total === 1 ? "The one answer" : `${all} ${total} answers`;
  return `${which} came from ${place}, at no cost. Clear it to have them asked afresh.`;
}
