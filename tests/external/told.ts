import { fileURLToPath } from "node:url";
import type { ExternalEvals } from "../../lib/external/index.js";

export const FIXTURES = fileURLToPath(new URL("../fixtures/external", import.meta.url));

/** Rows as "model facet score n task, metric"; of a table of facets, without the last. */
export function told({ rows }: ExternalEvals): string[] {
  return rows.map(({ model, facet, score, n, source }) => {
    const colon = source.indexOf(": ");
    return `${model} ${facet} ${score} ${n ?? "?"}${colon === -1 ? "" : ` ${source.slice(colon + 2)}`}`;
  });
}

/** What was skipped, with the reason. */
export function reasons({ skipped }: ExternalEvals): Record<string, string> {
  return Object.fromEntries(skipped.map(({ what, why }) => [what, why]));
}
