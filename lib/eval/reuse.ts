import { asHit, tolerant } from "../client/index.js";
import type { AnswerCache } from "../client/types.js";
import { requestOf } from "./plan.js";
import type { RunState } from "./runState.js";

/** Cache entries read at once. */
const READS_AT_ONCE = 32;

/**
 * Takes from the cache what it has; the answers are scored afresh, since the scorer may have changed.
 *
 * @returns The cache for the questions that are left, which are not looked up a second time; undefined where there is none.
 */
export async function reuse(state: RunState): Promise<AnswerCache | undefined> {
  const { client } = state.options;
  if (!state.options.cache) return undefined;
  const missing = new Set<string>();
  const cache = tolerant(state.options.cache, (line) => {
    if (!state.notes.includes(line)) state.notes.push(line);
  });
  const questions = state.open(state.plan.specs);
  const reader = async (): Promise<void> => {
    for (const question of questions) {
      if (state.signal.aborted) return;
      // A verdict may cost something, so that it waits until there is a budget.
      if (question.task.scorer.judge) continue;
      const key = client.cacheKey?.(requestOf(state.plan, question), question.epoch);
      if (key === undefined) return;
      const answer = await cache.get(key);
      if (answer?.ok) await state.answered(question, asHit(answer));
      else missing.add(key);
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, reader));
  return {
    ...cache,
    // Deleted, so that an equal question that comes later in the run finds what this one got.
    get: async (key) => (missing.delete(key) ? null : cache.get(key)),
  };
}
