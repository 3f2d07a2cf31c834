import type { ExternalFormat, Scale } from "./types.js";

/** One result as its file states it, before its facet is settled. */
export interface Reading {
  readonly model: string;
  /** Task name in the source; for a table that names facets, the facet as written. */
  readonly task: string;
  /** True when `task` is a facet's name, kept as it is unless it has a known synonym. */
  readonly isFacet: boolean;
  readonly metric: string;
  /** In [0, 1]. */
  readonly score: number;
  readonly n?: number;
  /** Tells one run's result from another's: equal keys are the same result met twice. Absent: never a repeat. */
  readonly identity?: string;
}

/** What one file came to. */
export interface FileReading {
  readonly format: ExternalFormat;
  readonly version: string | null;
  readonly scale: Scale;
  readonly readings: readonly Reading[];
  readonly skipped: readonly { readonly what: string; readonly why: string; readonly count?: number }[];
  readonly notes: readonly string[];
}

/** Why a whole file cannot be read, in words for the reader. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}
