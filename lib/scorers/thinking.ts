const TAG = "(?:think|thinking|thought|reasoning|analysis)";
const OPEN = new RegExp(`<${TAG}>|◁think▷`, "i");
const CLOSE = new RegExp(`</${TAG}>|◁/think▷`, "gi");

/** An answer without its thinking. */
export interface Answered {
  /** What is left, trimmed of white space and of marks that cannot be seen. */
  readonly text: string;
  /** The thinking never ended: the answer was cut off before it began. */
  readonly endless: boolean;
}

/**
 * Takes thinking text off an answer: everything up to the last closing tag (templates often leave the opening one to the
 * prompt), or from an opening tag that is never closed to the end.
 */
export function withoutThinking(output: unknown): Answered {
  let text = typeof output === "string" ? output : "";
  let end = 0;
  for (const tag of text.matchAll(CLOSE)) end = tag.index + tag[0].length;
  text = text.slice(end);
  const start = text.search(OPEN);
  if (start >= 0) text = text.slice(0, start);
  return { text: trimUnseen(text), endless: start >= 0 };
}

const UNSEEN_START = /^[\s\u200b-\u200f\u2060\ufeff\u00ad]+/;

/** Trims white space, and zero-width characters, soft hyphens and byte order marks, too. */
export function trimUnseen(text: string): string {
  const start = UNSEEN_START.exec(text)?.[0].length ?? 0;
  let end = text.length;
  // From the end by hand: an expression that ends in $ would start anew at every space inside.
  while (end > start && UNSEEN_START.test(text[end - 1]!)) end--;
  return text.slice(start, end);
}
