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

/** Number words, each list split at spaces, two to ten in other languages, too; and units with their regular expressions. */
const DATA = JSON.parse(readFileSync(new URL("numbers.json", import.meta.url), "utf8")) as {
  readonly zeroToNineteen: string;
  readonly tens: string;
  readonly twoToTen: readonly string[];
  readonly perHour: string;
  readonly units: Readonly<Record<string, string>>;
};
const counted = (words: string, first: number, step = 1): readonly (readonly [string, number])[] =>
  words.split(" ").map((word, i) => [word, first + step * i]);
const ENGLISH = [...counted(DATA.zeroToNineteen, 0), ...counted(DATA.tens, 20, 10)];
const WORDS: ReadonlyMap<string, number> = new Map([...ENGLISH, ["hundred", 100], ["thousand", 1000]]);

/** For a text that holds no number otherwise: "once" and "six" are English, too. */
const OTHER_WORDS: ReadonlyMap<string, number> = new Map(DATA.twoToTen.flatMap((words) => counted(words, 2)));

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
    const isNext = word !== undefined && last?.isWord === true;
    const joined = isNext ? join(last.value, word, text.slice(last.end, start)) : null;
    if (joined !== null) Object.assign(last!, { value: joined, end });
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

/** Units that a question may ask for or an answer confuse, and how each is written, longest readings first. */
const UNITS = Object.entries(DATA.units).map(
  ([name, pattern]) => [name, new RegExp(`^(?:${pattern.replace("PER_HOUR", DATA.perHour)})`, "i")] as const,
);

/** The unit written right at a place, past markup and LaTeX such as `40\ \text{mph}`. */
export function unitAfter(text: string, at: number): string | null {
  const bare = text.slice(at, at + 60).replace(/^(?:[\s*_`~{}$-]|\\[,;: ]|\\(?:text|mathrm|,|quad)\b)+/, "");
  return UNITS.find(([, pattern]) => pattern.test(bare))?.[0] ?? null;
}
