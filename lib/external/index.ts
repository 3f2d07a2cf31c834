export { loadExternalEvals } from "./loadExternalEvals.js";
export { DEFAULT_FACETS } from "./facets.js";
export type {
  ExternalEvals,
  ExternalFile,
  ExternalFormat,
  ExternalOptions,
  ModelMatch,
  Skipped,
} from "./types.js";
