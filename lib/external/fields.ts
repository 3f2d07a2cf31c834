/** Outside data as an object with unknown fields. */
export type Fields = Readonly<Record<string, unknown>>;

const NONE: Fields = Object.freeze({});

export function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The object at a key, or the value itself as one; an empty one where there is none. */
export function recordAt(value: unknown, key?: string): Fields {
  const at =
    key === undefined ? value : isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isRecord(at) ? at : NONE;
}

/** The list at a key; an empty one where there is none. */
export function listAt(value: unknown, key: string): readonly unknown[] {
  const at = recordAt(value)[key];
  return Array.isArray(at) ? at : [];
}

/** The trimmed text at a key; "" where there is none. */
export function textAt(value: unknown, key: string): string {
  const at = recordAt(value)[key];
  return typeof at === "string" ? at.trim() : "";
}

/** A finite number, written as one or as text; null for anything else, NaN and "N/A" among it. */
export function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "string" || !/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value))
    return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}
