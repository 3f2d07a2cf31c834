/** A number as an answer writes it: "5", "1,200", "40.0", "twenty-one". */
export interface NumberToken {
  readonly value: number;
  /** Where it starts and ends in the text. */
  readonly start: number;
  readonly end: number;
  readonly word: boolean;
}

const UP_TO_NINETEEN =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen";
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety";
const WORDS: ReadonlyMap<string, number> = new Map([
  ...UP_TO_NINETEEN.split(" ").map((word, value) => [word, value] as const),
  ...TENS.split(" ").map((word, i) => [word, 20 + 10 * i] as const),
  ["hundred", 100],
  ["thousand", 1000],
]);

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
export function numbersIn(text: string): NumberToken[] {
  const tokens: NumberToken[] = [];
  for (const match of text.matchAll(NUMBER)) {
    const start = match.index;
    const end = start + match[0].length;
    const word = WORDS.get(match[0].toLowerCase());
    if (word === undefined) {
      tokens.push({ value: numberFrom(match[0]), start, end, word: false });
      continue;
    }
    const last = tokens.at(-1);
    const joined = last?.word
      ? join(last.value, word, text.slice(last.end, Math.min(start, last.end + 9)))
      : null;
    if (last && joined !== null)
      tokens[tokens.length - 1] = { value: joined, start: last.start, end, word: true };
    else if (word !== 1 || BEFORE_ONE.test(text.slice(Math.max(0, start - 12), start))) {
      tokens.push({ value: word, start, end, word: true });
    }
  }
  return tokens;
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
