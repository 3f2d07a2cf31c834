import { numbersIn } from "./numbers.js";
import type { NumberToken } from "./numbers.js";
import { unitAfter } from "./units.js";

/** A number that an answer states, with the unit it is given in. */
export interface Stated {
  readonly value: number;
  readonly unit: string | null;
}

/** What one sentence says. */
export interface Reading {
  readonly stated: Stated | null;
  readonly how: "item" | "last";
  readonly ofItem: Stated | null;
}

/**
 * The number that one sentence states: its last, with asides in brackets, "out of 10" and "after eating 2" left out. Where it
 * gives numbers to several things, the one said of `item`; where units differ, the one in `unit`.
 */
export function statedIn(sentence: string, item?: string, unit?: string): Reading {
  const main = withoutAsides(sentence);
  let tokens = tokensOf(main);
  if (unit !== undefined) {
    const inUnit = tokens.filter((token) => withUnit(token, main).unit === unit);
    if (inUnit.length > 0) tokens = inUnit;
  } else {
    const plain = tokens.filter((token) => withUnit(token, main).unit !== "%");
    if (plain.length > 0) tokens = plain;
  }
  const last = tokens.at(-1);
  if (last === undefined) return { stated: null, how: "last", ofItem: null };
  const said =
    item === undefined
      ? undefined
      : (tokens.findLast((token) => namedAfter(item, token, main)) ??
        tokens.findLast((token) => namedBefore(item, token, main)));
  const ofItem = said ? withUnit(said, main) : null;
  if (said === undefined || (said !== last && carriesOn(main, said, last))) {
    return { stated: withUnit(last, main), how: "last", ofItem };
  }
  return { stated: ofItem, how: "item", ofItem };
}

/**
 * Is a later number said of the same thing as one before it, as in "3 parts are blue, so 6 cups" and "blue: 3 × 2 = 6"? The
 * total that ends a sum ("4 red + 6 blue = 10") is not.
 */
function carriesOn(sentence: string, said: NumberToken, last: NumberToken): boolean {
  const between = sentence.slice(said.end, last.start);
  if (/\b(?:so|therefore|thus|hence|or|which|that is|i\.e)\b|[⇒→]/i.test(between)) return true;
  return between.includes("=") && !sentence.includes("+");
}

/** "6 cups of blue", "6 blue"; but not "3 parts blue" or "3/5 blue", which say how much, not how many. */
function namedAfter(item: string, token: NumberToken, sentence: string): boolean {
  if (sentence[token.start - 1] === "/") return false;
  const after = sentence.slice(token.end, token.end + 40).toLowerCase();
  const words = after.split(/[,;|\d]|\band\b/, 1)[0]!.match(/[\p{L}_-]+/gu) ?? [];
  return !PARTS.test(words[0] ?? "") && words.slice(0, 4).includes(item.toLowerCase());
}

/** "Blue: 6 cups", "blue 6", "Blue | 3 | 6", "blue = 3x = 6"; but not "blue is 3 parts" or "blue: 3, red: 2". */
function namedBefore(item: string, token: NumberToken, sentence: string): boolean {
  const named = item.toLowerCase();
  const before = sentence.slice(Math.max(0, token.start - 80), token.start).toLowerCase();
  const at = before.lastIndexOf(named);
  if (at < 0 || PARTS.test(/[\p{L}-]+/u.exec(sentence.slice(token.end, token.end + 12))?.[0] ?? ""))
    return false;
  const between = before.slice(at + named.length);
  return /[:=|→]|\b(?:is|are|needs?)\b|^[\s*_"'(]*$/.test(between) && !ANOTHER.test(between);
}

const PARTS = /^-?(?:parts?|shares?)$/i;

/** Another thing is spoken of: ", red: 4", "and red 4". */
const ANOTHER = /[,;]\s*["']?\p{L}+["']?\s*(?:[:=]|is\b|are\b|needs?\b)|\band\b/u;

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
  const first = tokensOf(whole)[0];
  if (!first) return whole;
  const cut = whole.slice(first.end).search(/\b(?:after|because|since|given that|when)\b(?![^.=]{0,80}=)/i);
  return cut < 0 ? whole : whole.slice(0, first.end + cut);
}

/** The numbers of a sentence, without those that number a step, qualify a noun or are denied ("Step 2", "3-part", "not 5"). */
export function tokensOf(sentence: string): NumberToken[] {
  return numbersIn(sentence).filter((token) => {
    if (
      /\b(?:not|step|part|option|question|example)\s*#?\s*$/i.test(
        sentence.slice(Math.max(0, token.start - 12), token.start),
      )
    ) {
      return false;
    }
    const after = sentence.slice(token.end, token.end + 20);
    return !/^-\p{L}/u.test(after) || unitAfter(after) !== null;
  });
}

export const withUnit = (token: NumberToken, sentence: string): Stated => ({
  value: token.value,
  unit: unitAfter(sentence.slice(token.end, token.end + 60)),
});
