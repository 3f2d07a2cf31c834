import type { ExternalFormat, Scale } from "./types.js";

/** One result as its file states it, before its facet is settled. */
export interface Reading {
  readonly model: string;
  /** Task name in the source; for a table that names facets, the facet as written. */
  readonly task: string;
  /** Names of groups that the task is one of, the nearest first: `facetOf` may name these instead. */
  readonly groups?: readonly string[];
  /** True when `task` is a facet's name, kept as it is unless it has a known synonym. */
  readonly isFacet: boolean;
  readonly metric: string;
  /** In [0, 1]. */
  readonly score: number;
  readonly n?: number;
  /** From an export of a run of the simulated panel. */
  readonly simulated?: true;
  /** What tells the model from others of its name, such as a revision. Shown only where two would be taken for one. */
  readonly variant?: string;
  /** Names of this result: a result that shares one with another is the same, met twice. None: never a repeat. */
  readonly identities?: readonly string[];
  /** The Inspect eval that it belongs to: where `model` is "", another file of the eval names it. */
  readonly evalId?: string;
}

/** What one file came to. */
export interface FileReading {
  readonly format: ExternalFormat;
  readonly version: string | null;
  readonly scale: Scale;
  readonly readings: readonly Reading[];
  readonly skipped: readonly { readonly what: string; readonly why: string; readonly count?: number }[];
  readonly notes: readonly string[];
  /** Inspect evals in the file: tables of samples name their model only by the eval. */
  readonly evals?: readonly { readonly id: string; readonly model: string; readonly task: string }[];
}

/** Why a whole file cannot be read, in words for the reader. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}
