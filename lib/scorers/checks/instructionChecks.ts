import { parsedJson, shownValue } from "../../shared/json.js";
import { nearestName } from "../../shared/nearestName.js";
import type { Outcome } from "../../shared/types.js";
import { answerText } from "../answerText.js";
import { failed, lacks, right, wrong } from "../outcome.js";
import type { Expected, InstructionCheck } from "../types.js";
import { LANGUAGES, languageOf } from "./language.js";
import { capitalWordsIn, isLowerCase, isUpperCase, occurrences, sentencesIn, wordsIn } from "./textUnits.js";

/** Whether an instruction is followed, and what the answer has instead of, or as, what was asked for. */
interface Finding {
  readonly holds: boolean;
  readonly found: string;
}

/** Judges a text by one check's arguments; throws a TypeError for arguments that are missing or of another kind. */
type Kind = (text: string, check: InstructionCheck) => Finding;

const RELATIONS: Readonly<Record<string, (count: number, limit: number) => boolean>> = {
  "less than": (count, limit) => count < limit,
  "at least": (count, limit) => count >= limit,
  "at most": (count, limit) => count <= limit,
  "more than": (count, limit) => count > limit,
  exactly: (count, limit) => count === limit,
};

const has = (holds: boolean, found: string): Finding => ({ holds, found });

function misses(check: InstructionCheck, name: string, wanted: string): TypeError {
  return new TypeError(
    `"${name}" of the check ${check.kind} is ${shownValue(check[name])}; it must be ${wanted}.`,
  );
}

function numberAt(check: InstructionCheck, name: string): number {
  const value = check[name];
  if (typeof value !== "number") throw misses(check, name, "a number");
  return value;
}

function stringAt(check: InstructionCheck, name: string): string {
  const value = check[name];
  if (typeof value !== "string" || value.trim() === "") throw misses(check, name, "a text");
  return value.trim();
}

function stringsAt(check: InstructionCheck, name: string): readonly string[] {
  const value = check[name];
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string" && one.trim() !== ""))
    throw misses(check, name, "a list of texts");
  return value;
}

/** A count against the check's limit and the relation that it names, or else `relation`. */
function counted(
  count: number,
  what: string,
  check: InstructionCheck,
  limit: string,
  { of = "", relation = "at least" }: { readonly of?: string; readonly relation?: string } = {},
): Finding {
  const name = of === "" ? relation : String(check[of]);
  if (!Object.hasOwn(RELATIONS, name)) throw misses(check, of, `one of ${Object.keys(RELATIONS).join(", ")}`);
  const threshold = numberAt(check, limit);
  return has(RELATIONS[name]!(count, threshold), `${count} ${what}, ${name} ${threshold} asked for`);
}

/** Parts between separators; an empty first or last one does not count. Null where another one is empty. */
function partsOf(text: string, separator: RegExp | string): readonly string[] | null {
  const parts = text.split(separator).map((part) => part.trim());
  if (parts.slice(1, -1).includes("")) return null;
  return parts.filter((part) => part !== "");
}

const matches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Nothing to tell a language by counts as the right one. */
const isIn = (text: string, language: string): boolean => (languageOf(text) ?? language) === language;

function bulletsIn(text: string): number {
  return matches(text, /^\s*\*[^*].*$/gm) + matches(text, /^\s*-.*$/gm);
}

/** Markdown highlights, `*so*` and `**so**`; the reference counts a bold one twice where its marks stand apart. */
function highlightsIn(text: string): number {
  const single = text.match(/\*[^\n*]*\*/g) ?? [];
  const double = text.match(/\*\*[^\n*]*\*\*/g) ?? [];
  return [...single, ...double].filter((one) => /[^*\s]/.test(one)).length;
}

function postscript(text: string, check: InstructionCheck): Finding {
  const marker = stringAt(check, "postscript_marker");
  const known: Readonly<Record<string, RegExp>> = { "P.P.S": /p\.\s?p\.\s?s/i, "P.S.": /p\.\s?s\./i };
  const holds = known[marker]?.test(text) ?? text.toLowerCase().includes(marker.toLowerCase());
  return has(holds, `${holds ? "a" : "no"} postscript ${marker}`);
}

