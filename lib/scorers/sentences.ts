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
