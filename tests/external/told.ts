import { fileURLToPath } from "node:url";
import type { ExternalEvals } from "../../lib/external/index.js";

export const FIXTURES = fileURLToPath(new URL("../fixtures/external", import.meta.url));

/** Rows as "model facet score n task, metric"; of a table of facets, without the last. */
export function told({ rows }: ExternalEvals): string[] {
  return rows.map(({ model, facet, score, n, source }) => {
    const task = source.split(" · ")[1];
    return `${model} ${facet} ${score} ${n ?? "?"}${task === undefined ? "" : ` ${task}`}`;
  });
}

/** What was skipped, with the reason. */
export function reasons({ skipped }: ExternalEvals): Record<string, string> {
  return Object.fromEntries(skipped.map(({ what, why }) => [what, why]));
}
