import { mergeReports, type ReadFile } from "./merge/mergeReports.js";
import { readEvalFile } from "./readers/readEvalFile.js";
import { fileSource, findFiles, UnreadableFile } from "./sources/index.js";
import { MissingColumns } from "./tables/readTable.js";
import type { ExternalEvals, ExternalOptions, Skipped } from "./types.js";

/**
 * Scores from elsewhere: tables, and the logs and results of lm-evaluation-harness, Evalchemy, lighteval, Inspect, HELM,
 * promptfoo and others (`ExternalFormat` names them all). Formats are told apart by content. Files of any size are read
 * in bounded memory, and a file that cannot be read never keeps the others from loading.
 *
 * @param paths Files, folders (read to any depth) and globs.
 * @returns `rows`, one per result, scores in [0, 1]; `skipped`, everything that was not taken and why, missing files
 *   among it; `files`, where each file's numbers went; `notes`, what to know of the whole.
 * @throws Error when there are no scores at all, and a file given by name is a table that lacks a needed column.
 */
export async function loadExternalEvals(
  paths: readonly string[],
  options: ExternalOptions = {},
): Promise<ExternalEvals> {
  if (!Array.isArray(paths))
    throw new TypeError(`loadExternalEvals: paths is ${String(paths)}; give a list of paths.`);
  const { signal } = options;
  const { found, skipped } = await findFiles(paths);
  const unread: Skipped[] = [...skipped];
  const read: ReadFile[] = [];
  let fault: Error | undefined;
  for (const { file, named } of found) {
    signal?.throwIfAborted();
    try {
      read.push({ file, report: await readEvalFile(fileSource(file, signal), options) });
    } catch (error) {
      signal?.throwIfAborted();
      if (named && error instanceof MissingColumns) {
        fault ??= new Error(`loadExternalEvals: ${file} ${error.message}.`, { cause: error });
      }
      unread.push({ file, what: "file", why: reasonOf(error) });
    }
  }
  const evals = mergeReports(read, unread, options);
  if (fault !== undefined && evals.rows.length === 0) throw fault;
  return evals;
}

/** Why a file was not read; anything but its own content or the disk is a fault of ours and is thrown on. */
function reasonOf(error: unknown): string {
  if (error instanceof UnreadableFile) return error.message;
  if (error instanceof Error && "syscall" in error && "code" in error)
    return `cannot be read: ${String(error.code)}`;
  throw error;
}
