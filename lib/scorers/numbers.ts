import { readFileSync } from "node:fs";

/** A number as an answer writes it: "5", "1,200", "40.0", "twenty-one". */
export interface Stated {
  readonly value: number;
  /** The unit written right after it; null when no known unit stands there. */
  readonly unit: string | null;
  /** Where it starts and ends in the text. */
  readonly start: number;
  readonly end: number;
}

/** Number words, each list split at spaces; two to ten in other languages: Spanish, Portuguese, French and so on. */
const LISTS = JSON.parse(readFileSync(new URL("numberWords.json", import.meta.url), "utf8")) as {
  readonly zeroToNineteen: string;
  readonly tens: string;
  readonly twoToTen: readonly string[];
};
const counted = (words: string, first: number, step = 1): readonly (readonly [string, number])[] =>
  words.split(" ").map((word, i) => [word, first + step * i]);
const ENGLISH = [...counted(LISTS.zeroToNineteen, 0), ...counted(LISTS.tens, 20, 10)];
const WORDS: ReadonlyMap<string, number> = new Map([...ENGLISH, ["hundred", 100], ["thousand", 1000]]);

/** For a text that holds no number otherwise: "once" and "six" are English, too. */
const OTHER_WORDS: ReadonlyMap<string, number> = new Map(
  LISTS.twoToTen.flatMap((words) => counted(words, 2)),
);

// A minus sign belongs to the number unless something to subtract from stands right before it. A comma groups
// thousands or, elsewhere, marks decimals (1,5).
const NUMBER = new RegExp(
  String.raw`(?<![\p{Script=Latin}\d_)\].])[-−](?=\d)` +
    String.raw`(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?)` +
    String.raw`|(?<![\p{Script=Latin}_])(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)?|\.\d+)` +
    String.raw`|\b(?:${[...WORDS.keys()].join("|")})\b`,
  "giu",
);

/** "one" is a number after these, and a pronoun elsewhere ("the blue one", "one of them"). */
const BEFORE_ONE = /(?:^|[:=*\n]|\b(?:is|are|be|has|have|left|remains?|exactly|only|just|equals|gives))\s*$/i;

/** Every number of a text, in order, digits and English words alike. Linear in the text's length. */
export function numbersIn(text: string): Stated[] {
  const found: { value: number; start: number; end: number; isWord: boolean }[] = [];
  for (const { 0: written, index: start } of text.matchAll(NUMBER)) {
    const end = start + written.length;
    const word = WORDS.get(written.toLowerCase());
    const last = found.at(-1);
    const isNext = word !== undefined && last?.isWord === true && start - last.end < 10;
    const joined = isNext ? join(last.value, word, text.slice(last.end, start)) : null;
    if (joined !== null) found.splice(-1, 1, { value: joined, start: last!.start, end, isWord: true });
    else if (word !== 1 || BEFORE_ONE.test(text.slice(Math.max(0, start - 12), start)))
      found.push({ value: word ?? numberFrom(written), start, end, isWord: word !== undefined });
  }
  if (found.length === 0) {
    for (const { 0: word, index: start } of text.matchAll(/\p{L}+/gu)) {
      const value = OTHER_WORDS.get(word.toLowerCase());
      if (value !== undefined) found.push({ value, start, end: start + word.length, isWord: true });
    }
  }
  return found.map(({ value, start, end }) => ({ value, start, end, unit: unitAfter(text, end) }));
}

function numberFrom(digits: string): number {
  const plain = /,\d{3}(?!\d)/.test(digits) ? digits.replaceAll(",", "") : digits.replace(",", ".");
  return Number(plain.replace("−", "-"));
}

/** "twenty" + "one" = 21, "two" + "hundred" = 200, "two hundred" + "and" + "five" = 205; null: two numbers. */
function join(left: number, right: number, between: string): number | null {
  if (!/^(?:-|\s+|\s+and\s+)$/i.test(between)) return null;
  const units = left % 1000;
  if (right === 100) return units > 0 && units < 10 ? left - units + 100 * units : null;
  if (right === 1000) return left > 0 && left < 1000 ? left * 1000 : null;
  const follows =
    (left >= 100 && left % 100 === 0) || (right < 10 && right > 0 && left % 100 >= 20 && left % 10 === 0);
  return follows ? left + right : null;
}

const PER_HOUR = String.raw`\s*(?:\/|per|an?|p\.?|por|pro|par|in\s+(?:an?|one|each|every)|each|every)\s*(?:hours?|hrs?|h|hora|stunde|heure)\b`;
const PER_SECOND = String.raw`\s*(?:\/|per|a)\s*(?:s|secs?|seconds?)\b`;

/** Units that a question may ask for or an answer confuse, longest readings first. */
const UNITS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["mph", new RegExp(String.raw`^(?:mph\b|m\.p\.h\.|(?:miles?|mi|millas|meilen|milles)\b${PER_HOUR})`, "i")],
  ["km/h", new RegExp(String.raw`^(?:kmh|kph|kmph|(?:km|kilomet(?:er|re)s?)${PER_HOUR})`, "i")],
  ["m/s", new RegExp(String.raw`^(?:mps\b|(?:m|met(?:er|re)s?)${PER_SECOND})`, "i")],
  ["ft/s", new RegExp(String.raw`^(?:fps\b|(?:ft|feet)${PER_SECOND})`, "i")],
  ["knots", /^(?:knots?|kn)\b/i],
  ["miles per minute", /^miles?\s*(?:\/|per|a|each)\s*min/i],
  ["miles", /^(?:miles?|mi)\b/i],
  ["km", /^(?:km|kilomet(?:er|re)s?)\b/i],
  ["hours", /^(?:hours?|hrs?|h)\b/i],
  ["minutes", /^(?:minutes?|mins?)\b/i],
  ["seconds", /^(?:seconds?|secs?)\b/i],
  ["%", /^(?:%|\\%|percent\b|per\s+cent\b)/i],
];

/** The unit written right at a place, past markup and LaTeX such as `40\ \text{mph}`. */
export function unitAfter(text: string, at: number): string | null {
  const bare = text.slice(at, at + 60).replace(/^(?:[\s*_`~{}$-]|\\[,;: ]|\\(?:text|mathrm|,|quad)\b)+/, "");
  if (!/^[a-z%\\]/i.test(bare)) return null;
  return UNITS.find(([, pattern]) => pattern.test(bare))?.[0] ?? null;
}
