import { FACETS } from "../task.js";
import { TASKS } from "../tasks.js";
import type { Task } from "../types.js";
import { GENERATORS, type Variant } from "./generators.js";
import { randomFrom } from "./random.js";

/** Draws without a new variant after which a task counts as used up. */
const PATIENCE = 1000;

/**
 * `n` questions for each facet in place of the original three: variants of the original tasks, in turn, with other numbers,
 * words and names, and right answers that are computed. No two prompts are equal, and none is an original, so that memorised
 * answers do not help.
 *
 * The same `n` and `seed` give the same tasks, and a larger `n` only adds to them.
 *
 * @param n Questions a facet, a whole number of at least 1.
 * @throws RangeError for another `n`, or where a task has fewer different variants than that takes (thousands each).
 */
export function withItems(n: number, { seed = 1 }: { readonly seed?: number } = {}): Task[] {
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(`withItems: n is ${n}; it must be a whole number of at least 1.`);
  }
  return FACETS.flatMap((facet) => {
    const originals = TASKS.filter((task) => task.facet === facet);
    const lists = originals.map((task, i) => variantsOf(task, Math.ceil((n - i) / originals.length), seed));
    return Array.from({ length: n }, (_, i) => lists[i % lists.length]![Math.floor(i / lists.length)]!);
  });
}

function variantsOf(task: Task, count: number, seed: number): Task[] {
  const random = randomFrom(seed, task.name);
  const variants = new Map<string, Variant>();
  for (let misses = 0; variants.size < count;) {
    const variant = GENERATORS[task.name]!(random);
    if (variant === null) continue;
    if (!variants.has(variant.prompt) && variant.prompt !== task.prompt) {
      variants.set(variant.prompt, variant);
      misses = 0;
    } else if (++misses > PATIENCE) {
      throw new RangeError(
        `withItems: only ${variants.size} variants of "${task.name}" differ, ${count} are wanted; take a smaller n.`,
      );
    }
  }
  return [...variants.values()].map((variant, i) => ({ ...task, ...variant, name: `${task.name}_${i + 1}` }));
}
