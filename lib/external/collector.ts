import type { ScoreRow } from "../shared/types.js";
import { facetChooser } from "./facets.js";
import { proposeMatches, Renamer } from "./models.js";
import type { FileReading, Reading } from "./reading.js";
import { Repeats } from "./repeats.js";
import type { ExternalEvals, ExternalFile, ExternalOptions, Skipped } from "./types.js";

interface ReadFile {
  readonly file: string;
  readonly reading: FileReading;
}

/** Gathers what files say into rows: facets settled, names agreed, repeats left out. */
export class Collector {
  readonly #chooseFacet;
  readonly #renamer: Renamer;
  readonly #known: readonly string[];
  readonly #read: ReadFile[] = [];
  readonly #rows: ScoreRow[] = [];
  readonly #skipped: Skipped[] = [];
  readonly #files: ExternalFile[] = [];
  readonly #repeats = new Repeats();
  /** Models and tasks of Inspect's evals, by their names. */
  readonly #evals = new Map<string, { readonly model: string; readonly task: string }>();

  constructor({ facetOf, sameModel, knownModels }: ExternalOptions) {
    this.#chooseFacet = facetChooser(facetOf);
    this.#renamer = new Renamer(sameModel);
    this.#known = knownModels ?? [];
  }

  /** A path that could not be read. */
  skip(file: string, why: string): void {
    this.#skipped.push({ file, what: "file", why });
  }

  add(file: string, reading: FileReading): void {
    this.#read.push({ file, reading });
    this.#renamer.meet(reading.readings);
    for (const one of reading.evals ?? []) this.#evals.set(one.id, one);
  }

  /** All rows, once every file is added: names and repeats are settled among them all. */
  result(): ExternalEvals {
    const modelsOfRows = this.#read.toSorted(summariesFirst).map((one) => this.#take(one));
    return {
      rows: this.#rows,
      skipped: [...this.#skipped, ...this.#renamer.unused()],
      files: this.#files,
      matches: proposeMatches([...modelsOfRows, new Set(this.#known)]),
    };
  }

  /** Takes a file's results; returns the models of its rows. */
  #take({ file, reading }: ReadFile): ReadonlySet<string> {
    const { format, version, scale } = reading;
    const named = (reading.evals ?? []).map(({ model }) => model).filter((model) => model !== "");
    const models = new Set(named);
    const inRows = new Set<string>();
    const tasks = new Map<string, string>();
    const refused = new Map<string, Skipped>();
    const wholeFile = this.#repeats.sameAs(file, reading);
    let rows = 0;
    for (const stated of reading.readings) {
      const result = this.#joined(stated);
      const model = this.#renamer.nameOf(result);
      if (model !== "") models.add(model);
      const choice =
        wholeFile === null ? this.#judge(result) : { why: `the same rows are taken from ${wholeFile}` };
      if ("why" in choice) {
        const what = wholeFile === null ? result.task || `eval ${result.evalId}` : "file";
        refused.set(`${what}\0${choice.why}`, { file, what, why: choice.why });
        continue;
      }
      this.#repeats.take(file, result);
      this.#rows.push(scoreRow(file, model, choice.facet, result));
      rows += 1;
      tasks.set(result.task, choice.facet);
      inRows.add(model);
    }
    this.#skipped.push(...refused.values(), ...reading.skipped.map(({ what, why }) => ({ file, what, why })));
    const unread = reading.skipped.reduce((sum, { count }) => sum + (count ?? 1), 0);
    this.#files.push({
      file,
      format,
      version,
      scale,
      notes: [...reading.notes, ...simulatedNotes(reading)],
      rows,
      models: [...models],
      tasks: [...tasks].map(([task, facet]) => ({ task, facet })),
      skipped: reading.readings.length - rows + unread,
    });
    return inRows;
  }

  /** A result's facet, or why it is not taken. */
  #judge(result: Reading): { readonly facet: string } | { readonly why: string } {
    const earlier = this.#repeats.earlier(result);
    if (earlier !== null) return { why: `the same result is taken from ${earlier}` };
    if (result.model === "") return { why: "names no model: load its log or evals table with it" };
    const choice = this.#chooseFacet(result);
    return choice.facet === null ? { why: choice.why } : choice;
  }

  /** A result with the model and task of its Inspect eval, where it names none itself. */
  #joined(result: Reading): Reading {
    if (result.model !== "" || result.evalId === undefined) return result;
    const found = this.#evals.get(result.evalId);
    return found === undefined ? result : { ...result, model: found.model, task: found.task };
  }
}

/** A run's own summary goes first, then tables made of it, then its samples: each says the same again. */
function summariesFirst(a: ReadFile, b: ReadFile): number {
  return rank(a.reading) - rank(b.reading);
}

function rank({ format }: FileReading): number {
  return ["Inspect evals table", "lm-eval samples", "Inspect samples table"].indexOf(format);
}

/** A simulated number says so wherever it appears. */
function simulatedNotes({ readings }: FileReading): readonly string[] {
  const count = readings.filter(({ simulated }) => simulated).length;
  return count === 0 ? [] : [`Simulated: ${count} of ${readings.length} scores.`];
}

function scoreRow(
  file: string,
  model: string,
  facet: string,
  { task, isFacet, metric, score, n, simulated }: Reading,
): ScoreRow {
  const source = isFacet ? file : `${file} · ${task}, ${metric}`;
  const ofPanel = simulated === true ? { simulated } : {};
  return { model, facet, score, ...(n === undefined ? {} : { n }), source, ...ofPanel };
}
