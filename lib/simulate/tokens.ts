/** A token of English is about four characters. */
const CHARACTERS = 4;

/** About how many tokens a text has. */
export function tokensIn(text: string): number {
  return Math.ceil(text.length / CHARACTERS);
}

/** The first tokens of a text. */
export function firstTokens(text: string, tokens: number): string {
  return text.slice(0, Math.max(0, Math.floor(tokens)) * CHARACTERS);
}
