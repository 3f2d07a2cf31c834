import { numbersIn } from "./numbers.js";
import type { Stated } from "./numbers.js";

/** One sentence or line of an answer. */
export interface Sentence {
  readonly text: string;
  /** A question put back, or a check of a result already stated, says nothing final. */
  readonly kind: "statement" | "question" | "check";
}

const END = /(?<=[!?。！？]|[^\d\s]\.|\d\.(?=\s+\p{Lu}|\s*$))\s+|\n+/u;
const CHECK = /^\W*(?:(?:let's|let us|to|we can)\s+)?(?:double[- ]?)?(?:check|verif)/i;
const MARKER = /^([\s>]*(?:\*\*|#+\s*)?)(\d{1,2})([.)])(?=\*{0,2}\s+\S)/;

/** Splits an answer at sentence ends and line breaks, and takes off the numbers of numbered lines. */
export function sentencesOf(text: string): Sentence[] {
  let listed = 0;
  const sentences: Sentence[] = [];
  for (const line of text.split(/\n+/)) {
    let body = line;
    const marker = MARKER.exec(line);
    // "5. Sarah has …" may be an answer: a list counts from 1.
    if (marker && Number(marker[2]) === listed + 1) {
      listed++;
      body = line.slice(marker[0].length);
    }
    for (const part of body.split(END)) {
      if (part.trim() !== "") sentences.push({ text: part, kind: kindOf(part) });
    }
  }
  return sentences;
}

function kindOf(part: string): Sentence["kind"] {
  if (/[?？]["'”*)\s]*$/.test(part.slice(-8)) && part.trim().split(/\s+/, 5).length > 3) return "question";
  return CHECK.test(part.slice(0, 40)) ? "check" : "statement";
}

/** The number that a sentence states, and what it says of the item: the same one where it states that. */
export interface Reading {
  readonly stated: Stated | null;
  readonly ofItem: Stated | null;
}

/**
 * The number that one sentence states: its last, with asides in brackets, "out of 10" and "after eating 2" left out. Where it
 * gives numbers to several things, the one said of `item`; where units differ, the one in `unit`.
 */
export function statedIn(sentence: string, item?: string, unit?: string): Reading {
  const main = withoutAsides(sentence);
  const all = statedNumbers(main);
  const fitting = all.filter((number) => (unit === undefined ? number.unit !== "%" : number.unit === unit));
  const numbers = fitting.length > 0 ? fitting : all;
  const last = numbers.at(-1) ?? null;
  const ofItem =
    item === undefined
      ? null
      : (numbers.findLast((number) => isNamedAfter(item, number, main)) ??
        numbers.findLast((number) => isNamedBefore(item, number, main)) ??
        null);
  const isLast = last === null || ofItem === null || (ofItem !== last && carriesOn(main, ofItem, last));
  return { stated: isLast ? last : ofItem, ofItem };
}

/**
 * Is a later number said of the same thing as one before it, as in "3 parts are blue, so 6 cups" and "blue: 3 × 2 = 6"? The
 * total that ends a sum ("4 red + 6 blue = 10") is not.
 */
function carriesOn(sentence: string, said: Stated, last: Stated): boolean {
  const between = sentence.slice(said.end, last.start);
  if (/\b(?:so|therefore|thus|hence|or|which|that is|i\.e)\b|[⇒→]/i.test(between)) return true;
  return between.includes("=") && !sentence.includes("+");
}

/** "6 cups of blue", "6 blue"; but not "3 parts blue" or "3/5 blue", which say how much, not how many. */
function isNamedAfter(item: string, number: Stated, sentence: string): boolean {
  if (sentence[number.start - 1] === "/") return false;
  const after = sentence.slice(number.end, number.end + 40).toLowerCase();
  const words = after.split(/[,;|\d]|\band\b/, 1)[0]!.match(/[\p{L}_-]+/gu) ?? [];
  return !PARTS.test(words[0] ?? "") && words.slice(0, 4).includes(item.toLowerCase());
}

/** "Blue: 6 cups", "blue 6", "Blue | 3 | 6", "blue = 3x = 6"; but not "blue is 3 parts" or "blue: 3, red: 2". */
function isNamedBefore(item: string, number: Stated, sentence: string): boolean {
  const named = item.toLowerCase();
  const before = sentence.slice(Math.max(0, number.start - 80), number.start).toLowerCase();
  const at = before.lastIndexOf(named);
  if (at < 0 || PARTS.test(/[\p{L}-]+/u.exec(sentence.slice(number.end, number.end + 12))?.[0] ?? ""))
    return false;
  const between = before.slice(at + named.length);
  return /[:=|→]|\b(?:is|are|needs?)\b|^[\s*_"'(]*$/.test(between) && !ANOTHER.test(between);
}

const PARTS = /^-?(?:parts?|shares?)$/i;

const GOES_ON = "so|or|thus|hence|then|therefore|which|total|totall?ing|making|giving|meaning";
/** Another thing is spoken of: ", red: 4", ", red 4", "and red 4"; but not ", so 4". */
const ANOTHER = new RegExp(
  String.raw`[,;]\s*["']?(?:\p{L}+["']?\s*(?:[:=]|is\b|are\b|needs?\b)|(?!(?:${GOES_ON})\b)\p{L}+["']?\s*$)|\band\b`,
  "iu",
);

/** "out of 10", "(6) of the 10", "(3) parts of 5", but not "a total of 5". */
const OF_TOTAL = /(?:\bout of(?: a total of)?|(?<=[\d%]\s(?:[a-z]{1,12}\s)?)of)(?: the)? \d(?:[\d.,]*\d)?/gi;

/** Takes off what is said beside the answer: brackets, "out of 10", "after eating 2", "because …". */
function withoutAsides(sentence: string): string {
  const start = numbersIn(sentence)[0]?.end;
  if (start === undefined) return sentence;
  const bare = sentence.replaceAll(/\([^()]{0,200}\)/g, (aside, at: number) => {
    const factor = /^\s*[*×·/÷^=]/.test(sentence.slice(at + aside.length, at + aside.length + 5));
    return at >= start && !factor ? " " : aside;
  });
  const whole = bare.replaceAll(OF_TOTAL, (aside, at: number) => (at >= start ? " " : aside));
  const first = statedNumbers(whole)[0];
  if (!first) return whole;
  const cut = whole.slice(first.end).search(/\b(?:after|because|since|given that|when)\b(?![^.=]{0,80}=)/i);
  return cut < 0 ? whole : whole.slice(0, first.end + cut);
}

/** The numbers of a sentence, without those that number a step, qualify a noun or are denied ("Step 2", "3-part", "not 5"). */
export function statedNumbers(sentence: string): Stated[] {
  return numbersIn(sentence).filter(({ start, end, unit }) => {
    const isDenied = /\b(?:not|step|part|option|question|example)\s*#?\s*$/i.test(
      sentence.slice(Math.max(0, start - 12), start),
    );
    return !isDenied && (unit !== null || !/^-\p{L}/u.test(sentence.slice(end, end + 3)));
  });
}
