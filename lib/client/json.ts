/** The value as an object; an empty one when it is something else. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

/** The value at a path of own keys; undefined where the path ends early. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here: unknown = value;
  for (const key of path) {
    const object = record(here);
    if (!Object.hasOwn(object, key)) return undefined;
    here = object[key];
  }
  return here;
}

/** The value as text; null when it is something else. */
export function stringOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The value as text with something in it; null when it is something else. */
export function wordOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

/** A finite number, given as a number or as plain decimal text; null when it is something else. */
export function numberOf(value: unknown): number | null {
  const number =
    typeof value === "string" && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)
      ? Number(value)
      : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** The list's texts; empty when it is something else. */
export function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
