import { shortText } from "../shared/escape.js";
import type { Expected } from "./types.js";
import type { Outcome, UnscoredReason } from "../shared/types.js";

/** The answer meets what the prompt asks. */
export const right = (explanation: string): Outcome => ({ kind: "scored", value: 1, explanation });

/** The answer does not. */
export const wrong = (explanation: string): Outcome => ({ kind: "scored", value: 0, explanation });

/** There is nothing to score, or a person has to look; never a 0. */
export const unscored = (reason: UnscoredReason, explanation: string): Outcome => ({
  kind: "unscored",
  reason,
  explanation,
});

/** The task itself cannot be scored, whatever the answer. */
export const failed = (message: string): Outcome => ({ kind: "failed", message });

/** The task says nothing that the scorer could judge by. */
export const lacks = (scorer: string, field: keyof Expected): Outcome =>
  failed(`${scorer}: the task's expected has no \`${field}\`; give it one, or another scorer.`);

/** A piece of an answer for an explanation: one line, at most `length` characters. */
export const quote = (text: string, length = 60): string => `"${shortText(text, length)}"`;

/** Longer answers are not judged: nobody reads them, and no task here asks for one. In UTF-16 units. */
const LONGEST = 20_000;

/**
 * A refusal to take part, which is not an attempt. "I have no SEARCH tool" is another matter: it answers the question
 * wrongly.
 */
const REFUSES =
  /^(?:(?:i'm|i am) (?:\w+ )?sorry|sorry|i apologi[sz]e|apologies|unfortunately|no)?[\s,.!]*(?:but )?(?:as an ai(?: language model| assistant)?, )?i(?:'m| am)? (?:can't|cannot|can not|won't|will not|unable to|not able to|(?:must|have to) decline)(?: to)?(?: (?:help|assist|comply|engage|continue|fulfil|fulfill|answer|discuss|do) ?(?:you )?(?:with )?(?:that|this|your request|it)?\b[^\n]*| that[^\n]*|\.)?$/;

const LONGEST_REFUSAL = 300;

const refuses = (text: string): boolean =>
  text.length <= LONGEST_REFUSAL && REFUSES.test(text.toLowerCase().replaceAll(/[’`]/g, "'"));

/**
 * The part of an answer that a scorer reads: its thinking taken off, trimmed. Where there is nothing to read, the outcome:
 * `no-answer` when it is empty, `cut-off` when its thinking never ends, `refused` when it is a refusal and no more,
 * `review` when it is too long to judge.
 */
export function answerText(output: unknown): string | Outcome {
  const { text, endless } = withoutThinking(output);
  if (text === "") {
    return endless
      ? unscored("cut-off", "The thinking never ends: the answer was cut off before it began.")
      : unscored("no-answer", "The answer is empty.");
  }
  if (text.length > LONGEST) {
    return unscored(
      "review",
      `The answer has ${text.length} characters; more than ${LONGEST} are not judged.`,
    );
  }
  if (refuses(text)) return unscored("refused", `The answer is a refusal: ${quote(text)}.`);
  return text;
}

const TAG = "(?:think|thinking|thought|reasoning|analysis)";
const OPEN = new RegExp(`<${TAG}>|◁think▷`, "i");
const CLOSE = new RegExp(`</${TAG}>|◁/think▷`, "gi");

/** An answer without its thinking. */
export interface Answered {
  /** What is left, trimmed of white space and of marks that cannot be seen. */
  readonly text: string;
  /** The thinking never ended: the answer was cut off before it began. */
  readonly endless: boolean;
}

/**
 * Takes thinking text off an answer: everything up to the last closing tag (templates often leave the opening one to the
 * prompt), or from an opening tag that is never closed to the end.
 */
export function withoutThinking(output: unknown): Answered {
  let text = typeof output === "string" ? output : "";
  let end = 0;
  for (const tag of text.matchAll(CLOSE)) end = tag.index + tag[0].length;
  text = text.slice(end);
  const start = text.search(OPEN);
  if (start >= 0) text = text.slice(0, start);
  return { text: SEEN.exec(text)?.[0] ?? "", endless: start >= 0 };
}

/** From the first to the last character that can be seen: zero-width ones, soft hyphens and byte order marks cannot. */
const SEEN = /[^\s\u200b-\u200f\u2060\ufeff\u00ad](?:[^]*[^\s\u200b-\u200f\u2060\ufeff\u00ad])?/;

/** A fenced block of an answer. */
export interface Fence {
  /** The language after the opening marks, in lower case; "" when there is none. */
  readonly language: string;
  readonly body: string;
  /** As it stands in the answer, with its marks. */
  readonly source: string;
}

/**
 * Opening marks, language, body; closing marks at least as long, on a line of their own or at the end of the last one, or the
 * text's end: the answer was cut off.
 */
const FENCE =
  /^[ \t>]*(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n`]*(?:\n|$)([^]*?)(?:(?:^[^\S\n]*|(?<=[^`~\n]))\1(?:`*|~*)[^\S\n]*$|(?![^]))/gm;

/** The fenced blocks of a text, in order; a last mark with nothing behind it closes what was never opened. */
export function fencesIn(text: string): Fence[] {
  const found = [...text.replaceAll("\r\n", "\n").trimEnd().matchAll(FENCE)].map(
    ([source, , language = "", body = ""]) => ({
      language: language.toLowerCase(),
      body: body.replace(/\n$/, ""),
      source,
    }),
  );
  return found.filter(({ source }) => /\s/.test(source.trim()));
}

/** What stands inside backticks or a fence that enclose the whole text; the text itself where nothing does. */
export function withoutCodeMarks(text: string): string {
  const inline = /^(`{1,3})([^`\n]+)\1$/.exec(text);
  if (inline) return inline[2]!.trim();
  if (!/^(?:```|~~~)[^]*(?:```|~~~)$/.test(text)) return text;
  const whole = text.replaceAll("\r\n", "\n");
  return (
    fencesIn(whole)
      .find(({ source }) => source === whole)
      ?.body.trim() ?? text
  );
}
