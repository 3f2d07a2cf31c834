import { SCORED_FIELDS } from "../../scorers/index.js";
import type { Expected } from "../../scorers/types.js";
import { isObject, numberOf, parsedJson, shownValue } from "../../shared/json.js";
import { nearestName } from "../../shared/nearestName.js";
import { withOptions } from "./choice.js";
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
const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "";
const isListOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every(is);

const text: Kind = { wanted: "a text", is: isText, ofCell: asText };
const texts: Kind = { wanted: 'a list of texts, in a table "a|b"', is: isListOf(isText), ofCell: asList };
const number: Kind = {
  wanted: "a number; a text goes under exact or includes",
  is: (value) => typeof value === "number",
  ofCell: numberOf,
};
const objects: Kind = { wanted: "a list of JSON objects", is: isListOf(isObject), ofCell: parsedJson };
const json: Kind = { wanted: "JSON", is: (value) => value !== undefined, ofCell: parsedJson };
const object: Kind = { ...json, wanted: "a JSON object", is: isObject };

/** Every field of a question of one's own. */
const FIELDS: Readonly<Record<string, Kind>> = {
  facet: text,
  name: text,
  prompt: text,
  system: text,
  difficulty: { ...number, wanted: "1, 2 or 3", is: (value) => [1, 2, 3].includes(value as number) },
  maxTokens: {
    ...number,
    wanted: "a whole number from 1",
    is: (value) => Number.isInteger(value) && Number(value) > 0,
  },
  tools: objects,
  right: text,
  wrong: texts,
  note: text,
  answer: number,
  tolerance: number,
  unit: text,
  item: text,
  exact: {
    wanted: "a text or a list of texts",
    is: (value) => isText(value) || texts.is(value),
    ofCell: (cell) => (cell.startsWith('["') ? parsedJson(cell) : cell),
  },
  codeMarks: { ...json, wanted: "true or false", is: (value) => typeof value === "boolean" },
  includes: texts,
  pattern: {
    ...text,
    wanted: "a regular expression",
    is: (value) => isText(value) && isPattern(String(value)),
  },
  choice: { ...text, wanted: "a capital letter", is: (value) => /^[A-Z]$/.test(String(value)) },
  choices: texts,
  json,
  checks: objects,
  python: object,
  call: {
    ...json,
    wanted: "a JSON object, or null where no tool fits",
    is: (value) => value === null || isObject(value),
  },
};

function isPattern(source: string): boolean {
  try {
    return new RegExp(source.replace(/^\(\?[ims]+\)/, ""), "u").source !== "";
  } catch {
    return false;
  }
}

/**
 * Questions of one's own: `prompt`, and what is right by the names of `Expected`. JSON lines hold JSON's values; a table holds
 * texts, lists as "a|b" and objects as JSON. Options (`choices`) that the prompt leaves out are put below it.
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
    const {
      facet,
      name,
      prompt: _,
      system,
      difficulty,
      maxTokens,
      tools,
      note: __,
      right,
      wrong,
      ...expected
    } = given;
    if (SCORED_FIELDS.every((field) => !(field in expected)))
      throw new BadRecord(`nothing says what is right: give one of ${SCORED_FIELDS.join(", ")}.`);
    const question = textOf(given, "prompt");
    const choices = (given["choices"] ?? []) as readonly string[];
    const isWhole = choices.every((choice) => question.includes(choice));
    if ((right === undefined) !== (wrong === undefined))
      throw new BadRecord(`"right" is ${shownValue(right)}; it must stand beside one or more "wrong".`);
    const examples = right === undefined ? undefined : { right, wrong };
    const rest = Object.entries({ facet, name, system, difficulty, maxTokens, tools, examples });
    return {
      ...(Object.fromEntries(rest.filter(([, value]) => value !== undefined)) as Partial<Question>),
      prompt: isWhole ? question : withOptions(question, choices),
      expected: expected as Expected,
    };
  },
};

function valueOf(key: string, raw: unknown, isCsv: boolean): unknown {
  const kind = Object.hasOwn(FIELDS, key) ? FIELDS[key]! : null;
  if (kind === null) {
    const nearest = nearestName(key, Object.keys(FIELDS));
    throw new BadRecord(
      `"${key}" is no field of a question; did you mean "${nearest}"? A remark goes under note.`,
    );
  }
  const value = isCsv ? kind.ofCell(String(raw)) : raw;
  if (kind.is(value)) return value;
  throw new BadRecord(`"${key}" is ${shownValue(raw)}; it must be ${kind.wanted}.`);
}
