import type { Expected } from "./types.js";
import type { Outcome } from "../shared/types.js";
import type { Stated } from "./numbers.js";
import { answerText, lacks, quote, right, unscored, wrong } from "./answerText.js";
import { sentencesOf, statedIn, statedNumbers } from "./statement.js";

const BOXED = /\\boxed\s*\{/g;
const HASHES = /^#{4}\s*[$*]*(?=[-−.\d])/gm;
const ANSWER =
  /\b(?:answer|result|respuesta|antwort|réponse|resposta)\b["*_\s]{0,5}(?:is|es|ist|est|would be|will be|comes to|:|=|→)|答案(?:是|：|:)?|^[ \t>*_]*a(?:ns)?\b[.*_]*\s*[:=]/gim;
/** Marks looked at from the end: a text with more is no answer, and should not take long. */
const MARKS_READ = 20;
const CONCLUDES = /\b(?:so|therefore|thus|hence|finally|altogether|in total|answer|result|equals)\b/i;
/** A first sentence that is taken back, or given an alternative, is no answer. */
const TURNS = /^\W*(?:or|but|wait|no|actually|however|alternatively|hmm|correction)\b/i;
const EQUATES = /[=⇒→∴]/;
/** A number and a few words: "40 mph." */
const ALONE = /^\W{0,5}[\d.,]+(?:\s+\S+){0,4}\s*$/;

/**
 * Judges a worked answer by its final number, three ways: the right final number is 1; an answer that states another one
 * plainly, or holds the right one nowhere, is 0; what is left, with the right number somewhere on the way, is `review`.
 *
 * The final number is the one in the last `\\boxed{}`, after the last `####` or "answer is", or else the last of the last
 * sentence that is neither a question nor a check. Reads `expected.answer`, and `unit` and `item` where given: where a
 * sentence gives numbers to several things, the one of `item` counts; where units differ, the one with `unit`.
 *
 * Fails when there is no `answer`.
 * @example
 * scoreReasoning("3 + 4 - 2 = 5, so five apples.", { answer: 5 }).value // 1
 */
export function scoreReasoning(output: string, expected: Expected): Outcome {
  const { answer, unit, item, tolerance } = expected;
  if (answer === undefined || Number.isNaN(answer)) return lacks("scoreReasoning", "answer");
  const given = answerText(output);
  if (typeof given !== "string") return given;
  const text = plainMaths(withoutNextQuestion(given));
  const isAnswer = ({ value }: Stated): boolean => isEqual(value, answer, tolerance);

  const sentences = sentencesOf(text).map((one) => ({ ...one, says: statedIn(one.text, item, unit) }));
  const lastOf = (wanted: string): (typeof sentences)[number] | undefined =>
    sentences.findLast(({ kind, says }) => kind === wanted && says.stated !== null);
  const last = lastOf("statement") ?? lastOf("check");
  const marked = lastMarked(text, item, unit);
  const stated = marked ?? last?.says.stated ?? null;
  if (stated !== null && isAnswer(stated)) return byUnit(stated, unit);

  const all = sentences.flatMap((sentence) => statedNumbers(sentence.text));
  if (!all.some(isAnswer)) {
    return wrong(
      stated === null
        ? `No number is stated: ${quote(text)}.`
        : `The final number is ${stated.value}, not ${answer}.`,
    );
  }
  if (marked !== null) return wrong(`The answer is given as ${marked.value}, not ${answer}.`);
  if (stated === null || last === undefined)
    return wrong(`The answer asks instead of answering: ${quote(text)}.`);
  if (last.says.ofItem === stated) return wrong(`The answer gives ${item} ${stated.value}, not ${answer}.`);

  // The right number stands on the way: was it said of the item, or in a short first sentence, and not taken back?
  const at = Math.max(
    0,
    sentences.findLastIndex(({ kind, says }) => kind === "statement" && says.ofItem !== null),
  );
  const { text: saying, kind, says } = sentences[at]!;
  const isOpening = at === 0 && saying.trim().split(/\s+/, 13).length <= 12;
  const said = kind === "statement" ? (says.ofItem ?? (isOpening ? says.stated : null)) : null;
  const isKept =
    said !== null && isAnswer(said) && !sentences.slice(at + 1).some((one) => TURNS.test(one.text));
  const isOther = unit !== undefined && stated.unit === unit;
  // "40 mph. It covers 60 miles in 1.5 hours, so divide 60 by 1.5.": an answer alone, and then how it was found.
  const isAlone = ALONE.test(saying) && !EQUATES.test(last.text) && !isOther;
  const concludes = CONCLUDES.test(last.text) || EQUATES.test(last.text);
  const isExcluded = concludes && !statedNumbers(conclusionOf(last.text)).some(isAnswer);
  if (isKept && (isAlone || !isExcluded)) return byUnit(said, unit);
  const isUnsaid = isOther && !all.some((number) => number.unit === unit && isAnswer(number));
  if (!isKept && (isExcluded || isUnsaid))
    return wrong(`The answer concludes with ${stated.value}, not ${answer}.`);
  return unscored(
    "review",
    `${answer} occurs, but the last number is ${stated.value}: a reader should decide.`,
  );
}

/** Models that go on with a question of their own: what they answer to that is not the answer. */
function withoutNextQuestion(text: string): string {
  const [own = ""] = text.split(/\n[ \t*#]*(?:question|q|problem)\s*\d*\s*[:.]/i, 1);
  return statedNumbers(own).length > 0 ? own : text;
}

/** LaTeX as plain text: `\\(\\frac{3}{5} \\times 10\\)` as `3/5 × 10`. */
const plainMaths = (text: string): string =>
  LATEX.reduce((plain, [pattern, replacement]) => plain.replaceAll(pattern, replacement), text);

const LATEX: readonly (readonly [RegExp, string])[] = [
  [/\\[()[\]]/g, " "],
  [/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, "$1/$2"],
  [/\\(?:times|cdot)\b/g, "×"],
  [/\\div\b/g, "÷"],
  [/\\(?:text|mathrm|textbf|mathbf)\s*\{([^{}]*)\}/g, "$1"],
  [/\\(?:implies|Rightarrow|to)\b/g, "⇒"],
  // Thousands as LaTeX writes them: 10{,}000 and 10,\!000, 10\,000 and with the spaces of typesetters.
  [/(?<=\d)(?:\{,\}|,\\!)(?=\d)/g, ","],
  [/(?<=\d)(?:\\[,;:! ]|[\u00A0\u2009\u202F])(?=\d{3}(?!\d))/g, ","],
  [/(?<=[{=]\s{0,3})[-−]\s+(?=\d)/g, "-"],
];

/**
 * Rounding of a decimal answer is not forgiven unless the task does: 40.2 is not 40. What the ninth decimal or, in a large
 * number, the sixth hides is; whole numbers are compared exactly.
 */
function isEqual(a: number, b: number, tolerance = 0): boolean {
  const hidden =
    Number.isInteger(a) && Number.isInteger(b) ? 0 : 1e-9 * Math.min(1000, Math.max(1, Math.abs(b)));
  return Math.abs(a - b) <= tolerance + hidden;
}

/** The right number: no unit at all is fine; another one than asked for is wrong, and "miles" for mph is unclear. */
function byUnit({ value, unit }: Stated, wanted: string | undefined): Outcome {
  if (unit === null || wanted === undefined || unit === wanted) return right(`The final number is ${value}.`);
  const found = `The number is right, but in ${unit}`;
  return wanted === "mph" && unit === "miles"
    ? unscored("review", `${found} where ${wanted} was asked for.`)
    : wrong(`${found}.`);
}

/** What a sentence concludes: all after its last "so", where a number stands there. */
function conclusionOf(sentence: string): string {
  const after = sentence.split(/\b(?:so|therefore|thus|hence)\b/i).at(-1)!;
  return statedNumbers(after).length > 0 ? after : sentence;
}

/** The number behind the last mark of each kind, the plainest kind first. */
function lastMarked(text: string, item?: string, unit?: string): Stated | null {
  for (const mark of [BOXED, HASHES, ANSWER]) {
    const matches = [...text.matchAll(mark)].slice(-MARKS_READ);
    for (const match of matches.toReversed()) {
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 200);
      const number =
        mark === BOXED
          ? (statedNumbers(after)[0] ?? null)
          : statedAt(sentencesOf(after.replace(/^[\s*_:]+/, ""))[0]?.text ?? "", item, unit);
      if (number !== null) return number;
    }
  }
  return null;
}

/** What follows "answer is": what it says of the item; else its first number, or the value of the sum that begins with it. */
function statedAt(segment: string, item?: string, unit?: string): Stated | null {
  const { stated, ofItem } = statedIn(segment, item, unit);
  const first = statedNumbers(segment)[0] ?? null;
  const sum = first && /^[\s*_]*(?:[a-z]+\s*)?[-+−*/×÷·=%^]/i.test(segment.slice(first.end, first.end + 20));
  return sum || stated === ofItem ? stated : first;
}
