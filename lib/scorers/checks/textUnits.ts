/** Words, sentences and letters as IFEval's evaluation counts them (its tokenizers are NLTK's). */

const WORD = String.raw`[\p{L}\p{N}_]`;

/** How many words: runs of letters, digits and underscores. */
export const wordsIn = (text: string): number => text.match(new RegExp(`${WORD}+`, "gu"))?.length ?? 0;

/** How often a text occurs in another, in any case, side by side; only as a whole word where asked for. */
export function occurrences(text: string, wanted: string, isWhole = false): number {
  const literal = wanted.replaceAll(/[$()*+.?[\\\]^{|}/-]/g, String.raw`\$&`);
  const pattern = isWhole ? `(?<!${WORD})${literal}(?!${WORD})` : literal;
  return text.match(new RegExp(pattern, "giu"))?.length ?? 0;
}

/** It has capital letters and no small ones. */
export const isUpperCase = (text: string): boolean =>
  /\p{Uppercase}/u.test(text) && !/\p{Lowercase}|\p{Lt}/u.test(text);

/** It has small letters and no capital ones. */
export const isLowerCase = (text: string): boolean =>
  /\p{Lowercase}/u.test(text) && !/\p{Uppercase}|\p{Lt}/u.test(text);

/** How many words in capitals, "I" among them; a hyphenated word is one, "I'M" two. */
export function capitalWordsIn(text: string): number {
  const tokens = text
    .replaceAll(/[,;:@#$%&?!"()<>[\]{}“”]|--|\.\.\.|\.(?=[\s"')\]*]*(?:\n|$))/g, " ")
    .replaceAll(/(?<=\w)(?=(?:'(?:s|m|d|ll|re|ve)|n't)(?!\w))/gi, " ");
  return tokens.split(/\s+/).filter(isUpperCase).length;
}

/** Ends in a full stop that ends no sentence. */
const ABBREVIATION =
  /(?:^|[\s("'*])(?:mr|mrs|ms|dr|prof|rev|gen|col|lt|sgt|capt|st|sr|jr|vs|inc|ltd|co|corp|etc|e\.g|i\.e|a\.m|p\.m|u\.s|u\.k|no|dept|ave|blvd|[a-z])\.$/i;

/**
 * How many sentences: an end mark counts where white space and more text follow, and a full stop only after what is no
 * abbreviation and before no small letter. A line break alone ends none.
 */
export function sentencesIn(text: string): number {
  if (text.trim() === "") return 0;
  let count = 1;
  for (const { index, 0: mark } of text.matchAll(/[.?!]+["'”’)\]}*_]*(?=\s+\S)/g)) {
    const rest = text.slice(index + mark.length).trimStart();
    if (/^[?!.]/.test(rest)) continue;
    const isStop = !/[?!]/.test(mark);
    const before = text.slice(Math.max(0, index - 12), index + 1);
    const goesOn =
      /(?:\d|\.\.)\.?$/.test(text.slice(0, index + mark.length).slice(-3)) && /^["'(]*\p{Ll}/u.test(rest);
    if (!isStop || (!ABBREVIATION.test(before) && !goesOn)) count++;
  }
  return count;
}
