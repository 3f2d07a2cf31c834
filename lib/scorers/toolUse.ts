import type { Expected, Outcome } from "../types.js";
import { unscored } from "./outcome.js";
import { seedScorers } from "./seed.js";
import { withoutThinking } from "./thinking.js";

export function scoreToolUse(output: string, expected: Expected): Outcome | Promise<Outcome> {
  const { text } = withoutThinking(output);
  if (text === "") return unscored("no-answer", "The answer is empty.");
  return seedScorers.tool_use(text, expected);
}
