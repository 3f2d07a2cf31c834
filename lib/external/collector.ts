import type { ScoreRow } from "../types.js";
import { facetChooser } from "./facets.js";
import { proposeMatches, renamer } from "./models.js";
import type { FileReading, Reading } from "./reading.js";
import type { ExternalEvals, ExternalFile, ExternalOptions, Skipped } from "./types.js";

/** Gathers what files say into rows: facets settled, names agreed, repeats left out. */
export class Collector {
  readonly #options: ExternalOptions;
  readonly #files: { readonly file: string; readonly reading: FileReading }[] = [];
  readonly #unread: Skipped[] = [];

  constructor(options: ExternalOptions) {
    this.#options = options;
  }

  /** A file that could not be read. */
  skip(file: string, why: string): void {
    this.#unread.push({ file, what: "file", why });
  }

  add(file: string, reading: FileReading): void {
    this.#files.push({ file, reading });
  }

  /** @param unfound Paths with no file behind them. */
  result(unfound: readonly Skipped[]): ExternalEvals {
    const chooseFacet = facetChooser(this.#options.facetOf);
    const rename = renamer(
      this.#files.flatMap(({ reading }) => reading.readings),
      this.#options.sameModel,
    );
    const evals = new Map(
      this.#files.flatMap(({ reading }) => (reading.evals ?? []).map((one) => [one.id, one] as const)),
    );
    const rows: ScoreRow[] = [];
    const skipped: Skipped[] = [...unfound, ...this.#unread];
    const files: ExternalFile[] = [];
    const names = new Map<string, ReadonlySet<string>>();
    /** Results taken, by the names they go by, with the file that gave them. */
    const taken = new Map<string, string>();
    for (const { file, reading } of this.#files.toSorted(summariesFirst)) {
      const tasks = new Map<string, string>();
      const models = new Set<string>(
        (reading.evals ?? []).map(({ model }) => model).filter((model) => model !== ""),
      );
      const inRows = new Set<string>();
      const before = rows.length;
      for (const stated of reading.readings) {
        const result = joined(stated, evals);
        const choice = chooseFacet(result.task, result.metric, result.isFacet);
        const earlier = result.identities?.find((identity) => taken.has(identity));
        const what = result.task || `eval ${result.evalId}`;
        if (result.model !== "") models.add(rename(result));
        if (earlier !== undefined) {
          skipped.push({ file, what, why: `the same result is taken from ${taken.get(earlier)}` });
        } else if (result.model === "") {
          skipped.push({ file, what, why: "names no model: load its log or evals table with it" });
        } else if (choice.facet === null) skipped.push({ file, what, why: choice.why });
        else {
          for (const identity of result.identities ?? []) taken.set(identity, file);
          const model = rename(result);
          tasks.set(result.task, choice.facet);
          inRows.add(model);
          rows.push(scoreRow(file, model, choice.facet, result));
        }
      }
      for (const { what, why } of reading.skipped) skipped.push({ file, what, why });
      names.set(file, inRows);
      files.push({
        file,
        format: reading.format,
        version: reading.version,
        models: [...models],
        tasks: [...tasks].map(([task, facet]) => ({ task, facet })),
        rows: rows.length - before,
        skipped:
          reading.readings.length -
          (rows.length - before) +
          reading.skipped.reduce((sum, { count }) => sum + (count ?? 1), 0),
        scale: reading.scale,
        notes: reading.notes,
      });
    }
    const groups = [...names.values(), new Set(this.#options.knownModels ?? [])];
    return { rows, skipped, files, matches: proposeMatches(groups) };
  }
}

/** A result with the model and task of its Inspect eval, where it names none itself. */
function joined(
  result: Reading,
  evals: ReadonlyMap<string, { readonly model: string; readonly task: string }>,
): Reading {
  const found = result.model === "" && result.evalId !== undefined ? evals.get(result.evalId) : undefined;
  return found === undefined ? result : { ...result, model: found.model, task: found.task };
}

/** A run's own summary goes first, then tables made of it, then its samples: each says the same again. */
function summariesFirst(a: { readonly reading: FileReading }, b: { readonly reading: FileReading }): number {
  return rank(a.reading) - rank(b.reading);
}

function rank({ format }: FileReading): number {
  return ["Inspect evals table", "lm-eval samples", "Inspect samples table"].indexOf(format);
}

function scoreRow(
  file: string,
  model: string,
  facet: string,
  { task, isFacet, metric, score, n }: Reading,
): ScoreRow {
  const source = isFacet ? file : `${file}: ${task}, ${metric}`;
  return { model, facet, score, ...(n === undefined ? {} : { n }), source };
}