function nthParagraph(text: string, check: InstructionCheck): Finding {
  const wanted = stringAt(check, "first_word").toLowerCase();
  const number = numberAt(check, "nth_paragraph");
  const paragraphs = text.split("\n\n");
  const full = paragraphs.filter((one) => one.trim() !== "").length;
  const word = (number <= full ? paragraphs[number - 1] : "")?.trim().split(/\s+/)[0] ?? "";
  const first = word
    .replace(/^'*"*/, "")
    .split(/[.,?!'"]/)[0]!
    .toLowerCase();
  const count = counted(full, "paragraphs", check, "num_paragraphs", { relation: "exactly" });
  return has(count.holds && first === wanted, `${count.found}; paragraph ${number} begins with "${first}"`);
}

function twoResponses(text: string): Finding {
  const parts = partsOf(text, "******");
  const holds = parts?.length === 2 && parts[0] !== parts[1];
  return has(holds, `${parts?.length ?? "empty"} responses between ******`);
}

const ENDS = /^"+|"+$/g;

/** The 25 kinds of IFEval's verifiable instructions, with the meaning that its own evaluation gives them. */
const KINDS: Readonly<Record<string, Kind>> = {
  "keywords:existence": (text, check) => {
    const missing = stringsAt(check, "keywords").filter((word) => occurrences(text, word) === 0);
    return has(missing.length === 0, missing.length === 0 ? "every keyword" : `no "${missing.join('", "')}"`);
  },
  "keywords:frequency": (text, check) => {
    const keyword = stringAt(check, "keyword");
    return counted(occurrences(text, keyword), `times "${keyword}"`, check, "frequency", { of: "relation" });
  },
  "keywords:forbidden_words": (text, check) => {
    const used = stringsAt(check, "forbidden_words").filter((word) => occurrences(text, word, true) > 0);
    return has(used.length === 0, used.length === 0 ? "no forbidden word" : `"${used.join('", "')}"`);
  },
  "keywords:letter_frequency": (text, check) => {
    const letter = stringAt(check, "letter").toLowerCase();
    const count = text.toLowerCase().split(letter).length - 1;
    return counted(count, `times "${letter}"`, check, "let_frequency", { of: "let_relation" });
  },
  "language:response_language": (text, check) => {
    const [wanted] = stringAt(check, "language").toLowerCase().split("-");
    if (!LANGUAGES.includes(wanted!)) throw misses(check, "language", `one of ${LANGUAGES.join(", ")}`);
    return has(
      isIn(text, wanted!),
      `the language ${languageOf(text) ?? "of no letters"}, ${wanted} asked for`,
    );
  },
  "length_constraints:number_sentences": (text, check) =>
    counted(sentencesIn(text), "sentences", check, "num_sentences", { of: "relation" }),
  "length_constraints:number_paragraphs": (text, check) => {
    const parts = partsOf(text, /\s?\*\*\*\s?/);
    const count = counted(parts?.length ?? -1, "paragraphs", check, "num_paragraphs", {
      relation: "exactly",
    });
    return parts === null ? has(false, "an empty paragraph between two ***") : count;
  },
  "length_constraints:number_words": (text, check) =>
    counted(wordsIn(text), "words", check, "num_words", { of: "relation" }),
  "length_constraints:nth_paragraph_first_word": nthParagraph,
  "detectable_content:number_placeholders": (text, check) =>
    counted(matches(text, /\[[^\n]*?\]/g), "placeholders", check, "num_placeholders"),
  "detectable_content:postscript": postscript,
  "detectable_format:number_bullet_lists": (text, check) =>
    counted(bulletsIn(text), "bullet points", check, "num_bullets", { relation: "exactly" }),
  "detectable_format:constrained_response": (text) =>
    has(/My answer is (?:yes|no|maybe)\./.test(text), "one of the three answers, or not"),
  "detectable_format:number_highlighted_sections": (text, check) =>
    counted(highlightsIn(text), "highlighted sections", check, "num_highlights"),
  "detectable_format:multiple_sections": (text, check) => {
    const splitter = stringAt(check, "section_spliter").replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
    const count = matches(text, new RegExp(String.raw`${splitter}\s?\d+`, "g"));
    return counted(count, "sections", check, "num_sections");
  },
  "detectable_format:json_format": (text) => {
    const bare = text.replace(/^```(?:json)?/i, "").replace(/```$/, "");
    return has(parsedJson(bare.trim()) !== undefined, "valid JSON alone, or not");
  },
  "detectable_format:title": (text) => {
    const titles = text.match(/<<[^\n]+>>/g) ?? [];
    const full = titles.some((title) => title.replace(/^<+/, "").replace(/>+$/, "").trim() !== "");
    return has(full, full ? "a title" : "no <<title>>");
  },
  "combination:two_responses": twoResponses,
  "combination:repeat_prompt": (text, check) => {
    const prompt = stringAt(check, "prompt_to_repeat").toLowerCase();
    return has(text.toLowerCase().startsWith(prompt), "the request repeated first, or not");
  },
  "startend:end_checker": (text, check) => {
    const phrase = stringAt(check, "end_phrase");
    const holds = text.replaceAll(ENDS, "").toLowerCase().endsWith(phrase.toLowerCase());
    return has(holds, `${holds ? "the" : "another"} end, "${phrase}" asked for`);
  },
  "startend:quotation": (text) =>
    has(/^"[^]*"$/.test(text), "double quotation marks around all of it, or not"),
  "change_case:capital_word_frequency": (text, check) =>
    counted(capitalWordsIn(text), "words in capitals", check, "capital_frequency", {
      of: "capital_relation",
    }),
  "change_case:english_capital": (text) =>
    has(isUpperCase(text) && isIn(text, "en"), "English in capitals alone, or not"),
  "change_case:english_lowercase": (text) =>
    has(isLowerCase(text) && isIn(text, "en"), "English in small letters alone, or not"),
  "punctuation:no_comma": (text) => has(!text.includes(","), `${text.split(",").length - 1} commas`),
};

/**
 * Judges whether an answer follows every instruction of `expected.checks`: 25 kinds, with the ids, arguments and meaning of
 * IFEval (its strict verdict). A relation may also be "at most", "more than" or "exactly".
 *
 * Fails for a kind that does not exist, naming the nearest, and for arguments that are missing or of another type.
 */
export function scoreChecks(output: string, { checks }: Expected): Outcome {
  if (checks === undefined || checks.length === 0) return lacks("scorers.checks", "checks");
  const text = answerText(output);
  const findings: string[] = [];
  for (const check of checks) {
    const judge = Object.hasOwn(KINDS, check.kind) ? KINDS[check.kind]! : null;
    if (judge === null) {
      const nearest = nearestName(check.kind, Object.keys(KINDS)) ?? "length_constraints:number_words";
      return failed(`scorers.checks: no check is named "${check.kind}"; did you mean "${nearest}"?`);
    }
    try {
      const { holds, found } = judge(typeof text === "string" ? text : "", check);
      if (!holds && typeof text === "string") return wrong(`${check.kind} is not followed: ${found}.`);
      findings.push(`${check.kind} (${found})`);
    } catch (error) {
      return failed(`scorers.checks: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return typeof text === "string" ? right(`Followed: ${findings.join("; ").slice(0, 600)}.`) : text;
}
