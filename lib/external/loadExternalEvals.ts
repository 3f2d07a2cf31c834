import { Collector } from "./collector.js";
import { findFiles } from "./findFiles.js";
import { UnreadableFile } from "./reading.js";
import { MissingColumns, readFile } from "./recognise.js";
import { fileSource } from "./textChunks.js";
import type { ExternalEvals, ExternalOptions } from "./types.js";

/**
 * Scores from elsewhere: plain tables (model, facet, score), lm-evaluation-harness results and samples, Inspect logs and
 * tables, HELM runs, promptfoo results, BFCL's and LiveBench's tables. Formats are told apart by content.
 *
 * @param paths Files, folders (read to any depth) and globs.
 * @returns `rows`, one per result, scores in [0, 1]; `skipped`, everything that was not taken and why, missing files
 *   among it; `files`, where each file's numbers went; `matches`, names that may mean one model.
 * @throws Error when a file given by name is a table that lacks a needed column and is in no other known format.
 */
export async function loadExternalEvals(
  paths: readonly string[],
  options: ExternalOptions = {},
): Promise<ExternalEvals> {
  const { found, skipped: unfound } = await findFiles(paths);
  const collector = new Collector(options);
  for (const { file, named } of found) {
    try {
      collector.add(file, await readFile(fileSource(file)));
    } catch (error) {
      if (error instanceof MissingColumns && named) {
        throw new Error(
          `loadExternalEvals: ${file} ${error.message}. Rename its columns to model, facet, score.`,
          {
            cause: error,
          },
        );
      }
      collector.skip(file, reasonOf(error));
    }
  }
  return collector.result(unfound);
}

/** Why a file was not read; anything but its own content or the disk is a fault of ours and is thrown on. */
function reasonOf(error: unknown): string {
  if (error instanceof UnreadableFile) return error.message;
  if (error instanceof Error && "code" in error) return `cannot be read: ${String(error.code)}`;
  throw error;
}
