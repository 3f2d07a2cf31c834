import { shortText } from "../../shared/escape.js";
import { isObject, parsedJson } from "../../shared/json.js";
import { listed } from "../../shared/text.js";
import type { FileReport } from "../readers/fileReport.js";
import { readOpenCompassSummary } from "../readers/runs/openCompass.js";
import type { ByteSource } from "../sources/index.js";
import {
  firstText,
  latin1Source,
  NotUtf8,
  readJson,
  readJsonLines,
  UnreadableFile,
} from "../sources/index.js";
import { otherMetrics, rolesOf } from "./heads.js";
import { readEvalsTable, readSamplesTable } from "./inspectTables.js";
import { cellsIn, jsonTable, shortNames } from "./jsonTable.js";
import { markdownTable } from "./markdownTable.js";
import { bfclRows, liveBenchRows, longRows, promptfooRows } from "./rowReaders.js";
import { ScoreTable, type RowReader, type TableOptions } from "./scoreTable.js";
import { csvTable, type Table } from "./table.js";
import { isWideTable, readWideTable } from "./wideTable.js";
import { workbookTable } from "./workbook.js";
import type { ExternalFormat } from "../types.js";

/** A table without the columns it needs: an error where the reader named the file. */
export class MissingColumns extends UnreadableFile {}

interface TableFormat {
  readonly fits: (columns: readonly string[]) => boolean;
  readonly read: (table: Table, options: TableOptions) => Promise<FileReport>;
}

const byColumns =
  (...names: readonly string[]): TableFormat["fits"] =>
  (columns) =>
    names.every((name) => columns.includes(name));
/** @param format Of a table whose columns are a tool's own; else how its rows are written. */
const byRows = (reader: RowReader, format?: ExternalFormat): TableFormat => ({
  fits: (columns) => reader(columns, "") !== null,
  async read(table, options) {
    const scores = new ScoreTable(format ?? table.format, options, table.decimalComma);
    const take = reader(table.columns, table.preamble)!;
    await table.read((cells, row) => {
      for (const one of take(cells)) scores.add(row, one);
    }, scores.report.skipRow);
    const report = scores.judged();
    const left = format === undefined ? otherMetrics(table.columns) : [];
    if (left.length > 0) report.notes.push(`One score a row is taken, and left out: ${listed(left, 6)}.`);
    return report;
  },
});

/** The tables that are known, by their heads: the first that fits reads the file. */
const TABLES: readonly TableFormat[] = [
  { fits: byColumns("eval_id", "model", "task_name", "status"), read: readEvalsTable },
  { fits: byColumns("eval_id", "id", "epoch"), read: readSamplesTable },
  { fits: byColumns("dataset", "version", "metric", "mode"), read: readOpenCompassSummary },
  byRows(longRows),
  byRows(bfclRows, "BFCL table"),
  byRows(liveBenchRows, "LiveBench table"),
  byRows(promptfooRows, "promptfoo table"),
  { fits: isWideTable, read: readWideTable },
];

const isHeads = (columns: readonly string[]): boolean => TABLES.some(({ fits }) => fits(columns));

async function readTable(table: Table, options: TableOptions): Promise<FileReport> {
  const known = TABLES.find(({ fits }) => fits(table.columns));
  if (known !== undefined) {
    const report = await known.read(table, options);
    if (table.note !== undefined) report.notes.push(table.note);
    return report;
  }
  const roles = rolesOf(table.columns);
  const lacking = (["model", "facet", "score"] as const).filter(
    (name) => !roles.has(name) && !(name === "facet" && roles.has("task")),
  );
  const shown = table.columns.slice(0, 20).map((column) => shortText(column, 40));
  throw new MissingColumns(
    `lacks ${lacking.join(", ")}; its columns are ${shown.join(", ")}. ` +
      "Rename its columns to model, facet, score, or to model and a facet each",
  );
}

/**
 * Reads the table in a text file: split by a delimiter, or Markdown. Text that is not UTF-8 is read as Windows-1252, and
 * a note says so.
 *
 * @throws MissingColumns where it has no columns that are known; UnreadableFile where it is no table.
 */
export async function readTextTable(source: ByteSource, options: TableOptions): Promise<FileReport> {
  try {
    const table = (await markdownTable(source, isHeads)) ?? (await csvTable(source, isHeads));
    if (table.columns.length < 2 && !/\.[ct]sv$/i.test(source.name))
      throw new UnreadableFile("no table, JSON or archive of evals: give a CSV of model, facet, score");
    return await readTable(table, options);
  } catch (error) {
    const latin1 = error instanceof NotUtf8 ? await latin1Source(source) : null;
    if (latin1 === null) throw error;
    const report = await readTextTable(latin1, options);
    report.notes.push("Not UTF-8: read as Windows-1252; check names with accents.");
    return report;
  }
}

/** Reads the first sheet of an Excel workbook that holds a table. @throws UnreadableFile where none does. */
export async function readWorkbook(source: ByteSource, options: TableOptions): Promise<FileReport> {
  const table = await workbookTable(source.name, isHeads);
  if (table === null)
    throw new UnreadableFile("no sheet of model, facet and score in it: save that as .xlsx or CSV");
  return readTable(table, options);
}

/**
 * Reads rows in a JSON file: objects line by line, in bounded memory, or in one value. Null where it holds none known.
 *
 * @param keys Those of the file's first value.
 */
export async function readJsonTable(
  source: ByteSource,
  keys: readonly string[],
  options: TableOptions,
): Promise<FileReport | null> {
  const head = await firstText(source);
  const [first = "", second = ""] = head.split("\n", 2);
  const lines = linesTable(source, head, keys);
  // A first line that is longer than what is looked at may be the first of many.
  // As Python writes them, lines may hold NaN.
  const isLine = isObject(parsedJson(first.replaceAll(/:\s*(?:NaN|-?Infinity)\b/g, ":0")));
  const isLines = second.trim() === "" ? parsedJson(first) === undefined : isLine;
  const isTable = isLines && isHeads(lines.columns);
  if (isLines && !isTable && second.trim() !== "") return null;
  const table = isTable ? lines : jsonTable(await readJson(source, "all"), isHeads);
  return table === null ? null : readTable(table, options);
}

/** Lines of JSON as a table, whose columns are the keys of those in the file's beginning. */
function linesTable(source: ByteSource, head: string, keys: readonly string[]): Table {
  const values = head.split("\n", 1000).map(parsedJson).filter(isObject);
  const paths = [...new Set([...keys, ...values.flatMap((value) => [...cellsIn(value).keys()])])];
  const read: Table["read"] = (onRow, onBad) => {
    const take = (value: unknown, line: number): void => {
      const cells = isObject(value) ? cellsIn(value) : null;
      if (cells === null) onBad(line, "not an object");
      else
        onRow(
          paths.map((path) => cells.get(path) ?? ""),
          line,
        );
    };
    return readJsonLines(source, take, onBad);
  };
  return { format: "JSON lines", columns: shortNames(paths), preamble: "", decimalComma: false, read };
}
