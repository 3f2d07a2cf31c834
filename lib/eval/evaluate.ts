import type { ModelSpec } from "../types.js";
import { Evaluation } from "./evaluation.js";
import { type EvaluateOptions, planOf } from "./options.js";
import type { EvalRun } from "./run.js";

/**
 * Asks every enabled model every task, `epochs` times, and scores the answers. First everything already known is taken
 * from the rows file and the cache; then ids and prices are checked; then the rest is asked for, in turn over the models.
 *
 * Failed calls, refusals and cut answers become rows like any other. A model whose first answers all fail is told of
 * once and skipped; its remaining rows are "failed". A stopped run keeps the rows it has.
 *
 * @throws Error or RangeError for specs, tasks or options that cannot be used. Never for a server's doing.
 */
export async function evaluateModels(
  specs: readonly ModelSpec[],
  options: EvaluateOptions,
): Promise<EvalRun> {
  return new Evaluation(planOf(specs, options), options).run();
}
