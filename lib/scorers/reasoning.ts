import type { Expected } from "./types.js";
import type { Outcome } from "../shared/types.js";
import { finalNumber } from "./finalNumber.js";
import { failed, quote, right, unscored, wrong } from "./outcome.js";
import { answerText } from "./answerText.js";
import type { Stated } from "./numbers.js";

/**
 * Judges a worked answer by its final number, three ways: the right final number is 1; an answer that states another one
 * plainly, or holds the right one nowhere, is 0; what is left, with the right number somewhere on the way, is `review`.
 *
 * Reads `expected.answer`, and `unit` and `item` where given. Fails when there is no `answer`.
 */
export function scoreReasoning(output: string, expected: Expected): Outcome {
  const { answer, unit, item } = expected;
  if (answer === undefined) return failed("scoreReasoning: the task's expected has no `answer`.");
  const text = answerText(output);
  if (typeof text !== "string") return text;

  const final = finalNumber(text, item, unit);
  const { stated } = final;
  const isAnswer = ({ value }: Stated): boolean => equal(value, answer);
  if (stated !== null && isAnswer(stated)) return byUnit(stated, unit);
  if (!final.all.some(isAnswer)) {
    return wrong(
      stated === null
        ? `No number is stated: ${quote(text)}.`
        : `The final number is ${stated.value}, not ${answer}.`,
    );
  }
  if (stated === null) return wrong(`The answer asks instead of answering: ${quote(text)}.`);
  if (final.how === "marked") return wrong(`The answer is given as ${stated.value}, not ${answer}.`);
  if (final.how === "item") return wrong(`The answer gives ${item} ${stated.value}, not ${answer}.`);
  const said = final.ofItem ?? final.opening;
  const isExcluded = !final.inLast.some(isAnswer);
  if (said !== null && isAnswer(said)) {
    if (final.concludes !== "word" || !isExcluded) return byUnit(said, unit);
  } else {
    const onlyOthers = stated.unit === unit && !final.all.some((one) => one.unit === unit && isAnswer(one));
    if ((final.concludes !== null && isExcluded) || (unit !== undefined && onlyOthers))
      return wrong(`The answer concludes with ${stated.value}, not ${answer}.`);
  }
  return unscored(
    "review",
    `${answer} occurs, but the last number is ${stated.value}: a reader should decide.`,
  );
}

/** Rounding of a decimal answer is not forgiven: 40.2 is not 40. */
const equal = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

/** The right number: no unit at all is fine; another one than asked for is wrong, and "miles" for mph is unclear. */
function byUnit({ value, unit }: Stated, wanted: string | undefined): Outcome {
  if (unit === null || wanted === undefined || unit === wanted) return right(`The final number is ${value}.`);
  const found = `The number is right, but in ${unit}`;
  return wanted === "mph" && unit === "miles"
    ? unscored("review", `${found} where ${wanted} was asked for.`)
    : wrong(`${found}.`);
}
