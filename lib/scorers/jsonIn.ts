/**
 * The JSON objects and arrays written in a text, in order: the whole text where it parses, else every balanced outermost
 * `{…}` or `[…]` that does. One pass, so linear in the text's length.
 */
export function jsonIn(text: string): unknown[] {
  const whole = parsed(text);
  if (whole !== undefined) return [whole];
  const found: unknown[] = [];
  let depth = 0;
  let start = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString) {
      if (character === "\\") i++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = depth > 0;
    else if (character === "{" || character === "[") {
      if (depth++ === 0) start = i;
    } else if ((character === "}" || character === "]") && depth > 0 && --depth === 0) {
      const value = parsed(text.slice(start, i + 1));
      if (value !== undefined) found.push(value);
    }
  }
  return found;
}

/** `JSON.parse`, with undefined where it throws. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An object as JSON means it: not null, not an array. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
