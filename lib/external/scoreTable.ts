import type { FileReading, Reading } from "./reading.js";
import { fromPercent, scoreCell, ScaleCensus, type Cell, type ScaleDecision } from "./scale.js";
import { SkipLog } from "./skipLog.js";
import type { ExternalFormat } from "./types.js";

/** The provider that our own rows name for a simulated model. */
export const SIMULATED_PROVIDER = "Simulated panel";

/** A row as its file has it, with its number from 1. */
export interface WrittenRow {
  readonly record: number;
  readonly model: string;
  readonly facet: string;
  readonly score: string;
  readonly n: string;
  /** Who answered, where the file tells. */
  readonly provider: string;
  /** "true" where the file marks the row as simulated. */
  readonly simulated: string;
}

/**
 * Gathers the rows of a plain table, judging each, and then the table as a whole: its scale, and whether equal rows are
 * repeats. Columns are arrays here, because a million rows must not take a million objects twice.
 */
export class ScoreTable {
  readonly #decimalComma: boolean;
  readonly #skips = new SkipLog();
  readonly #census = new ScaleCensus();
  readonly #names: string[] = [];
  readonly #idOfName = new Map<string, number>();
  readonly #models: number[] = [];
  readonly #facets: number[] = [];
  readonly #scores: number[] = [];
  readonly #marked: boolean[] = [];
  readonly #ns: number[] = [];
  readonly #records: number[] = [];
  /** Rows that the simulated panel answered. */
  readonly #simulated = new Set<number>();

  /** @param decimalComma Whether "0,5" is one half. */
  constructor(decimalComma = false) {
    this.#decimalComma = decimalComma;
  }

  add(row: WrittenRow): void {
    const cell = scoreCell(row.score, this.#decimalComma);
    const why = rowFault(row) ?? cellFault(cell, row.score);
    if (why !== null || cell.kind !== "number") {
      this.#skips.add(rowName(row.record, row.model, row.facet), why ?? "");
      return;
    }
    if (row.provider === SIMULATED_PROVIDER || row.simulated === "true")
      this.#simulated.add(this.#scores.length);
    this.#census.add(cell.value, cell.marked);
    this.#models.push(this.#nameId(row.model));
    this.#facets.push(this.#nameId(row.facet));
    this.#scores.push(cell.value);
    this.#marked.push(cell.marked);
    this.#ns.push(row.n === "" ? Number.NaN : Number(row.n));
    this.#records.push(row.record);
  }

  /** A line that holds no row. */
  skip(record: number, why: string): void {
    this.#skips.add(`row ${record}`, why);
  }

  reading(format: ExternalFormat): FileReading {
    const decision = this.#census.decide();
    const pairs = this.#pairs();
    const ofMeans = isTableOfMeans(pairs);
    const readings = [...this.#readings(decision, ofMeans)];
    const repeated = ofMeans ? [...pairs.values()].filter((count) => count > 1).length : 0;
    const conflict =
      repeated === 0 ? null : `Pairs of model and facet that stand more than once: ${repeated}.`;
    const notes = [decision.note, conflict].filter((note) => note !== null);
    return { format, version: null, scale: decision.scale, readings, skipped: this.#skips.entries(), notes };
  }

  *#readings(decision: ScaleDecision, ofMeans: boolean): Generator<Reading> {
    const taken = new Set<string>();
    for (const [i, written] of this.#scores.entries()) {
      const model = this.#names[this.#models[i]!]!;
      const task = this.#names[this.#facets[i]!]!;
      const isPercent = this.#marked[i] === true || decision.scale === "percent";
      const score = isPercent ? fromPercent(written) : written;
      const identity = ofMeans ? `${this.#pair(i)} ${score}` : "";
      const isUnclear = decision.mixed && this.#marked[i] === false && written > 0 && written <= 1;
      if (isUnclear || (ofMeans && taken.has(identity))) {
        const why = isUnclear
          ? `mixed scales: ${written} may be a fraction or percent`
          : "the same model, facet and score stand above";
        this.#skips.add(rowName(this.#records[i]!, model, task), why);
        continue;
      }
      if (ofMeans) taken.add(identity);
      const n = this.#ns[i]!;
      const simulated = this.#simulated.has(i) ? ({ simulated: true } as const) : {};
      yield { model, task, isFacet: true, metric: "score", score, ...(n > 0 ? { n } : {}), ...simulated };
    }
  }

  /** How often each pair of model and facet stands. */
  #pairs(): ReadonlyMap<number, number> {
    const pairs = new Map<number, number>();
    for (const i of this.#scores.keys()) pairs.set(this.#pair(i), (pairs.get(this.#pair(i)) ?? 0) + 1);
    return pairs;
  }

  #pair(i: number): number {
    return this.#models[i]! * this.#names.length + this.#facets[i]!;
  }

  /** Keeps a copy of a name: a cell is a slice of the chunk it was cut from, and would keep all of that in memory. */
  #nameId(name: string): number {
    let id = this.#idOfName.get(name);
    if (id === undefined) {
      const own = Buffer.from(name).toString();
      id = this.#names.push(own) - 1;
      this.#idOfName.set(own, id);
    }
    return id;
  }
}

/** A table of means, most of whose model and facet pairs stand once; otherwise one of single items, which repeat. */
function isTableOfMeans(pairs: ReadonlyMap<number, number>): boolean {
  let once = 0;
  for (const count of pairs.values()) if (count === 1) once += 1;
  return once > pairs.size / 2;
}

/** What is wrong with a row's names, or null. */
function rowFault({ model, facet }: WrittenRow): string | null {
  if (model === "" || facet === "") return `no ${model === "" ? "model" : "facet"}`;
  return isFormula(model) || isFormula(facet) ? "a spreadsheet formula where a name should be" : null;
}

/** Why a cell gives no score, or null. */
function cellFault(cell: Cell, written: string): string | null {
  if (cell.kind === "missing") return `no score: "${shorten(written)}"`;
  if (cell.kind === "not-a-number") return `the score is not a number: "${shorten(written)}"`;
  return cell.value < 0 || cell.value > 100 ? `score ${written} lies outside 0 to 100` : null;
}

/** What a spreadsheet would run: "=cmd…", or a sign followed by something that is called. "@cf/meta/llama" is a name. */
function isFormula(name: string): boolean {
  return /^=|^[+\-@\t\r].*[(|!]/s.test(name);
}

function rowName(record: number, model: string, facet: string): string {
  return `row ${record} (${shorten(model)}, ${shorten(facet)})`;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
