import type { Expected } from "../../scorers/types.js";
import type { Random } from "./random.js";

/** A question of a task's kind with other numbers, words and names, and its computed answer. */
export interface Variant {
  readonly prompt: string;
  readonly expected: Expected;
}

export type Generator = (random: Random) => Variant;

/** Redraws until the variant asks for something that its wording does not give away. */
export function until(draw: () => Variant | null): Variant {
  for (;;) {
    const variant = draw();
    if (variant !== null) return variant;
  }
}
