import type { ToolCall, ToolDefinition } from "../client/types.js";
import type { Task } from "../tasks/types.js";
import { waysToAnswer, type Ways, type Written } from "./answers.js";
import { chance, pick } from "./chance.js";
import { isRight, type SimulatedModel } from "./models.js";

/** One chat question to a simulated model, as far as the panel looks at it. */
export interface Asked {
  readonly model: SimulatedModel;
  readonly prompt: string;
  /** The task with that prompt; undefined when the panel was given none. */
  readonly task: Task | undefined;
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

/**
 * A simulated model's answer, cut where `maxTokens` are used up. The same question and epoch, the same answer. A task whose
 * right answer the panel does not know is declined in words, so that it stays unscored.
 *
 * @param tasks The tasks that the question's difficulty is ranked among.
 */
export function completion(asked: Asked, tasks: readonly Task[]): Said {
  const { model, prompt, task, tools, maxTokens, epoch } = asked;
  const ways = task === undefined ? null : waysToAnswer(task.expected, tools);
  if (task === undefined || ways === null) return said({ content: null, refusal: declined(task) }, null);
  const mishap = mishapOf(model.luck, prompt, ways);
  if (mishap === "empty") return said({ content: "" }, maxTokens);
  if (mishap === "refusal") {
    const inField = pick([true, false], model.luck, "refuses in a field");
    return said(inField ? { content: null, refusal: SORRY } : { content: SORRY }, maxTokens);
  }
  const knows = isRight(model, task, epoch, tasks);
  const written = pick(knows ? ways.right : ways.wrong, model.luck, prompt, epoch, knows ? "right" : "wrong");
  const thinks = mishap === "endless" || chance(model.luck, "thinks") < THINKERS;
  if (!thinks || written.content === null) return said(written, maxTokens);
  const thinking = mishap === "endless" ? PONDERING : "Let me read the question again and answer just that.";
  return pick([true, false], model.luck, "thinks in a field")
    ? said({ ...written, reasoning: thinking }, maxTokens)
    : said({ content: `<think>\n${thinking}\n</think>\n\n${written.content}` }, maxTokens);
}

/** Why the panel gives no answer, and what to do about it. */
export function declined(task: Task | undefined): string {
  return task === undefined
    ? "The simulated panel cannot answer this prompt, which is none of its tasks': hand them over with panel.learn(tasks)."
    : `The simulated panel cannot answer "${task.name}": its expected answer is none that the panel can write. Ask real models.`;
}

/** The share of models that think aloud. */
const THINKERS = 0.15;
const REFUSAL = 0.008;
const EMPTY = 0.006;
const ENDLESS = { workedOut: 0.03, other: 0.004 };

/** What becomes of an answer now and then, however able the model: nothing is scored of it. The same at every epoch. */
export function mishapOf(
  luck: string,
  prompt: string,
  { isWorkedOut }: Ways,
): "refusal" | "empty" | "endless" | null {
  const draw = chance(luck, prompt, "mishap");
  if (draw < REFUSAL) return "refusal";
  if (draw < REFUSAL + EMPTY) return "empty";
  const endless = isWorkedOut ? ENDLESS.workedOut : ENDLESS.other;
  return draw < REFUSAL + EMPTY + endless ? "endless" : null;
}

/** Thinking that uses up small limits: some 600 tokens. */
const PONDERING = [
  "Let me read this again and make sure that I understand every part of it.",
  "Is there a trick in it? It looks simple, but simple questions can hide something.",
  "I could go about it the other way round and see whether I come to the same end.",
  "Wait, I should check that once more before I say anything. ",
]
  .join(" ")
  .repeat(9);

/** A token of English is about four characters. */
const CHARACTERS = 4;
/** About how many tokens a text has. */
export const tokensIn = (text: string): number => Math.ceil(text.length / CHARACTERS);
const firstTokens = (text: string, tokens: number): string => text.slice(0, Math.floor(tokens) * CHARACTERS);

/** Puts a message together: thinking first, then the answer, until the tokens run out. */
function said(
  parts: Written & { readonly reasoning?: string; readonly refusal?: string },
  maxTokens: number | null,
): Said {
  const { content, reasoning = null, refusal = null, toolCalls = [] } = parts;
  const room = maxTokens ?? Infinity;
  const thought = tokensIn(reasoning ?? "");
  const given = toolCalls.map((call) => call.arguments).join("");
  const spoken = tokensIn(content ?? refusal ?? "") + tokensIn(given);
  const isCut = thought + spoken > room;
  const left = isCut ? Math.max(0, room - thought) : Infinity;
  return {
    content: isCut && content !== null ? firstTokens(content, left) || null : content,
    reasoning: reasoning !== null && isCut ? firstTokens(reasoning, room) : reasoning,
    refusal,
    toolCalls: isCut
      ? toolCalls.map((call) => ({ ...call, arguments: firstTokens(call.arguments, left) }))
      : toolCalls,
    finish: isCut ? "length" : toolCalls.length > 0 ? "tool_calls" : "stop",
    completionTokens: Math.min(thought + spoken, room),
  };
}
