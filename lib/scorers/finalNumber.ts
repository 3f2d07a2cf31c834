import type { Stated } from "./numbers.js";
import { sentencesOf, statedIn, statedNumbers } from "./statement.js";

/** What an answer says its final number is, and how plainly. */
export interface FinalNumber {
  readonly stated: Stated | null;
  /** In a box, after #### or after "answer is"; said of the item by the last sentence; or the last that is not an aside. */
  readonly how: "marked" | "item" | "last";
  /** The last sentence draws a conclusion: in a word ("so", "therefore"), or by a sign alone ("="). */
  readonly concludes: "word" | "sign" | null;
  /** The last number that any statement says of the item. */
  readonly ofItem: Stated | null;
  /** Every number of the last sentence, from its last "so" on where it has one. */
  readonly inLast: readonly Stated[];
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
  const sentences = sentencesOf(text).map((one) => ({ ...one, says: statedIn(one.text, item, unit) }));
  const lastOf = (wanted: string): (typeof sentences)[number] | undefined =>
    sentences.findLast(({ kind, says }) => kind === wanted && says.stated !== null);
  const last = lastOf("statement") ?? lastOf("check");
  const end = last?.text ?? "";
  const marked = lastMarked(text, item, unit);
  const [first, ...later] = sentences;
  const opens = first !== undefined && first.text.trim().split(/\s+/, 14).length <= 12;
  return {
    stated: marked ?? last?.says.stated ?? null,
    how: marked === null ? (last?.says.how ?? "last") : "marked",
    concludes: CONCLUDES.test(end) ? "word" : EQUATES.test(end) ? "sign" : null,
    ofItem:
      sentences.findLast(({ kind, says }) => kind === "statement" && says.ofItem !== null)?.says.ofItem ??
      null,
    inLast: statedNumbers(concluded(end)),
    opening: opens && !later.some((sentence) => TURNS.test(sentence.text)) ? first.says.stated : null,
    all: sentences.flatMap((sentence) => statedNumbers(sentence.text)),
  };
}

/** What a sentence concludes: all after its last "so", where a number stands there. */
function concluded(sentence: string): string {
  const after = sentence.split(/\b(?:so|therefore|thus|hence)\b/i).at(-1)!;
  return statedNumbers(after).length > 0 ? after : sentence;
}

/** The number behind the last mark of each kind, the plainest kind first. */
function lastMarked(text: string, item?: string, unit?: string): Stated | null {
  for (const mark of [BOXED, HASHES, ANSWER]) {
    const matches = [...text.matchAll(mark)].slice(-MARKS_READ);
    for (const match of matches.toReversed()) {
      const after = text.slice(match.index + match[0].length, match.index + match[0].length + 200);
      const number =
        mark === BOXED
          ? (statedNumbers(after)[0] ?? null)
          : statedAt(sentencesOf(after.replace(/^[\s*_:]+/, ""))[0]?.text ?? "", item, unit);
      if (number !== null) return number;
    }
  }
  return null;
}

/** What follows "answer is": what it says of the item; else its first number, or the value of the sum that begins with it. */
function statedAt(segment: string, item?: string, unit?: string): Stated | null {
  const { stated, how } = statedIn(segment, item, unit);
  const first = statedNumbers(segment)[0] ?? null;
  const sum = first && /^[\s*_]*(?:[a-z]+\s*)?[-+−*/×÷·=%^]/i.test(segment.slice(first.end, first.end + 20));
  return sum || how === "item" ? stated : first;
}
