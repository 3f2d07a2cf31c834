import { isDeepStrictEqual } from "node:util";
import type { Expected, Json } from "./types.js";
import { isObject, parsedJson, shownValue, valueAt } from "../shared/json.js";
import type { Fields } from "../shared/json.js";
import type { Outcome } from "../shared/types.js";
import { answerText, failed, lacks, quote, right, withoutCodeMarks, wrong } from "./answerText.js";

/**
 * Judges whether the whole answer is the text asked for, or one of several: case and all, with nothing around it. Only where
 * `expected.codeMarks` is set do backticks or a fence around the whole answer count as packing; bold, quotes and labels
 * never do.
 */
export function scoreExact(output: string, { exact, codeMarks }: Expected): Outcome {
  if (exact === undefined) return lacks("scorers.exact", "exact");
  const text = answerText(output);
  if (typeof text !== "string") return text;
  const accepted = [exact].flat();
  const bare = codeMarks ? withoutCodeMarks(text) : text;
  return accepted.includes(bare)
    ? right("Exactly the text asked for.")
    : wrong(`${quote(text)} is not exactly ${accepted.map((one) => quote(one)).join(" or ")}.`);
}

/** Judges whether every text of `expected.includes` occurs in the answer, in any case. */
export function scoreIncludes(output: string, { includes }: Expected): Outcome {
  if (includes === undefined || includes.length === 0) return lacks("scorers.includes", "includes");
  const text = answerText(output);
  if (typeof text !== "string") return text;
  const missing = includes.find((one) => !text.toLowerCase().includes(one.toLowerCase()));
  return missing === undefined
    ? right(`The answer holds ${includes.map((one) => quote(one)).join(", ")}.`)
    : wrong(`The answer does not hold ${quote(missing)}.`);
}

/**
 * Judges whether `expected.pattern` matches somewhere in the trimmed answer: see `regexOf`. Fails when the pattern is no
 * regular expression.
 */
export function scorePattern(output: string, { pattern }: Expected): Outcome {
  if (pattern === undefined) return lacks("scorers.pattern", "pattern");
  let regex: RegExp;
  try {
    regex = regexOf(pattern);
  } catch (error) {
    const advice = "write one that JavaScript knows, such as ^\\d{4}$.";
    return failed(`scorers.pattern: expected.pattern is ${quote(pattern)}: ${String(error)}; ${advice}`);
  }
  const text = answerText(output);
  if (typeof text !== "string") return text;
  return regex.test(text)
    ? right(`The answer matches ${quote(pattern)}.`)
    : wrong(`${quote(text)} does not match ${quote(pattern)}.`);
}

/** What Python's `re.escape` escapes and JavaScript takes for a mistake. */
const NEEDLESS = /[-!"#%&',:;<=>@_`~ ]/;

/**
 * A regular expression of JavaScript, in what both know also as Python writes it: flags in front (`(?i)` for any case,
 * `(?m)`, `(?s)`), `(?P<name>…)`, and marks that need not be escaped (`\-`).
 *
 * @throws SyntaxError when it is none.
 */
export function regexOf(pattern: string): RegExp {
  const [, flags = "", source = pattern] = /^\(\?([ims]+)\)([^]*)$/.exec(pattern) ?? [];
  const plain = source.replaceAll(/\\([^])|\(\?P</g, (written, escaped?: string) => {
    if (escaped === undefined) return "(?<";
    return NEEDLESS.test(escaped) ? `\\x${escaped.charCodeAt(0).toString(16)}` : written;
  });
  return new RegExp(plain, `${flags}u`);
}

/**
 * Judges whether the answer holds one JSON value of the shape of `expected.json` (`Expected` says what a shape asks for).
 * Case, `_`, `-` and words around a text are forgiven ("High priority" for "high"), and so are further keys, a fence and a
 * sentence around the value; text that `JSON.parse` refuses, or a second value that differs, is not.
 */
export function scoreJson(output: string, { json }: Expected): Outcome {
  if (json === undefined) return lacks("scorers.json", "json");
  const text = answerText(output);
  if (typeof text !== "string") return text;
  const kind = isObject(json) ? "object" : Array.isArray(json) ? "list" : "value";
  const isNested = kind !== "value";
  const found = jsonIn(isNested ? text : withoutCodeMarks(text)).filter(
    (value) => !isNested || (typeof value === "object" && value !== null),
  );
  const [first, ...others] = found;
  if (first === undefined) return wrong(`No valid JSON ${kind} in ${quote(text)}.`);
  const asked = (value: unknown): unknown =>
    isObject(json) && isObject(value) ? Object.keys(json).map((key) => valueAt(value, key)) : value;
  if (others.some((other) => !isDeepStrictEqual(asked(other), asked(first)))) {
    return wrong(`The answer holds ${found.length} different JSON values instead of one ${kind}.`);
  }
  const difference = differenceOf(first, json, "The JSON");
  return difference === null ? right(`One JSON ${kind} as asked for.`) : wrong(difference);
}

/** What a value lacks of a shape, in a sentence; null where it has all of it. */
function differenceOf(got: unknown, wanted: Json, where: string): string | null {
  if (typeof wanted === "string") {
    if (typeof got !== "string") return `${where} is ${shownValue(got)}, not a string.`;
    return asWords(got).includes(asWords(wanted)) ? null : `${where} is ${quote(got)}, not ${quote(wanted)}.`;
  }
  if (typeof wanted !== "object" || wanted === null)
    return got === wanted ? null : `${where} is ${shownValue(got)}, not ${shownValue(wanted)}.`;
  const isList = Array.isArray(wanted);
  if (isList !== Array.isArray(got) || typeof got !== "object" || got === null)
    return `${where} is ${Array.isArray(got) ? "an array" : shownValue(got)}, not ${isList ? "a list" : "an object"}.`;
  if (isList && Array.isArray(got) && got.length !== wanted.length)
    return `${where} has ${got.length} items instead of ${wanted.length}.`;
  for (const [key, item] of Object.entries(wanted)) {
    if (!Object.hasOwn(got, key)) return `The key "${key}" is missing.`;
    const place = isList ? `Item ${Number(key) + 1} of ${where}` : `"${key}"`;
    const difference = differenceOf((got as Fields)[key], item as Json, place);
    if (difference !== null) return difference;
  }
  return null;
}

/** Lower-case words between single spaces, with a space at both ends, so that only whole words are found. */
const asWords = (text: string): string => ` ${(text.toLowerCase().match(/[^\s_-]+/g) ?? []).join(" ")} `;

/**
 * The JSON values written in a text, in order: the whole text where it parses, else every balanced outermost `{…}` or `[…]`
 * that does. One pass, so linear in the text's length.
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
