import { readFileSync } from "node:fs";
import { escapeRegExp } from "../../shared/escape.js";

/** Words, sentences and letters as IFEval's evaluation counts them (its tokenizers are NLTK's). */

const WORD = String.raw`[\p{L}\p{N}_]`;

/** How many words: runs of letters, digits and underscores. */
export const wordsIn = (text: string): number => text.match(new RegExp(`${WORD}+`, "gu"))?.length ?? 0;

/** How often a text occurs in another, in any case, side by side; only as a whole word where asked for. */
export function occurrences(text: string, wanted: string, isWhole = false): number {
  const literal = escapeRegExp(wanted);
  const pattern = isWhole ? `(?<!${WORD})${literal}(?!${WORD})` : literal;
  return text.match(new RegExp(pattern, "giu"))?.length ?? 0;
}

/** It has capital letters and no small ones. */
export const isUpperCase = (text: string): boolean =>
  /\p{Uppercase}/u.test(text) && !/\p{Lowercase}|\p{Lt}/u.test(text);

/** It has small letters and no capital ones. */
export const isLowerCase = (text: string): boolean =>
  /\p{Lowercase}/u.test(text) && !/\p{Uppercase}|\p{Lt}/u.test(text);

/** How many words in capitals, "I" among them; a hyphenated word is one, "I'M" two. */
export function capitalWordsIn(text: string): number {
  const tokens = text
    .replaceAll(/[,;:@#$%&?!"()<>[\]{}“”]|--|\.\.\.|\.(?=[\s"')\]*]*(?:\n|$))/g, " ")
    .replaceAll(/(?<=\w)(?=(?:'(?:s|m|d|ll|re|ve)|n't)(?!\w))/gi, " ");
  return tokens.split(/\s+/).filter(isUpperCase).length;
}

/** Ends in a full stop that ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s("'*])(?:mr|mrs|ms|dr|prof|rev|gen|col|lt|sgt|capt|st|sr|jr|vs|inc|ltd|co|corp|etc|e\.g|i\.e|a\.m|p\.m|u\.s|u\.k|no|dept|ave|blvd|[a-z])\.$/i;

/**
 * How many sentences: an end mark counts where white space and more text follow, and a full stop only after what is no
 * abbreviation and before no small letter. A line break alone ends none.
 */
export function sentencesIn(text: string): number {
  if (text.trim() === "") return 0;
  let count = 1;
  for (const { index, 0: mark } of text.matchAll(/[.?!]+["'”’)\]}*_]*(?=\s+\S)/g)) {
    const rest = text.slice(index + mark.length).trimStart();
    if (/^[?!.]/.test(rest)) continue;
    const isStop = !/[?!]/.test(mark);
    const before = text.slice(Math.max(0, index - 12), index + 1);
    const goesOn =
      /(?:\d|\.\.)\.?$/.test(text.slice(0, index + mark.length).slice(-3)) && /^["'(]*\p{Ll}/u.test(rest);
    if (!isStop || (!ABBREVIATION.test(before) && !goesOn)) count++;
  }
  return count;
}

/** Facts to tell languages (ISO 639-1) apart by, each a text that is split at spaces. */
interface Facts {
  /** Script → the languages written in it. */
  readonly scripts: Readonly<Record<string, string>>;
  /** Language → words that make up a good part of any text in it. */
  readonly words: Readonly<Record<string, string>>;
  /** Language → letters that others in its script lack. */
  readonly letters: Readonly<Record<string, string>>;
}

const FACTS = JSON.parse(readFileSync(new URL("languages.json", import.meta.url), "utf8")) as Facts;

/** Codes of the languages that `languageOf` tells apart. */
export const LANGUAGES: readonly string[] = Object.values(FACTS.scripts).join(" ").split(" ");

/**
 * The language of a text, as an ISO 639-1 code: of those written in the script that most of its letters belong to, the one
 * whose common words and own letters it has most of, English before others; null where it has no letters of a known script.
 */
export function languageOf(text: string): string | null {
  const plain = text.toLowerCase();
  const count = (pattern: string): number => plain.match(new RegExp(pattern, "gu"))?.length ?? 0;
  const counts = Object.keys(FACTS.scripts).map(
    (script) => [script, count(String.raw`\p{Script=${script}}`)] as const,
  );
  const [script, most] = counts.reduce((best, one) => (one[1] > best[1] ? one : best));
  if (most === 0) return null;
  // Japanese has many Chinese characters between its own letters.
  if (script === "Han" && count(String.raw`\p{Script=Hiragana}`) > most / 20) return "ja";
  const words = plain.match(/[\p{L}\p{M}'’]+/gu) ?? [];
  const scores = FACTS.scripts[script]!.split(" ").map((language) => {
    const common = new Set(FACTS.words[language]?.split(" "));
    const letters = FACTS.letters[language];
    const own = letters === undefined ? 0 : count(`[${letters}]`);
    return [language, words.filter((word) => common.has(word)).length + own / 2] as const;
  });
  return scores.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
