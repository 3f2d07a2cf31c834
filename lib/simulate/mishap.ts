import { chance } from "./chance.js";
import type { Question } from "./question.js";

/** What becomes of an answer now and then, however able the model: nothing is scored of it. */
export type Mishap = "refusal" | "empty" | "endless" | null;

const REFUSAL = 0.008;
const EMPTY = 0.006;
const ENDLESS = { number: 0.03, other: 0.004 };

/** The same model and prompt have the same mishap at every epoch, so that asking again does not mend it. */
export function mishapOf(luck: string, prompt: string, kind: Question["kind"]): Mishap {
  const draw = chance(luck, prompt, "mishap");
  const endless = kind === "number" ? ENDLESS.number : ENDLESS.other;
  if (draw < REFUSAL) return "refusal";
  if (draw < REFUSAL + EMPTY) return "empty";
  return draw < REFUSAL + EMPTY + endless ? "endless" : null;
}
