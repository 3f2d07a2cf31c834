import type { Answer } from "../client/types.js";
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
export async function scoreAnswer(answer: Answer, task: Task): Promise<ScoredAnswer> {
  if (!answer.ok) return { outcome: { kind: "failed", message: answer.message }, response: "" };
  const unscored = (
    reason: Unscored["reason"],
    explanation: string,
    response = answer.text,
  ): ScoredAnswer => ({
    outcome: { kind: "unscored", reason, explanation },
    response,
  });
  switch (answer.outcome) {
    case "refusal":
      return unscored("refused", "The model refused to answer.", answer.refusal ?? answer.text);
    case "filtered":
      return unscored("refused", "The provider's filter withheld the answer.");
    case "empty":
      return unscored("no-answer", "The answer is empty.");
    case "no_room":
      return unscored(
        "cut-off",
        "All tokens went into thinking and none was left for the answer: raise maxTokens or lower reasoning.",
      );
    case "tool_calls":
      return scored(toolCallText(answer), task, answer.finish);
    case "text":
      return scored(answer.text, task, answer.finish);
  }
}

type Unscored = Extract<Outcome, { kind: "unscored" }>;

/** The outcome of a text that a model gave. */
async function scored(response: string, task: Task, finish: string | null): Promise<ScoredAnswer> {
  const outcome = await runScorer(response, task);
  const complete = outcome.kind === "scored" && outcome.value === 1;
  if (finish !== "length" || complete || outcome.kind === "failed") return { outcome, response };
  const explanation = "max_tokens cut the answer before it was right: raise maxTokens.";
  return { outcome: { kind: "unscored", reason: "cut-off", explanation }, response };
}

/** Tool calls as text: `{"tool_calls":[{"name":…,"arguments":…}]}`, arguments as the model wrote them. */
function toolCallText(answer: Extract<Answer, { ok: true }>): string {
  return JSON.stringify({
    tool_calls: answer.toolCalls.map((call) => ({ name: call.name, arguments: call.arguments })),
  });
}

/** A scorer that breaks its promise fails its own row and no other. */
async function runScorer(response: string, task: Task): Promise<Outcome> {
  const failed = (what: string): Outcome => ({
    kind: "failed",
    message: `The scorer of task "${task.name}" ${what}.`,
  });
  try {
    const outcome = await task.scorer(response, task.expected);
    switch (outcome?.kind) {
      case "scored":
        return outcome.value >= 0 && outcome.value <= 1
          ? outcome
          : failed(`gave ${outcome.value}, not a value in [0, 1]`);
      case "unscored":
      case "failed":
        return outcome;
      default:
        return failed("gave no outcome");
    }
  } catch (error) {
    return failed(`threw ${error instanceof Error ? error.message : String(error)}`);
  }
}
