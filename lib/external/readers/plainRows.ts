import { isObject, valueAt } from "../../shared/json.js";
import { firstText, type ByteSource } from "../sources/byteSource.js";
import { delimiterOf, readCsvTable } from "../sources/readCsv.js";
import { readJsonLines } from "../sources/readJson.js";
import type { FileReport } from "./fileReport.js";
import { ScoreTable } from "./scoreTable.js";

/** Reads a table with the columns model, facet, score and, where it stands, n. Other columns are passed over. */
export async function readPlainCsv(source: ByteSource, columns: readonly string[]): Promise<FileReport> {
  const isSplitBySemicolons = delimiterOf(await firstText(source)) === ";";
  const table = new ScoreTable("CSV", isSplitBySemicolons);
  const named = new Map(columns.map((column) => [column.toLowerCase(), column] as const).toReversed());
  await readCsvTable(source, (cell, record) => {
    table.add(record, (column) => {
      const name = named.get(column);
      return name === undefined ? "" : unescaped(cell(name));
    });
  });
  return table.report();
}

/** Reads rows that are JSON objects, one a line: those of a plain table in another dress. */
export async function readRowLines(source: ByteSource): Promise<FileReport> {
  const table = new ScoreTable("JSON lines");
  await readJsonLines(
    source,
    (value, line) => {
      if (isObject(value)) table.add(line, (column) => scalarText(valueAt(value, column)));
      else table.skip(line, "not an object");
    },
    (line, why) => table.skip(line, why),
  );
  return table.report();
}

/** Text, numbers and booleans as a table has them; "" for what a table cannot hold. */
function scalarText(value: unknown): string {
  return value === undefined || typeof value === "object" ? "" : String(value).trim();
}

/** Undoes the quote that `exportRows` and spreadsheets put before what starts like a formula. */
function unescaped(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
