import type { ToolCall, ToolDefinition } from "../client/types.js";
import type { Task } from "../tasks/types.js";
import { answerQuestion } from "./answers/answer.js";
import { answerWithTools } from "./answers/call.js";
import { styleOf } from "./answers/style.js";
import { pick } from "./chance.js";
import { isRight } from "./isRight.js";
import { mishapOf } from "./mishap.js";
import type { SimulatedModel } from "./models.js";
import { firstTokens, tokensIn } from "./tokens.js";
import type { Understood } from "./understand.js";

/** One chat question to a simulated model, as far as the panel looks at it. */
export interface Asked {
  readonly model: SimulatedModel;
  readonly prompt: string;
  readonly understood: Understood;
  readonly tools: readonly ToolDefinition[];
  readonly maxTokens: number | null;
  /** From 0: which of the repeats of this question it is. */
  readonly epoch: number;
}

/** What a simulated model says: the message of an answer and why it ended. */
export interface Said {
  readonly content: string | null;
  readonly reasoning: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: "stop" | "length" | "tool_calls";
  readonly completionTokens: number;
}

const SORRY = "I'm sorry, but I can't help with that.";

/** A simulated model's answer, cut where `maxTokens` are used up. The same question and epoch, the same answer. */
export function completion(asked: Asked, tasks: readonly Task[]): Said {
  const { model, prompt, understood, tools, epoch } = asked;
  const { question } = understood;
  const knows = isRight(model, prompt, epoch, understood, tasks);
  const mishap = mishapOf(model.luck, prompt, question.kind);
  if (mishap === "empty") return said({ content: "" }, asked);
  if (mishap === "refusal")
    return pick([true, false], model.luck, "refuses in a field")
      ? said({ refusal: SORRY }, asked)
      : said({ content: SORRY }, asked);
  if (tools.length > 0 && question.kind === "call")
    return said(answerWithTools(question.call, tools, knows, model.luck, prompt, epoch), asked);

  const style = mishap === "endless" ? "thinking" : styleOf(model.luck, prompt);
  const written = answerQuestion(question, knows, style, model.luck, prompt, epoch);
  if (mishap !== "endless") return said(written, asked);
  const { reasoning } = written;
  return reasoning === undefined
    ? said({ content: `<think>\n${PONDERING}${written.content.replace(/^<think>/, "")}` }, asked)
    : said({ ...written, reasoning: PONDERING + reasoning }, asked);
}

/** Thinking that uses up small limits: some 600 tokens. */
const PONDERING = [
  "Let me read this again and make sure that I understand every part of it.",
  "Is there a trick in it? It looks simple, but simple questions can hide something.",
  "I could go about it the other way round and see whether I come to the same end.",
  "Wait, I should check that once more before I say anything.",
]
  .join(" ")
  .concat(" ")
  .repeat(9);

/** Puts a message together: thinking first, then the answer, until the tokens run out. */
function said(
  parts: {
    readonly content?: string | null;
    readonly reasoning?: string | null;
    readonly refusal?: string;
    readonly toolCalls?: readonly ToolCall[];
  },
  { maxTokens }: Asked,
): Said {
  const { content = null, reasoning = null, refusal = null, toolCalls = [] } = parts;
  const room = maxTokens ?? Infinity;
  const thought = tokensIn(reasoning ?? "");
  const spoken =
    tokensIn(content ?? refusal ?? "") + tokensIn(toolCalls.map((call) => call.arguments).join(""));
  const isCut = thought + spoken > room;
  const left = Math.max(0, room - thought);
  const shown = isCut && content !== null ? firstTokens(content, left) || null : content;
  return {
    content: shown,
    reasoning: isCut && reasoning !== null ? firstTokens(reasoning, room) : reasoning,
    refusal,
    toolCalls: toolCalls.map((call) =>
      isCut ? { ...call, arguments: firstTokens(call.arguments, left) } : call,
    ),
    finish: isCut ? "length" : toolCalls.length > 0 ? "tool_calls" : "stop",
    completionTokens: Math.min(thought + spoken, room),
  };
}
