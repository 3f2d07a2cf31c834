import type { Outcome } from "../shared/types.js";
import { quote, unscored } from "./outcome.js";
import { withoutThinking } from "./thinking.js";

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
