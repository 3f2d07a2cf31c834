import { escapeRegExp } from "../../shared/escape.js";
import { parsedJson, shownValue } from "../../shared/json.js";
import { nearestName } from "../../shared/nearestName.js";
import type { Outcome } from "../../shared/types.js";
import { answerText, failed, lacks, right, wrong } from "../answerText.js";
import type { Expected, InstructionCheck } from "../types.js";
import { capitalWordsIn, isLowerCase, isUpperCase, LANGUAGES, languageOf } from "./textUnits.js";
import { occurrences, sentencesIn, wordsIn } from "./textUnits.js";

const RELATIONS: Readonly<Record<string, (count: number, limit: number) => boolean>> = {
  "less than": (count, limit) => count < limit,
  "at least": (count, limit) => count >= limit,
  "at most": (count, limit) => count <= limit,
  "more than": (count, limit) => count > limit,
  exactly: (count, limit) => count === limit,
};

/** An argument that is missing or of another kind: the task's fault, whatever the answer. */
const misses = (check: InstructionCheck, name: string, wanted: string): TypeError =>
  new TypeError(`"${name}" of the check ${check.kind} is ${shownValue(check[name])}; it must be ${wanted}.`);

const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

function numberAt(check: InstructionCheck, name: string): number {
  const value = check[name];
  if (typeof value === "number") return value;
  throw misses(check, name, "a number");
}

function stringAt(check: InstructionCheck, name: string): string {
  const value = check[name];
  if (isText(value)) return value.trim();
  throw misses(check, name, "a text");
}

function stringsAt(check: InstructionCheck, name: string): readonly string[] {
  const value = check[name];
  if (Array.isArray(value) && value.every(isText)) return value;
  throw misses(check, name, "a list of texts");
}

const matches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Parts between separators; an empty first or last one does not count, and with another empty one there are none. */
function partsOf(text: string, separator: RegExp | string): readonly string[] {
  const parts = text.split(separator).map((part) => part.trim());
  return parts.slice(1, -1).includes("") ? [] : parts.filter((part) => part !== "");
}

/** Markdown highlights, `*so*` and `**so**`; as in the reference, a bold one may count twice. */
const highlightsIn = (text: string): number =>
  [...(text.match(/\*[^\n*]*\*/g) ?? []), ...(text.match(/\*\*[^\n*]*\*\*/g) ?? [])].filter((one) =>
    /[^*\s]/.test(one),
  ).length;

function sectionsIn(text: string, check: InstructionCheck): number {
  const splitter = escapeRegExp(stringAt(check, "section_spliter"));
  return matches(text, new RegExp(String.raw`${splitter}\s?\d+`, "g"));
}

/** Of what there must be a number: what it is, how it is counted, the argument with the number, and the relation to it. */
type Counted = readonly [
  what: string,
  count: (text: string, check: InstructionCheck) => number,
  limit: string,
  relation: string,
];

const keywordsIn = (text: string, check: InstructionCheck): number =>
  occurrences(text, stringAt(check, "keyword"));
const lettersIn = (text: string, check: InstructionCheck): number =>
  text.toLowerCase().split(stringAt(check, "letter").toLowerCase()).length - 1;
const bulletsIn = (text: string): number => matches(text, /^\s*\*[^*].*$/gm) + matches(text, /^\s*-.*$/gm);
const paragraphsIn = (text: string): number => partsOf(text, /\s?\*\*\*\s?/).length;
const blanksIn = (text: string): number => matches(text, /\[[^\n]*?\]/g);

/** The kinds that count. A relation with an underscore or named "relation" is an argument's name, another one is fixed. */
const COUNTED: Readonly<Record<string, Counted>> = {
  "keywords:frequency": ["times the keyword", keywordsIn, "frequency", "relation"],
  "keywords:letter_frequency": ["times the letter", lettersIn, "let_frequency", "let_relation"],
  "length_constraints:number_sentences": ["sentences", sentencesIn, "num_sentences", "relation"],
  "length_constraints:number_words": ["words", wordsIn, "num_words", "relation"],
  "length_constraints:number_paragraphs": [
    "paragraphs between ***",
    paragraphsIn,
    "num_paragraphs",
    "exactly",
  ],
  "detectable_content:number_placeholders": ["placeholders", blanksIn, "num_placeholders", "at least"],
  "detectable_format:number_bullet_lists": ["bullet points", bulletsIn, "num_bullets", "exactly"],
  "detectable_format:number_highlighted_sections": ["highlights", highlightsIn, "num_highlights", "at least"],
  "detectable_format:multiple_sections": ["sections", sectionsIn, "num_sections", "at least"],
  "change_case:capital_word_frequency": ["capitals", capitalWordsIn, "capital_frequency", "capital_relation"],
};

/** Where nothing tells the language, it counts as the right one. */
const isIn = (text: string, language: string): boolean => (languageOf(text) ?? language) === language;

