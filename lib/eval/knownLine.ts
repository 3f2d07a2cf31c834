import type { EvalRun } from "./run.js";

/**
 * How many answers of a run were known before, and how to have them asked afresh; null when none was.
 *
 * @param from Where they are kept, as the reader would type it: the cache's folder or the rows file.
 */
export function knownLine({ usage, rows }: Pick<EvalRun, "usage" | "rows">, from: string): string | null {
  if (usage.cached === 0) return null;
  const which = usage.cached >= rows.length ? `All ${usage.cached}` : `${usage.cached} of ${rows.length}`;
  return `${which} answers came from ${from}, at no cost. Delete it to have them asked afresh.`;
}
