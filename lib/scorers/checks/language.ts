import { readFileSync } from "node:fs";

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
