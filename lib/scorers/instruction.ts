import type { Expected } from "./types.js";
import { isObject, parsedJson, valueAt } from "../shared/json.js";
import type { Outcome } from "../shared/types.js";
import { answerText, withoutCodeMarks } from "./answerText.js";
import { failed, quote, right, wrong } from "./outcome.js";

/**
 * Judges whether an answer follows a format to the letter.
 *
 * `expected.exact`: the whole answer is that text, case and all, with nothing around it. Only where `expected.codeMarks` is
 * set do backticks or a fence around the whole answer count as packing; bold, quotes and labels never do.
 *
 * `expected.json`: the answer holds one JSON object with those keys and values. Case, `_`, `-` and words around a value are
 * forgiven ("High priority" for "high"), and so are further keys, a fence and a sentence around the object; text that
 * `JSON.parse` refuses, an array, or a second object that differs is not.
 *
 * Fails when the task asks for neither.
 */
export function scoreInstruction(output: string, expected: Expected): Outcome {
  const { exact, json } = expected;
  if (exact === undefined && json === undefined) {
    return failed("scoreInstruction: the task's expected has neither `exact` nor `json`.");
  }
  const text = answerText(output);
  if (typeof text !== "string") return text;
  if (exact !== undefined) {
    const bare = expected.codeMarks ? withoutCodeMarks(text) : text;
    if (bare !== exact) return wrong(`${quote(text)} is not exactly ${quote(exact)}.`);
  }
  return json === undefined ? right("Exactly the text asked for.") : byJson(text, json);
}

function byJson(text: string, wanted: Readonly<Record<string, string>>): Outcome {
  const found = jsonIn(text).filter((value) => typeof value === "object" && value !== null);
  const [first, ...others] = found;
  if (first === undefined) return wrong(`No valid JSON object in ${quote(text)}.`);
  if (!isObject(first)) return wrong("The JSON is an array, not an object.");
  const keys = Object.keys(wanted);
  if (
    others.some(
      (other) => !isObject(other) || keys.some((key) => valueAt(other, key) !== valueAt(first, key)),
    )
  ) {
    return wrong(`The answer holds ${found.length} different JSON values instead of one object.`);
  }
  for (const key of keys) {
    const got = valueAt(first, key);
    if (got === undefined) return wrong(`The key "${key}" is missing.`);
    if (typeof got !== "string") return wrong(`"${key}" is not a string.`);
    if (!asWords(got).includes(asWords(wanted[key]!)))
      return wrong(`"${key}" is ${quote(got)}, not "${wanted[key]}".`);
  }
  return right(`One JSON object with ${keys.join(" and ")} as asked for.`);
}

/** Lower-case words between single spaces, with a space at both ends, so that only whole words are found. */
const asWords = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim()} `;

/**
 * The JSON objects and arrays written in a text, in order: the whole text where it parses, else every balanced outermost
 * `{…}` or `[…]` that does. One pass, so linear in the text's length.
 */
function jsonIn(text: string): unknown[] {
  const whole = parsedJson(text);
  if (whole !== undefined) return [whole];
  const found: unknown[] = [];
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === "\\") i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = depth > 0;
    else if (character === "{" || character === "[") {
      if (depth++ === 0) start = i;
    } else if ((character === "}" || character === "]") && depth > 0 && --depth === 0) {
      const value = parsedJson(text.slice(start, i + 1));
      if (value !== undefined) found.push(value);
    }
  }
  return found;
}
