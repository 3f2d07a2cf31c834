import type { ToolCall } from "../client/types.js";
import type { Task } from "../tasks/types.js";
import { waysToAnswer, type Written } from "./answers.js";
import { chance, pick } from "./chance.js";
import { isRight, type SimulatedModel } from "./models.js";
import type { ChatBody } from "./request.js";

/** What a simulated model says: the message of an answer and why it ended. */
export interface Said {
  readonly content: string | null;
  readonly reasoning: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: "stop" | "length" | "tool_calls";
  readonly completionTokens: number;
}

/** The share of models that think aloud. */
const THINKERS = 0.15;
const SORRY = "I'm sorry, but I can't help with that.";
const THINKING = "Let me read the question again and answer just that.";
/** Thinking that uses up small limits: some 600 tokens. */
const PONDERING =
  "Wait, is there a trick in it? Let me go about it the other way and check once more. ".repeat(28);

/**
 * A simulated model's answer, cut where the tokens asked for are used up. The same question and epoch, the same answer. A task
 * whose right answer the panel does not know is declined in words, so that it stays unscored.
 *
 * @param task The task with that prompt; undefined when the panel was given none.
 * @param epoch From 0: which of the repeats of this question it is.
 * @param tasks The tasks that the question's difficulty is ranked among.
 */
export function completion(
  { prompt, tools, maxTokens }: Pick<ChatBody, "prompt" | "tools" | "maxTokens">,
  model: SimulatedModel,
  task: Task | undefined,
  epoch: number,
  tasks: readonly Task[],
): Said {
  const { luck } = model;
  const ways = task === undefined ? null : waysToAnswer(task, tools);
  if (task === undefined || ways === null) return said({ content: null, refusal: declined(task) }, null);
  const mishap = mishapOf(luck, prompt);
  const isInField = pick([true, false], luck, "in a field of its own");
  if (mishap === "empty") return said({ content: "" }, maxTokens);
  if (mishap === "refusal")
    return said(isInField ? { content: null, refusal: SORRY } : { content: SORRY }, maxTokens);
  const knows = isRight(model, task, epoch, tasks);
  const written = pick(knows ? ways.right : ways.wrong, luck, prompt, epoch, knows ? "right" : "wrong");
  if (written.content === null || (mishap === null && chance(luck, "thinks") >= THINKERS))
    return said(written, maxTokens);
  const reasoning = mishap === "endless" ? PONDERING : THINKING;
  return isInField
    ? said({ ...written, reasoning }, maxTokens)
    : said({ content: `<think>\n${reasoning}\n</think>\n\n${written.content}` }, maxTokens);
}

/** Why the panel gives no answer, and what to do about it. */
export function declined(task: Task | undefined): string {
  return task === undefined
    ? "The simulated panel cannot answer this prompt, which is none of its tasks': hand them over with panel.learn(tasks)."
    : `The simulated panel cannot answer "${task.name}": its expected answer is none that the panel can write. Ask real models.`;
}

/** What becomes of an answer now and then, however able the model: nothing is scored of it. The same at every epoch. */
export function mishapOf(luck: string, prompt: string): "refusal" | "empty" | "endless" | null {
  const draw = chance(luck, prompt, "mishap");
  if (draw < 0.008) return "refusal";
  if (draw < 0.014) return "empty";
  return draw < 0.024 ? "endless" : null;
}

/** About how many tokens a text has: a token of English is about four characters. */
export const tokensIn = (text: string): number => Math.ceil(text.length / 4);
const firstTokens = (text: string, tokens: number): string => text.slice(0, Math.floor(tokens) * 4);

/** Puts a message together: thinking first, then the answer, until the tokens run out. */
function said(
  parts: Written & { readonly reasoning?: string; readonly refusal?: string },
  maxTokens: number | null,
): Said {
  const { content, reasoning = null, refusal = null, toolCalls = [] } = parts;
  const room = maxTokens ?? Infinity;
  const thought = tokensIn(reasoning ?? "");
  const given = toolCalls.map((call) => call.arguments).join("");
  const tokens = thought + tokensIn(content ?? refusal ?? "") + tokensIn(given);
  const whole = { content, reasoning, refusal, toolCalls, completionTokens: Math.min(tokens, room) };
  if (tokens <= room) return { ...whole, finish: toolCalls.length > 0 ? "tool_calls" : "stop" };
  const left = Math.max(0, room - thought);
  return {
    ...whole,
    content: content && (firstTokens(content, left) || null),
    reasoning: reasoning && firstTokens(reasoning, room),
    toolCalls: toolCalls.map((call) => ({ ...call, arguments: firstTokens(call.arguments, left) })),
    finish: "length",
  };
}
