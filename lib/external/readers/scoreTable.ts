import { shortText } from "../../shared/escape.js";
import { numberOf } from "../../shared/json.js";
import { SIMULATED_PANEL } from "../../shared/provenance.js";
import type { CellOf } from "../sources/readCsv.js";
import type { ExternalFormat, Scale } from "../types.js";
import { FileReport, type ReportedScore } from "./fileReport.js";

/** Cells that say "no score here". */
const MISSING = new Set(["", "n/a", "na", "nan", "null", "none", "-", "--", "?", "inf", "-inf", "+inf"]);

/** A score as written, from 0 to 100, with a percent sign (`marked`) or without; or why it is none. */
export type ScoreCell = { readonly value: number; readonly marked: boolean } | { readonly why: string };

/** @param decimalComma Read "0,5" as one half, as tables split by semicolons write it. */
export function scoreCell(text: string, decimalComma = false): ScoreCell {
  const trimmed = text.trim();
  if (MISSING.has(trimmed.toLowerCase())) return { why: `no score: "${shortText(text, 60)}"` };
  const marked = trimmed.endsWith("%");
  const digits = marked ? trimmed.slice(0, -1) : trimmed;
  const value = numberOf(decimalComma ? digits.replace(",", ".") : digits);
  if (value === null) return { why: `the score is not a number: "${shortText(text, 60)}"` };
  if (value < 0 || value > 100) return { why: `score ${shortText(text, 60)} lies outside 0 to 100` };
  return { value, marked };
}

/** A percentage as a fraction, exactly as written: 77.47 becomes 0.7747, which dividing by 100 misses. */
export function fromPercent(percent: number): number {
  const shifted = Number(`${percent}e-2`);
  return Number.isNaN(shifted) ? percent / 100 : shifted;
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

/** Gathers a plain table's rows, and then judges it as a whole: its scale, and whether equal rows are repeats. */
export class ScoreTable {
  readonly #report: FileReport;
  readonly #decimalComma: boolean;
  readonly #rows: TableScore[] = [];
  readonly #names = new Map<string, { readonly name: string; readonly id: number }>();

  /** @param decimalComma Whether "0,5" is one half. */
  constructor(format: ExternalFormat, decimalComma = false) {
    this.#report = new FileReport(format);
    this.#decimalComma = decimalComma;
  }

  /**
   * @param record The row's number in its file, from 1.
   * @param cell The row's text by column: model, facet, score, n, provider (who answered), simulated ("true").
   */
  add(record: number, cell: CellOf): void {
    const [modelName, facetName] = [cell("model"), cell("facet")];
    const written = scoreCell(cell("score"), this.#decimalComma);
    const fault = nameFault(modelName, facetName);
    if (fault !== null || "why" in written) {
      const why = "why" in written ? written.why : "";
      return this.#report.skip(rowName(record, modelName, facetName), fault ?? why);
    }
    const { value: score, marked } = written;
    const [{ name: model, id }, { name: task, id: facetId }] = [this.#own(modelName), this.#own(facetName)];
    const pair = id * 2 ** 26 + facetId;
    const n = numberOf(cell("n"));
    const simulated = cell("simulated") === "true" || cell("provider") === SIMULATED_PANEL;
    const [isFacet, metric] = [true, "score"];
    this.#rows.push({ model, task, isFacet, metric, score, n, simulated, marked, record, pair });
  }

  /** A line that holds no row. */
  skip(record: number, why: string): void {
    this.#report.skip(`row ${record}`, why);
  }

  report(): FileReport {
    const report = this.#report;
    const { scale, isMixed, note } = scaleOf(this.#rows);
    report.scale = scale;
    if (note !== null) report.notes.push(note);
    const counts = new Map<number, number>();
    for (const { pair } of this.#rows) counts.set(pair, (counts.get(pair) ?? 0) + 1);
    const repeated = [...counts.values()].filter((count) => count > 1).length;
    // Most pairs of model and facet stand once in a table of means; in one of single items they repeat.
    const isOfMeans = repeated < counts.size / 2;
    if (isOfMeans && repeated > 0)
      report.notes.push(`Pairs of model and facet that stand more than once: ${repeated}.`);
    const met = new Set<string>();
    for (const row of this.#rows) {
      const { score: written, marked, pair } = row;
      const isUnclear = isMixed && isSmall(row);
      if (marked || scale === "percent") row.score = fromPercent(written);
      const name = isOfMeans ? `${pair} ${row.score}` : "";
      const what = isUnclear || met.has(name) ? rowName(row.record, row.model, row.task) : "";
      if (isUnclear) report.skip(what, `mixed scales: ${written} may be a fraction or percent`);
      else if (met.has(name)) report.skip(what, "the same model, facet and score stand above");
      else report.add(row);
      if (isOfMeans && !isUnclear) met.add(name);
    }
    return report;
  }

  /** A name's own copy: a cell is a slice of the chunk it was cut from, and would keep all of that in memory. */
  #own(name: string): { readonly name: string; readonly id: number } {
    let own = this.#names.get(name);
    if (own === undefined) {
      own = { name: Buffer.from(name).toString(), id: this.#names.size };
      this.#names.set(own.name, own);
    }
    return own;
  }
}

/**
 * The scale of a file's unmarked numbers: all within [0, 1] are fractions, and one in (1, 100] makes the file percent.
 * It is mixed when more than one in twenty of its numbers may be meant as a fraction. "64.5%" is always 0.645.
 */
function scaleOf(rows: readonly TableScore[]): { scale: Scale; isMixed: boolean; note: string | null } {
  const bare = rows.filter(({ marked }) => !marked);
  const marked = rows.length - bare.length;
  if (!bare.some(({ score }) => score > 1)) {
    const note = bare.length > 0 && marked > 0 ? `Scores with a % sign beside fractions: ${marked}.` : null;
    return { scale: bare.length === 0 && marked > 0 ? "percent" : "fraction", isMixed: false, note };
  }
  const small = bare.filter(isSmall).length;
  const isMixed = small > 0.05 * bare.length;
  const few = small > 0 ? `Read as percent, although numbers lie in (0, 1]: ${small}.` : null;
  const note = isMixed ? "Mixed scales: read as percent, and numbers in (0, 1] left out." : few;
  return { scale: "percent", isMixed, note };
}

/** Whether the number may be a fraction. */
function isSmall({ score, marked }: TableScore): boolean {
  return !marked && score > 0 && score <= 1;
}

/** What is wrong with a row's names, or null. */
function nameFault(model: string, facet: string): string | null {
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
