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
  const said = tokens.findLast((token) => item !== undefined && belongsTo(item, token, main));
  const ofItem = said ? withUnit(said, main) : null;
  if (said === undefined || (said !== last && CARRIES_ON.test(main.slice(said.end, last.start)))) {
    return { stated: withUnit(last, main), how: "last", ofItem };
  }
  return { stated: ofItem, how: "item", ofItem };
}

/** Between a number said of the item and a later one: the later one is said of it, too ("3 parts are blue, so 6 cups"). */
const CARRIES_ON = /\b(?:so|therefore|thus|hence|or|which|that is|i\.e)\b|[=⇒→]/i;

/** Is the number said of the item: "6 cups of blue", "blue: 6 cups", "Blue | 3 | 6", "blue = 3x = 6"? Parts are not. */
function belongsTo(item: string, token: NumberToken, sentence: string): boolean {
  const named = item.toLowerCase();
  const after = sentence.slice(token.end, token.end + 40).toLowerCase();
  const words = after.split(/[,;|\d]|\band\b/, 1)[0]!.match(/[\p{L}_-]+/gu) ?? [];
  if (/^-?(?:parts?|shares?)$/.test(words[0] ?? "")) return false;
  if (words.slice(0, 4).includes(named)) return true;
  const before = sentence.slice(Math.max(0, token.start - 80), token.start).toLowerCase();
  const at = before.lastIndexOf(named);
  if (at < 0) return false;
  const between = before.slice(at + named.length);
  return /[:=|→]|\b(?:is|are|needs?)\b/.test(between) && !ANOTHER.test(between);
}

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

/** The numbers of a sentence, without those that number a step or qualify a noun ("Step 2", "3-part"). */
export function tokensOf(sentence: string): NumberToken[] {
  return numbersIn(sentence).filter((token) => {
    if (
      /\b(?:step|part|option|question|example)\s*#?\s*$/i.test(
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
