import { TASKS } from "../../lib/tasks/index.js";
import type { Outcome } from "../../lib/shared/types.js";

/** What a task's own scorer says of an answer. */
export async function scoreOf(task: string, answer: string): Promise<Outcome> {
  const { scorer, expected } = TASKS.find(({ name }) => name === task)!;
  return scorer(answer, expected);
}

/** "1", "0", or why there is no score: an outcome in a word. */
export async function wordOf(task: string, answer: string): Promise<string> {
  const outcome = await scoreOf(task, answer);
  return outcome.kind === "scored"
    ? String(outcome.value)
    : outcome.kind === "unscored"
      ? outcome.reason
      : "failed";
}

export const fenced = (code: string, language = "python"): string => `\`\`\`${language}\n${code}\n\`\`\``;
