/** Outside data as an object with unknown fields. */
export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = Object.freeze({});

/** True for a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a JSON text says; undefined where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value as an object; an empty one when it is something else. */
export function objectOf(value: unknown): Fields {
  return isObject(value) ? value : NONE;
}

/** The value at a path of own keys; undefined where the path ends early. */
export function valueAt(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (!isObject(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

/** The list at a path of own keys; an empty one where there is none. */
export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const at = valueAt(value, ...path);
  return Array.isArray(at) ? at : [];
}

/** The trimmed text at a path of own keys; "" where there is none. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  const at = valueAt(value, ...path);
  return typeof at === "string" ? at.trim() : "";
}

/** A finite number, written as one or as plain decimal text; null for anything else, NaN and "N/A" among it. */
export function numberOf(value: unknown): number | null {
  const isDecimal =
    typeof value === "string" && /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value);
  const number = isDecimal ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** A value from outside as it may stand in a message: one line, cut to 60 characters; "nothing" for undefined. */
export function shownValue(value: unknown): string {
  const json = typeof value === "number" ? undefined : JSON.stringify(value);
  return value === undefined ? "nothing" : (json ?? String(value)).slice(0, 60);
}
