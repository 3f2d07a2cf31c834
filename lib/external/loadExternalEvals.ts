import type { ScoreRow } from "../types.js";
import { facetChooser } from "./facets.js";
import { findFiles } from "./findFiles.js";
import { proposeMatches } from "./models.js";
import { UnreadableFile, type FileReading } from "./reading.js";
import { MissingColumns, readFile } from "./recognise.js";
import { fileSource } from "./textChunks.js";
import type { ExternalEvals, ExternalFile, ExternalOptions, Skipped } from "./types.js";

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
      collector.take(file, await readFile(fileSource(file)));
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

/** Gathers readings into rows: facets settled, names agreed, repeats left out. */
class Collector {
  readonly #rows: ScoreRow[] = [];
  readonly #skipped: Skipped[] = [];
  readonly #files: ExternalFile[] = [];
  readonly #chooseFacet;
  readonly #options: ExternalOptions;

  constructor(options: ExternalOptions) {
    this.#options = options;
    this.#chooseFacet = facetChooser(options.facetOf);
  }

  skip(file: string, why: string): void {
    this.#skipped.push({ file, what: "file", why });
  }

  take(file: string, reading: FileReading): void {
    const tasks = new Map<string, string>();
    const models = new Set<string>();
    const before = this.#rows.length;
    for (const { model, task, isFacet, metric, score, n } of reading.readings) {
      const choice = this.#chooseFacet(task, metric, isFacet);
      if (choice.facet === null) {
        this.#skipped.push({ file, what: task, why: choice.why });
        continue;
      }
      tasks.set(task, choice.facet);
      models.add(model);
      const source = isFacet ? file : `${file}: ${task}`;
      this.#rows.push({ model, facet: choice.facet, score, ...(n === undefined ? {} : { n }), source });
    }
    for (const { what, why } of reading.skipped) this.#skipped.push({ file, what, why });
    const { format, version, scale, notes } = reading;
    const rows = this.#rows.length - before;
    const skipped =
      reading.skipped.reduce((sum, skip) => sum + (skip.count ?? 1), 0) + reading.readings.length - rows;
    const list = [...tasks].map(([task, facet]) => ({ task, facet }));
    this.#files.push({
      file,
      format,
      version,
      models: [...models],
      tasks: list,
      rows,
      skipped,
      scale,
      notes,
    });
  }

  result(unfound: readonly Skipped[]): ExternalEvals {
    const models = [...new Set(this.#rows.map((row) => row.model))];
    const matches = proposeMatches([...models, ...(this.#options.knownModels ?? [])]);
    return { rows: this.#rows, skipped: [...unfound, ...this.#skipped], files: this.#files, matches };
  }
}
