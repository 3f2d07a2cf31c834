import { shortText } from "../../shared/escape.js";
import { SIMULATED_PANEL } from "../../shared/provenance.js";
import type { ExternalFormat } from "../types.js";
import { FileReport, type ReportedScore } from "./fileReport.js";
import { fromPercent, ScaleCensus, scoreCell } from "./scoreCell.js";

/** A row as its file has it; "" for what it does not say. */
export interface WrittenRow {
  readonly model: string;
  readonly facet: string;
  readonly score: string;
  readonly n: string;
  /** Who answered. */
  readonly provider: string;
  /** Whether the file marks the row as simulated. */
  readonly simulated: boolean;
}

/** A row whose score is as written until the table's scale is known. */
interface TableScore extends ReportedScore {
  score: number;
  /** Written with a percent sign. */
  readonly marked: boolean;
  /** The row's number in its file, from 1. */
  readonly record: number;
  /** A number for its model and facet. */
  readonly pair: number;
}

/**
 * Gathers the rows of a plain table, judging each, and then the table as a whole: its scale, and whether equal rows are
 * repeats.
 */
export class ScoreTable {
  readonly #report: FileReport;
  readonly #decimalComma: boolean;
  readonly #census = new ScaleCensus();
  readonly #rows: TableScore[] = [];
  readonly #names = new Map<string, { readonly name: string; readonly id: number }>();

  /** @param decimalComma Whether "0,5" is one half. */
  constructor(format: ExternalFormat, decimalComma = false) {
    this.#report = new FileReport(format);
    this.#decimalComma = decimalComma;
  }

  /** @param record The row's number in its file, from 1. */
  add(record: number, row: WrittenRow): void {
    const cell = scoreCell(row.score, this.#decimalComma);
    const fault = nameFault(row) ?? ("why" in cell ? cell.why : null);
    if (fault !== null || "why" in cell) {
      this.#report.skip(rowName(record, row.model, row.facet), fault ?? "");
      return;
    }
    const { value: score, marked } = cell;
    this.#census.add(score, marked);
    const [model, facet] = [this.#known(row.model), this.#known(row.facet)];
    const pair = model.id * 2 ** 26 + facet.id;
    const simulated = row.simulated || row.provider === SIMULATED_PANEL;
    const n = row.n === "" ? null : Number(row.n);
    this.#rows.push({
      model: model.name,
      task: facet.name,
      isFacet: true,
      metric: "score",
      score,
      n,
      simulated,
      marked,
      record,
      pair,
    });
  }

  /** A line that holds no row. */
  skip(record: number, why: string): void {
    this.#report.skip(`row ${record}`, why);
  }

  report(): FileReport {
    const { scale, mixed, note } = this.#census.decide();
    const counts = new Map<number, number>();
    for (const { pair } of this.#rows) counts.set(pair, (counts.get(pair) ?? 0) + 1);
    const repeated = [...counts.values()].filter((count) => count > 1).length;
    // Most pairs of model and facet stand once in a table of means; in one of single items they repeat.
    const isOfMeans = repeated < counts.size / 2;
    const met = new Set<string>();
    for (const row of this.#rows) {
      const { model, task, score: written, marked, record, pair } = row;
      const isUnclear = mixed && !marked && written > 0 && written <= 1;
      if (marked || scale === "percent") row.score = fromPercent(written);
      const key = isOfMeans ? `${pair} ${row.score}` : "";
      const why = isUnclear
        ? `mixed scales: ${written} may be a fraction or percent`
        : met.has(key)
          ? "the same model, facet and score stand above"
          : null;
      if (why !== null) this.#report.skip(rowName(record, model, task), why);
      else this.#report.add(row);
      if (why === null && isOfMeans) met.add(key);
    }
    this.#report.scale = scale;
    if (note !== null) this.#report.notes.push(note);
    if (isOfMeans && repeated > 0)
      this.#report.notes.push(`Pairs of model and facet that stand more than once: ${repeated}.`);
    return this.#report;
  }

  /** A name's own copy: a cell is a slice of the chunk it was cut from, and would keep all of that in memory. */
  #known(name: string): { readonly name: string; readonly id: number } {
    let known = this.#names.get(name);
    if (known === undefined) {
      known = { name: Buffer.from(name).toString(), id: this.#names.size };
      this.#names.set(known.name, known);
    }
    return known;
  }
}

/** What is wrong with a row's names, or null. */
function nameFault({ model, facet }: WrittenRow): string | null {
  if (model === "" || facet === "") return `no ${model === "" ? "model" : "facet"}`;
  return isFormula(model) || isFormula(facet) ? "a spreadsheet formula where a name should be" : null;
}

/** What a spreadsheet would run: "=cmd…", or a sign followed by something that is called. "@cf/meta/llama" is a name. */
function isFormula(name: string): boolean {
  return /^=|^[+\-@\t\r].*[(|!]/s.test(name);
}

function rowName(record: number, model: string, facet: string): string {
  return `row ${record} (${shortText(model, 60)}, ${shortText(facet, 60)})`;
}
