/** A phrase that a prompt may use, and what it says; null where a part of it is not understood. */
export type Phrase<T> = readonly [pattern: RegExp, meaning: (...parts: readonly string[]) => T | null];

/**
 * What a phrase says. It counts only when it matches to its end: "reverses a string and adds a dot" is not "reverses a
 * string".
 */
export function meaningOf<T>(phrases: readonly Phrase<T>[], text: string): T | null {
  for (const [pattern, meaning] of phrases) {
    const match = pattern.exec(text);
    if (match?.[0] === text) return meaning(...match.slice(1).map((part) => part ?? ""));
  }
  return null;
}

/** What follows the words in their sentence, without the full stop; null when they do not occur. */
export function restOfSentence(prompt: string, words: RegExp): string | null {
  const match = words.exec(prompt);
  if (!match) return null;
  const rest = prompt.slice(match.index + match[0].length);
  return (/^[^.?!\n]*/.exec(rest)?.[0] ?? "").trim();
}
