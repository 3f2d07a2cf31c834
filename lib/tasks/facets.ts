/** The four facets, in the order of tables and figures. */
export const FACETS = ["reasoning", "instruction", "coding", "tool_use"] as const;

/** One of the four facets. A task may name others: tables take any. */
export type Facet = (typeof FACETS)[number];
