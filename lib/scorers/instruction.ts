import type { Expected, Outcome } from "../types.js";
import { failed, quote, right, unscored, wrong } from "./outcome.js";
import { withoutThinking } from "./thinking.js";

export function scoreInstruction(output: string, expected: Expected): Outcome {
  const { text } = withoutThinking(output);
  if (text === "") return unscored("no-answer", "The answer is empty.");
  if (expected.exact !== undefined) {
    return text === expected.exact
      ? right("Exactly the text asked for.")
      : wrong(`${quote(text)} is not ${quote(expected.exact)}.`);
  }
  if (expected.json !== undefined) {
    try {
      JSON.parse(text);
      return right("JSON.");
    } catch {
      return wrong("Not JSON.");
    }
  }
  return failed("scoreInstruction: the task's expected has neither `exact` nor `json`.");
}