/** The kinds that hold or do not. */
const HELD: Readonly<Record<string, (text: string, check: InstructionCheck) => boolean>> = {
  "keywords:existence": (text, check) =>
    stringsAt(check, "keywords").every((word) => occurrences(text, word) > 0),
  "keywords:forbidden_words": (text, check) =>
    stringsAt(check, "forbidden_words").every((word) => occurrences(text, word, true) === 0),
  "language:response_language": (text, check) => {
    const language = stringAt(check, "language").toLowerCase().split("-")[0]!;
    if (!LANGUAGES.includes(language)) throw misses(check, "language", `one of ${LANGUAGES.join(", ")}`);
    return isIn(text, language);
  },
  "length_constraints:nth_paragraph_first_word": (text, check) => {
    const wanted = stringAt(check, "first_word").toLowerCase();
    const [nth, count] = [numberAt(check, "nth_paragraph"), numberAt(check, "num_paragraphs")];
    const paragraphs = text.split("\n\n");
    const full = paragraphs.filter((one) => one.trim() !== "").length;
    const word = (nth <= full ? paragraphs[nth - 1]! : "").trim().split(/\s/, 1)[0]!;
    const [bare = ""] = word
      .replace(/^'*"*/, "")
      .toLowerCase()
      .split(/[.,?!'"]/, 1);
    return full === count && bare === wanted;
  },
  "detectable_content:postscript": (text, check) => {
    const marker = stringAt(check, "postscript_marker");
    if (marker === "P.P.S") return /p\.\s?p\.\s?s/i.test(text);
    return marker === "P.S." ? /p\.\s?s\./i.test(text) : occurrences(text, marker) > 0;
  },
  "detectable_format:constrained_response": (text) => /My answer is (?:yes|no|maybe)\./.test(text),
  "detectable_format:json_format": (text) =>
    parsedJson(text.replace(/^```(?:json)?/i, "").replace(/```$/, "")) !== undefined,
  "detectable_format:title": (text) =>
    (text.match(/<<[^\n]+>>/g) ?? []).some((title) => /[^<>\s]/.test(title)),
  "combination:two_responses": (text) => {
    const parts = partsOf(text, "******");
    return parts.length === 2 && parts[0] !== parts[1];
  },
  "combination:repeat_prompt": (text, check) =>
    text.toLowerCase().startsWith(stringAt(check, "prompt_to_repeat").toLowerCase()),
  "startend:end_checker": (text, check) =>
    text.replace(/"+$/, "").toLowerCase().endsWith(stringAt(check, "end_phrase").toLowerCase()),
  "startend:quotation": (text) => /^"[^]*"$/.test(text),
  "change_case:english_capital": (text) => isUpperCase(text) && isIn(text, "en"),
  "change_case:english_lowercase": (text) => isLowerCase(text) && isIn(text, "en"),
  "punctuation:no_comma": (text) => !text.includes(","),
};

/** Whether an instruction is followed, and what was counted; null for a kind that does not exist. */
function judge(text: string, check: InstructionCheck): { holds: boolean; found: string } | null {
  const { kind } = check;
  if (Object.hasOwn(HELD, kind)) return { holds: HELD[kind]!(text, check), found: "" };
  if (!Object.hasOwn(COUNTED, kind)) return null;
  const [what, count, name, fixed] = COUNTED[kind]!;
  const relation = Object.hasOwn(RELATIONS, fixed) ? fixed : String(check[fixed]);
  if (!Object.hasOwn(RELATIONS, relation))
    throw misses(check, fixed, `one of ${Object.keys(RELATIONS).join(", ")}`);
  const [found, limit] = [count(text, check), numberAt(check, name)];
  return { holds: RELATIONS[relation]!(found, limit), found: ` (${found} ${what}, ${relation} ${limit})` };
}

/**
 * Judges whether an answer follows every instruction of `expected.checks`: 25 kinds, with the ids, arguments and meaning of
 * IFEval (its strict verdict). A relation may also be "at most", "more than" or "exactly".
 *
 * Fails for a kind that does not exist, naming the nearest, and for arguments that are missing or of another type.
 */
export function scoreChecks(output: string, { checks }: Expected): Outcome {
  if (checks === undefined || checks.length === 0) return lacks("scorers.checks", "checks");
  const text = answerText(output);
  const followed: string[] = [];
  try {
    for (const check of checks) {
      const judged = judge(typeof text === "string" ? text : "", check);
      if (judged === null) {
        const nearest = nearestName(check.kind, [...Object.keys(HELD), ...Object.keys(COUNTED)]);
        return failed(`scorers.checks: no check is named "${check.kind}"; did you mean "${nearest}"?`);
      }
      const said = `${check.kind}${judged.found}`;
      if (!judged.holds && typeof text === "string") return wrong(`Not followed: ${said}.`);
      followed.push(said);
    }
  } catch (error) {
    return failed(`scorers.checks: ${error instanceof Error ? error.message : String(error)}`);
  }
  return typeof text === "string" ? right(`Followed: ${followed.join("; ").slice(0, 600)}.`) : text;
}
