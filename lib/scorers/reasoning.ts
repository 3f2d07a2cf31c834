import type { Expected, Outcome } from "../types.js";
import { right, unscored, wrong } from "./outcome.js";
import { withoutThinking } from "./thinking.js";

export function scoreReasoning(output: string, expected: Expected): Outcome {
  const { text } = withoutThinking(output);
  if (text === "") return unscored("no-answer", "The answer is empty.");
  const numbers = (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);
  if (expected.answer !== undefined && numbers.at(-1) === expected.answer)
    return right("The final number is right.");
  if (expected.answer === undefined || !numbers.includes(expected.answer))
    return wrong("The right number occurs nowhere.");
  return unscored("review", "The right number occurs, but is not the last.");
}
