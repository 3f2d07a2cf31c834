import type { Answer } from "../client/types.js";
import type { Asked } from "../scorers/types.js";
import type { Outcome } from "../shared/types.js";
import type { Task } from "../tasks/types.js";

/** An answer as it is scored and shown. */
export interface ScoredAnswer {
  readonly outcome: Outcome;
  /** What the scorer was given, or what the model said instead of an answer. */
  readonly response: string;
}

/**
 * What an answer came to. Only an answer that is one reaches the scorer: a failed call is "failed", a refused or
 * filtered one "refused", an empty one "no-answer", one whose tokens all went into thinking "cut-off". Text that
 * max_tokens cut counts only when the scorer gives it the full 1, since what is right already cannot be cut right.
 */
export async function scoreAnswer(
  answer: Answer,
  task: Task,
  asked: Omit<Asked, "prompt">,
): Promise<ScoredAnswer> {
  if (!answer.ok) return { outcome: { kind: "failed", message: answer.message }, response: "" };
  if (answer.outcome !== "text" && answer.outcome !== "tool_calls") {
    const [reason, explanation] = NO_ANSWER[answer.outcome];
    return { outcome: { kind: "unscored", reason, explanation }, response: answer.refusal ?? answer.text };
  }
  const response = answer.outcome === "text" ? answer.text : toolCallText(answer);
  const outcome = await runScorer(response, task, { ...asked, prompt: task.prompt });
  const isComplete = outcome.kind === "scored" && outcome.value === 1;
  if (answer.finish !== "length" || isComplete || outcome.kind === "failed") return { outcome, response };
  const explanation = "max_tokens cut the answer before it was right: raise maxTokens.";
  return { outcome: { kind: "unscored", reason: "cut-off", explanation }, response };
}

const NO_ANSWER = {
  refusal: ["refused", "The model refused to answer."],
  filtered: ["refused", "The provider's filter withheld the answer."],
  empty: ["no-answer", "The answer is empty."],
  no_room: [
    "cut-off",
    "All tokens went into thinking and none was left for the answer: raise maxTokens or lower reasoning.",
  ],
} as const;

/** Tool calls as text: `{"tool_calls":[{"name":…,"arguments":…}]}`, arguments as the model wrote them. */
function toolCallText(answer: Extract<Answer, { ok: true }>): string {
  return JSON.stringify({
    tool_calls: answer.toolCalls.map((call) => ({ name: call.name, arguments: call.arguments })),
  });
}

/** A scorer that breaks its promise fails its own row and no other. */
async function runScorer(response: string, task: Task, asked: Asked): Promise<Outcome> {
  const failed = (what: string): Outcome => ({
    kind: "failed",
    message: `The scorer of task "${task.name}" ${what}.`,
  });
  try {
    const outcome = await task.scorer(response, task.expected, asked);
    if (!["scored", "unscored", "failed"].includes(outcome?.kind)) return failed("gave no outcome");
    const isBeyond = outcome.kind === "scored" && !(outcome.value >= 0 && outcome.value <= 1);
    return isBeyond ? failed(`gave ${outcome.value}, not a value in [0, 1]`) : outcome;
  } catch (error) {
    return failed(`threw ${error instanceof Error ? error.message : String(error)}`);
  }
}
