import { regexOf, SCORED_FIELDS } from "../../scorers/index.js";
import type { Expected } from "../../scorers/types.js";
import { isObject, numberOf, parsedJson, shownValue } from "../../shared/json.js";
import { nearestNames } from "../../shared/nearestName.js";
import { choiceOf, LETTERS } from "./choice.js";
import { textOf, type Question, type QuestionFormat } from "./format.js";
import { BadRecord } from "./readRecords.js";

/** What a field holds, and how a cell of a table says it. */
interface Kind {
  readonly wanted: string;
  readonly is: (value: unknown) => boolean;
  readonly ofCell: (cell: string) => unknown;
}

const asText = (cell: string): unknown => cell;
const asList = (cell: string): unknown => (cell.startsWith("[") ? parsedJson(cell) : cell.split(/\s*\|\s*/));
const asExact = (cell: string): unknown => (cell.startsWith('["') ? parsedJson(cell) : cell);

const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";
const isNumber = (value: unknown): boolean => Number.isFinite(value);
const isList = (value: unknown, is: (item: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(is);
const isTexts = (value: unknown): boolean => isList(value, isText);
const isObjects = (value: unknown): boolean => isList(value, isObject);
const isCall = (value: unknown): boolean => value === null || isObject(value);
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0;

const kind = (wanted: string, is: Kind["is"], ofCell: Kind["ofCell"]): Kind => ({ wanted, is, ofCell });
const called = (names: string, like: Kind) => names.split(" ").map((name) => [name, like] as const);

/** Every field of a question of one's own. */
const FIELDS: ReadonlyMap<string, Kind> = new Map([
  ...called("facet name prompt system right note unit item", kind("a text", isText, asText)),
  ...called("wrong includes choices", kind('a list of texts, in a table "a|b"', isTexts, asList)),
  ["answer", kind("a number; a text goes under exact or includes", isNumber, numberOf)],
  ["tolerance", kind("a number from 0", (value) => isNumber(value) && Number(value) >= 0, numberOf)],
  ...called("tools checks", kind("a list of JSON objects", isObjects, parsedJson)),
  ["difficulty", kind("1, 2 or 3", (value) => isCount(value) && Number(value) <= 3, numberOf)],
  ["maxTokens", kind("a whole number from 1", isCount, numberOf)],
  ["exact", kind("a text or a list of texts", (value) => isText(value) || isTexts(value), asExact)],
  ["codeMarks", kind("true or false", (value) => typeof value === "boolean", parsedJson)],
  ["pattern", kind("a regular expression", (value) => isText(value) && isPattern(String(value)), asText)],
  ["choice", kind("a capital letter", (value) => /^[A-Z]$/.test(String(value)), asText)],
  ["json", kind("JSON", (value) => value !== undefined, parsedJson)],
  ["python", kind("a JSON object", isObject, parsedJson)],
  ["call", kind("a JSON object, or null for no call", isCall, parsedJson)],
]);

function isPattern(source: string): boolean {
  try {
    regexOf(source);
    return true;
  } catch {
    return false;
  }
}

/**
 * Questions of one's own: `prompt`, and what is right by the names of `Expected`. JSON lines hold JSON's values; a table holds
 * texts, lists as "a|b" and objects as JSON. Options (`choices`) are put below the prompt unless it has them with their letters.
 */
export const own: QuestionFormat = {
  title: "own questions",
  facet: "own",
  fits: (fields) => ["prompt", ...SCORED_FIELDS].some((key) => key in fields),
  question: ({ fields, isCsv }) => {
    // Exports of data frames write what is missing as null, which says something of `call` alone.
    const isAbsent = (key: string): boolean =>
      fields[key] === null &&
      !(key === "call" && SCORED_FIELDS.every((one) => (fields[one] ?? null) === null));
    const kept = Object.entries(fields).filter(([key]) => !isAbsent(key));
    const given = Object.fromEntries(kept.map(([key, raw]) => [key, valueOf(key, raw, isCsv)] as const));
    if (SCORED_FIELDS.every((field) => !(field in given)))
      throw new BadRecord(`nothing says what is right: give one of ${SCORED_FIELDS.join(", ")}.`);
    const question = textOf(given, "prompt");
    const { prompt: _, note: __, right, wrong, ...rest } = given;
    if ((right === undefined) !== (wrong === undefined))
      throw new BadRecord(`"right" is ${shownValue(right)}; it must stand beside one or more "wrong".`);
    const [about, expected] = [true, false].map((isAbout) =>
      Object.fromEntries(Object.entries(rest).filter(([key]) => ABOUT.includes(key) === isAbout)),
    );
    const { choice, choices } = expected as Expected;
    const withOptions = choices && choiceOf(question, choices, choice).prompt;
    // Options that stand in the prompt without their letters leave a model to guess which is which.
    const isWhole = choices?.every(
      (text, i) => question.includes(text) && new RegExp(`\\b${LETTERS[i]}\\b`).test(question),
    );
    return {
      ...(about as Partial<Question>),
      ...(right === undefined ? {} : { examples: { right, wrong } as NonNullable<Question["examples"]> }),
      prompt: isWhole ? question : (withOptions ?? question),
      expected: expected as Expected,
    };
  },
};

/** The fields that say how a question is asked, not what is right. */
const ABOUT = ["facet", "name", "system", "difficulty", "maxTokens", "tools"];

function valueOf(key: string, raw: unknown, isCsv: boolean): unknown {
  const like = FIELDS.get(key);
  if (!like) {
    const [nearest] = nearestNames(key, [...FIELDS.keys()]);
    const advice = nearest ? `did you mean "${nearest}"?` : `there are ${[...FIELDS.keys()].join(", ")}.`;
    throw new BadRecord(`"${key}" is no field of a question; ${advice} A remark goes under note.`);
  }
  const value = isCsv ? like.ofCell(String(raw)) : raw;
  if (like.is(value)) return value;
  throw new BadRecord(`"${key}" is ${shownValue(raw)}; it must be ${like.wanted}.`);
}
