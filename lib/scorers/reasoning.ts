import type { Expected } from "./types.js";
import type { Outcome } from "../shared/types.js";
import { finalNumber } from "./finalNumber.js";
import type { FinalNumber } from "./finalNumber.js";
import { failed, quote, right, unscored, wrong } from "./outcome.js";
import { answerText } from "./answerText.js";
import type { Stated } from "./statement.js";
import { unitFits } from "./units.js";

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
  if (stated !== null && equal(stated.value, answer)) return byUnit(stated, unit);
  if (!final.all.some((number) => equal(number.value, answer))) {
    return wrong(
      stated === null
        ? `No number is stated: ${quote(text)}.`
        : `The final number is ${stated.value}, not ${answer}.`,
    );
  }
  if (stated === null) return wrong(`The answer asks instead of answering: ${quote(text)}.`);
  if (final.how === "marked") return wrong(`The answer is given as ${stated.value}, not ${answer}.`);
  if (final.how === "item") return wrong(`The answer gives ${item} ${stated.value}, not ${answer}.`);
  const said = [final.ofItem ?? final.opening].find(
    (number) => number !== null && equal(number.value, answer),
  );
  const excluded = !final.inLast.some((value) => equal(value, answer));
  if (said && (final.concludes !== "word" || !excluded)) return byUnit(said, unit);
  if (!said && ((final.concludes !== null && excluded) || onlyInUnit(final, answer, unit))) {
    return wrong(`The answer concludes with ${stated.value}, not ${answer}.`);
  }
  return unscored(
    "review",
    `${answer} occurs, but the last number is ${stated.value}: a reader should decide.`,
  );
}

/** Rounding of a decimal answer is not forgiven: 40.2 is not 40. */
const equal = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

function byUnit(stated: Stated, wanted: string | undefined): Outcome {
  const fits = unitFits(stated.unit, wanted);
  if (fits === "yes") return right(`The final number is ${stated.value}.`);
  const found = `The number is right, but in ${stated.unit}`;
  return fits === "no" ? wrong(`${found}.`) : unscored("review", `${found} where ${wanted} was asked for.`);
}

/** Only other numbers than the right one carry the unit asked for. */
function onlyInUnit({ stated, all }: FinalNumber, answer: number, unit: string | undefined): boolean {
  return (
    unit !== undefined &&
    stated?.unit === unit &&
    !all.some((number) => number.unit === unit && equal(number.value, answer))
  );
}
