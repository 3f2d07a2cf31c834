import { createHash } from "node:crypto";

/** Rises whenever a cached answer of before would no longer be read right. */
const SCHEMA = 1;

/**
 * The key of a question in the answer cache: sha256 of canonical JSON of the server's address, the whole body as sent
 * and the epoch. Keys, headers, time limits and concurrency are not in it.
 */
export function questionKey(baseURL: string, body: Readonly<Record<string, unknown>>, epoch: number): string {
  return createHash("sha256")
    .update(canonicalJson({ schema: SCHEMA, baseURL, body, epoch }))
    .digest("hex");
}

/** JSON with sorted keys and without undefined fields: equal for equal values, whatever the order they were written in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}
