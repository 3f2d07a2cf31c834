/** Scores from other tools: files found and read, each in its own format, and merged into rows. */
export { loadExternalEvals } from "./loadExternalEvals.js";
export { exportRows } from "./exportRows.js";
export { DEFAULT_FACETS, NO_FACET } from "./merge/facets.js";
export type { ExportFormat } from "./exportRows.js";
export type { ExternalEvals, ExternalFile, ExternalFormat, ExternalOptions, Skipped } from "./types.js";
