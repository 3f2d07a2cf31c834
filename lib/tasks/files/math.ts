import { escapeRegExp } from "../../shared/escape.js";
import { numberOf, shownValue } from "../../shared/json.js";
import { hasAll, textOf, type QuestionFormat } from "./format.js";
import { BadRecord } from "./readRecords.js";

/** The three grades of MATH's five levels. */
const GRADES = [1, 1, 2, 3, 3] as const;
/** The last `\boxed{…}` of a text, with up to three braces within one another; two problems of MATH have "\boxed 2". */
const BOXED =
  /\\boxed(?:\s*\{((?:[^{}]|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\})*)\}|\s+(\d+))(?![^]*\\boxed)/;
/** What a number may have between its digits or around them. A comma parts thousands where three digits follow, else a list. */
const BESIDE_DIGITS = /(?:\{,\}|\\?,(?:\\!)?)(?=\d{3}(?!\d))|\\?\$|\\!|(?<!\d)\s+|\s+(?!\d)/g;
const SPACES = String.raw`(?:\s|\\left|\\right|\\[!,;])*`;

/**
 * Problems whose solution ends in `\boxed{…}`, as MATH has them (Hendrycks et al. 2021, arXiv:2103.03874). A boxed number is
 * compared as a number; anything else must stand in the answer's last box to the letter, spaces aside.
 */
export const math: QuestionFormat = {
  title: "MATH",
  facet: "reasoning",
  fits: (fields) => hasAll(fields, "problem", "solution"),
  question: ({ fields }) => {
    const [, braced, bare] = BOXED.exec(textOf(fields, "solution")) ?? [];
    const boxed = (braced ?? bare)?.trim();
    if (!boxed)
      throw new BadRecord(`"solution" is ${shownValue(fields["solution"])}; it must hold \\boxed{…}.`);
    const answer = numberOf(boxed.replaceAll(BESIDE_DIGITS, ""));
    const letters = boxed.replaceAll(/\\(?:left|right|[!,;])|\s/g, "").match(/\\[a-z]+|[^]/gi) ?? [];
    const pattern = String.raw`\\boxed\{${[SPACES, ...letters.map(escapeRegExp), ""].join(SPACES)}\}(?![^]*\\boxed)`;
    const difficulty = GRADES[Number(/\d/.exec(String(fields["level"]))?.[0]) - 1];
    return {
      prompt: `${textOf(fields, "problem")}\n\nPut the final answer in \\boxed{}.`,
      expected: answer === null ? { pattern } : { answer },
      ...(difficulty === undefined ? {} : { difficulty }),
      examples: { right: `\\boxed{${answer ?? boxed}}`, wrong: ["\\boxed{\\text{none}}"] },
    };
  },
};
