import { sentencesOf } from "./sentences.js";
import type { Sentence } from "./sentences.js";
import { statedIn, tokensOf, withUnit } from "./statement.js";
import type { Reading, Stated } from "./statement.js";

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
  /** Every number of the sentence that holds it, from its last "so" on where it has one. */
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
  const readings = new Map<Sentence, Reading>();
  const says = (sentence: Sentence): Reading => {
    const reading = readings.get(sentence) ?? statedIn(sentence.text, item, unit);
    readings.set(sentence, reading);
    return reading;
  };
  const lastOf = (kind: Sentence["kind"]): Sentence | undefined =>
    sentences.findLast((sentence) => sentence.kind === kind && says(sentence).stated !== null);

  const ofItem = sentences.findLast(
    (sentence) => item !== undefined && sentence.kind === "statement" && says(sentence).ofItem !== null,
  );
  const [first, ...later] = sentences;
  const short = first !== undefined && first.text.trim().split(/\s+/, 14).length <= 12;
  const common = {
    opening: short && !later.some((sentence) => TURNS.test(sentence.text)) ? says(first).stated : null,
    ofItem: ofItem === undefined ? null : says(ofItem).ofItem,
    all: sentences.flatMap((sentence) =>
      tokensOf(sentence.text).map((token) => withUnit(token, sentence.text)),
    ),
  };
  const marked = lastMarked(text, item, unit);
  if (marked !== null)
    return { stated: marked, how: "marked", concludes: "word", inLast: [marked.value], ...common };
  const last = lastOf("statement") ?? lastOf("check");
  const { stated, how }: Reading = last ? says(last) : { stated: null, how: "last", ofItem: null };
  const sentence = last?.text ?? "";
  return {
    stated,
    how,
    concludes: CONCLUDES.test(sentence) ? "word" : EQUATES.test(sentence) ? "sign" : null,
    inLast: tokensOf(concluded(sentence)).map((token) => token.value),
    ...common,
  };
}

/** What a sentence concludes: all after its last "so", where a number stands there. */
function concluded(sentence: string): string {
  const after = sentence.split(/\b(?:so|therefore|thus|hence)\b/i).at(-1)!;
  return tokensOf(after).length > 0 ? after : sentence;
}

/** The number behind the last mark of each kind, the plainest kind first. */
function lastMarked(text: string, item?: string, unit?: string): Stated | null {
  for (const mark of [BOXED, HASHES, ANSWER]) {
    const matches = [...text.matchAll(mark)].slice(-MARKS_READ);
    for (const match of matches.toReversed()) {
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 200);
      const number =
        mark === BOXED
          ? firstIn(after)
          : statedAt(sentencesOf(after.replace(/^[\s*_:]+/, ""))[0]?.text ?? "", item, unit);
      if (number !== null) return number;
    }
  }
  return null;
}

/** What follows "answer is": what it says of the item; else its first number, or the value of the sum that begins with it. */
function statedAt(segment: string, item?: string, unit?: string): Stated | null {
  const reading = statedIn(segment, item, unit);
  const first = tokensOf(segment)[0];
  const sum = first && /^[\s*_]*(?:[a-z]+\s*)?[-+−*/×÷·=%^]/i.test(segment.slice(first.end, first.end + 20));
  return sum || reading.how === "item" ? reading.stated : firstIn(segment);
}

function firstIn(segment: string): Stated | null {
  const token = tokensOf(segment)[0];
  return token ? withUnit(token, segment) : null;
}
