import { numbersIn } from "./numbers.js";
import type { NumberToken } from "./numbers.js";
import { sentencesOf } from "./sentences.js";
import type { Sentence } from "./sentences.js";
import { unitAfter } from "./units.js";

/** A number that an answer states, with the unit it is given in. */
export interface Stated {
  readonly value: number;
  readonly unit: string | null;
}

/** What an answer says its final number is, and how plainly. */
export interface FinalNumber {
  readonly stated: Stated | null;
  /**
   * "marked": in a box, after #### or after "answer is"; "item": the last sentence says it of the item; "last": the last number that is not an aside.
   */
  readonly how: "marked" | "item" | "last";
  /** The sentence draws a conclusion: in a word ("so", "therefore"), or by a sign alone ("="). */
  readonly concludes: "word" | "sign" | null;
  /** The last number that any statement says of the item. */
  readonly ofItem: Stated | null;
  /** Every number of the sentence that holds it. */
  readonly inLast: readonly number[];
  /** The first sentence's number, when that sentence is short enough to be an answer. */
  readonly opening: Stated | null;
  /** Every number stated anywhere, list and step numbers left out. */
  readonly all: readonly Stated[];
}

const BOXED = /\\boxed\s*\{/g;
const HASHES = /^#{4}\s*[$*]*(?=[-−.\d])/gm;
const ANSWER =
  /\b(?:answer|result|respuesta|antwort|réponse|resposta)\b["*_\s]{0,5}(?:is|es|ist|est|would be|will be|comes to|:|=|→)|答案(?:是|：|:)?/gi;
/** Marks looked at from the end: a text with more is no answer, and should not take long. */
const MARKS_READ = 20;
const CONCLUDES = /\b(?:so|therefore|thus|hence|finally|altogether|in total|answer|result|equals)\b/i;
/** A first sentence that is taken back, or given an alternative, is no answer. */
const TURNS = /^\W*(?:or|but|wait|no|actually|however|alternatively|hmm|correction)\b/i;
const EQUATES = /[=⇒→∴]/;

/**
 * The final number of a worked answer: the last `\boxed{}`, `####` or "answer is", else the last number of the last
 * sentence that is neither a question nor a check. Asides in brackets, "out of 10" and "after eating 2" do not count; where
 * the sentence gives numbers to several things, the one of `item` does; where units differ, the one with `unit` does.
 */
export function finalNumber(text: string, item?: string, unit?: string): FinalNumber {
  const sentences = sentencesOf(text);
  const read = sentences.map((sentence) => statedIn(sentence.text, item, unit));
  const all = sentences.flatMap(({ text: sentence }) =>
    tokensOf(sentence).map((token) => withUnit(token, sentence)),
  );
  const first = sentences[0];
  const opening =
    first &&
    !sentences.some(({ text: later }) => TURNS.test(later)) &&
    first.text.trim().split(/\s+/, 14).length <= 12
      ? (read[0]?.stated ?? null)
      : null;
  const ofItem =
    read.findLast(({ ofItem }, i) => ofItem !== null && sentences[i]!.kind === "statement")?.ofItem ?? null;
  const common = { opening, ofItem, all };

  const marked = lastMarked(text);
  if (marked !== null)
    return { stated: marked, how: "marked", concludes: "word", inLast: [marked.value], ...common };
  const says = (kind: Sentence["kind"]): number =>
    sentences.findLastIndex((sentence, i) => sentence.kind === kind && read[i]!.stated !== null);
  const at = says("statement") >= 0 ? says("statement") : says("check");
  const sentence = sentences[at]?.text ?? "";
  return {
    stated: read[at]?.stated ?? null,
    how: read[at]?.how ?? "last",
    concludes: CONCLUDES.test(sentence) ? "word" : EQUATES.test(sentence) ? "sign" : null,
    inLast: tokensOf(sentence).map((token) => token.value),
    ...common,
  };
}

/** The number behind the last mark of each kind, the plainest kind first. */
function lastMarked(text: string): Stated | null {
  for (const mark of [BOXED, HASHES, ANSWER]) {
    const matches = [...text.matchAll(mark)].slice(-MARKS_READ);
    for (const match of matches.toReversed()) {
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 200);
      const segment = mark === BOXED ? after : (sentencesOf(after.replace(/^[\s*_:]+/, ""))[0]?.text ?? "");
      const number = mark === BOXED ? firstIn(segment) : statedAt(segment);
      if (number !== null) return number;
    }
  }
  return null;
}

/** What follows "answer is": its first number, or the value of the sum that begins with it. */
function statedAt(segment: string): Stated | null {
  const first = numbersIn(segment)[0];
  const sum = first && /^[\s*_]*[-+−*/×÷·=%^]/.test(segment.slice(first.end, first.end + 8));
  return sum ? statedIn(segment).stated : firstIn(segment);
}

function firstIn(segment: string): Stated | null {
  const token = numbersIn(segment)[0];
  return token ? withUnit(token, segment) : null;
}

interface Read {
  readonly stated: Stated | null;
  readonly how: "item" | "last";
  readonly ofItem: Stated | null;
}

/** The number that one sentence states. */
function statedIn(sentence: string, item?: string, unit?: string): Read {
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
function tokensOf(sentence: string): NumberToken[] {
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

const withUnit = (token: NumberToken, sentence: string): Stated => ({
  value: token.value,
  unit: unitAfter(sentence.slice(token.end, token.end + 60)),
});
