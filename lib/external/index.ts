export { loadExternalEvals } from "./loadExternalEvals.js";
export { exportRows } from "./exportRows.js";
export { DEFAULT_FACETS } from "./facets.js";
export type { ExportFormat } from "./exportRows.js";
export type {
  ExternalEvals,
  ExternalFile,
  ExternalFormat,
  ExternalOptions,
  ModelMatch,
  Skipped,
} from "./types.js";
