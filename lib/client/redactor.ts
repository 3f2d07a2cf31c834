/** Takes secrets out of a string that is about to be shown or stored. */
export interface Redactor {
  /** For messages: the exact key, anything that looks like an OpenRouter key, and bearer tokens; one line. */
  message(text: string): string;
  /** For answers: the exact key only, so that what the model wrote stays as it wrote it. */
  answer(text: string): string;
}

const HIDDEN = "[key]";
const OPENROUTER_KEY = /sk-or-[\w.*…-]+/gi;
const BEARER = /\bBearer\s+[^\s"',;]+/gi;
/** A placeholder such as "none" for a server without keys is no secret, and hiding it would garble answers. */
const SHORTEST_SECRET = 6;

/** @param key The API key in use. */
export function redactor(key: string): Redactor {
  const hideKey = (text: string): string =>
    key.length >= SHORTEST_SECRET && text.includes(key) ? text.replaceAll(key, HIDDEN) : text;
  return {
    message: (text) =>
      hideKey(text)
        .replace(BEARER, `Bearer ${HIDDEN}`)
        .replace(OPENROUTER_KEY, HIDDEN)
        .replace(/\s+/g, " ")
        .trim(),
    answer: hideKey,
  };
}
