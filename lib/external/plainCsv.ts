import { readCsv } from "./readCsv.js";
import type { FileReading, Reading } from "./reading.js";
import { fromPercent, scoreCell, ScaleCensus, type ScaleDecision } from "./scale.js";
import { SkipLog } from "./skipLog.js";
import type { ByteSource } from "./textChunks.js";

const NEEDED = ["model", "facet", "score"] as const;

/** Whether a table with these columns is a plain one of scores. */
export function isPlainCsv(columns: readonly string[]): boolean {
  return missingColumns(columns).length === 0;
}

/** Needed columns that a table has not, whatever their case. */
export function missingColumns(columns: readonly string[]): readonly string[] {
  const have = new Set(columns.map((column) => column.toLowerCase()));
  return NEEDED.filter((column) => !have.has(column));
}

/** Reads a table with the columns model, facet, score and, where it stands, n. Other columns are passed over. */
export async function readPlainCsv(source: ByteSource): Promise<FileReading> {
  const table = new ScoreColumns();
  const census = new ScaleCensus();
  const skips = new SkipLog();
  await readCsv(source, ({ columns, delimiter }) => {
    const at = new Map(columns.map((column, index) => [column.toLowerCase(), index] as const).toReversed());
    const cell = (cells: readonly string[], column: string): string =>
      cells[at.get(column) ?? -1]?.trim() ?? "";
    return (cells, record) => {
      const model = unescapeFormula(cell(cells, "model"));
      const facet = unescapeFormula(cell(cells, "facet"));
      const written = cell(cells, "score");
      const score = scoreCell(written, delimiter === ";");
      const what = `row ${record} (${shorten(model)}, ${shorten(facet)})`;
      if (model === "" || facet === "") skips.add(what, `no ${model === "" ? "model" : "facet"}`);
      else if (isFormula(model) || isFormula(facet))
        skips.add(what, "a spreadsheet formula where a name should be");
      else if (score.kind === "missing") skips.add(what, `no score: "${shorten(written)}"`);
      else if (score.kind === "not-a-number")
        skips.add(what, `the score is not a number: "${shorten(written)}"`);
      else if (score.value < 0 || score.value > 100)
        skips.add(what, `score ${written} lies outside 0 to 100`);
      else {
        census.add(score.value, score.marked);
        table.add(model, facet, score.value, score.marked, Number(cell(cells, "n") || Number.NaN), record);
      }
    };
  });
  const decision = census.decide();
  const readings = [...table.readings(decision, skips)];
  const notes = [decision.note, table.conflictNote()].filter((note) => note !== null);
  return { format: "CSV", version: null, scale: decision.scale, readings, skipped: skips.entries(), notes };
}

/** The table's columns as arrays: a million rows must not take a million objects twice. */
class ScoreColumns {
  readonly #names = new Map<string, string>();
  readonly #models: string[] = [];
  readonly #facets: string[] = [];
  readonly #scores: number[] = [];
  readonly #marked: boolean[] = [];
  readonly #ns: number[] = [];
  readonly #records: number[] = [];
  /** Scores met for each model and facet. */
  readonly #met = new Map<string, number>();

  add(model: string, facet: string, score: number, marked: boolean, n: number, record: number): void {
    this.#models.push(this.#intern(model));
    this.#facets.push(this.#intern(facet));
    this.#scores.push(score);
    this.#marked.push(marked);
    this.#ns.push(n);
    this.#records.push(record);
    const pair = pairKey(model, facet);
    this.#met.set(pair, (this.#met.get(pair) ?? 0) + 1);
  }

  /** A copy of its own: a cell is a slice of the chunk it was cut from, and would keep all of it in memory. */
  #intern(name: string): string {
    let own = this.#names.get(name);
    if (own === undefined) this.#names.set((own = Buffer.from(name).toString()), own);
    return own;
  }

  /** A table of means, most of whose model and facet pairs stand once; otherwise one of single items, which repeat. */
  #isTableOfMeans(): boolean {
    let once = 0;
    for (const count of this.#met.values()) if (count === 1) once += 1;
    return once > this.#met.size / 2;
  }

  *readings(decision: ScaleDecision, skips: SkipLog): Generator<Reading> {
    const ofMeans = this.#isTableOfMeans();
    const taken = new Set<string>();
    for (const [i, written] of this.#scores.entries()) {
      const model = this.#models[i]!;
      const facet = this.#facets[i]!;
      const what = `row ${this.#records[i]} (${shorten(model)}, ${shorten(facet)})`;
      const percent = this.#marked[i] === true || decision.scale === "percent";
      const score = percent ? fromPercent(written) : written;
      const identity = `${pairKey(model, facet)}\0${score}`;
      if (decision.mixed && !this.#marked[i] && written > 0 && written <= 1) {
        skips.add(what, `mixed scales: ${written} may be a fraction or percent`);
      } else if (ofMeans && taken.has(identity))
        skips.add(what, "the same model, facet and score stand above");
      else {
        if (ofMeans) taken.add(identity);
        const n = this.#ns[i]!;
        yield { model, task: facet, isFacet: true, metric: "score", score, ...(n > 0 ? { n } : {}) };
      }
    }
  }

  /** A warning where a table of means gives one model several scores of a facet. */
  conflictNote(): string | null {
    if (!this.#isTableOfMeans()) return null;
    let repeated = 0;
    for (const count of this.#met.values()) if (count > 1) repeated += 1;
    return repeated === 0 ? null : `${repeated} model and facet pairs stand more than once`;
  }
}

function pairKey(model: string, facet: string): string {
  return `${model}\0${facet}`;
}

/** What a spreadsheet would run: "=cmd…", or a sign followed by something that is called. "@cf/meta/llama" is a name. */
function isFormula(name: string): boolean {
  return /^=|^[+\-@\t\r].*[(|!]/s.test(name);
}

/** Undoes the quote that `exportRows` and spreadsheets put before a name that starts like a formula. */
function unescapeFormula(name: string): string {
  return /^'[=+\-@\t\r]/.test(name) ? name.slice(1) : name;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
