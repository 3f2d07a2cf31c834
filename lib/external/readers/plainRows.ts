import { isObject, valueAt } from "../../shared/json.js";
import type { ByteSource } from "../sources/byteSource.js";
import { readCsv } from "../sources/readCsv.js";
import { readJsonLines } from "../sources/readJson.js";
import type { FileReport } from "./fileReport.js";
import { ScoreTable, type WrittenRow } from "./scoreTable.js";

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

/** Whether the first of a file's JSON lines, with these keys, is a row as `exportRows` writes it. */
export function isRowLines(keys: ReadonlySet<string>): boolean {
  return NEEDED.every((key) => keys.has(key));
}

/** Reads a table with the columns model, facet, score and, where it stands, n. Other columns are passed over. */
export async function readPlainCsv(source: ByteSource): Promise<FileReport> {
  let table = new ScoreTable("CSV");
  await readCsv(source, ({ columns, delimiter }) => {
    table = new ScoreTable("CSV", delimiter === ";");
    const names = columns.map((column) => column.toLowerCase());
    return (cells, record) =>
      table.add(
        record,
        writtenRow((key) => unescaped(cells[names.indexOf(key)])),
      );
  });
  return table.report();
}

/** Reads rows that are JSON objects, one a line: those of a plain table in another dress. */
export async function readRowLines(source: ByteSource): Promise<FileReport> {
  const table = new ScoreTable("JSON lines");
  await readJsonLines(
    source,
    (value, line) => {
      if (isObject(value))
        table.add(
          line,
          writtenRow((key) => valueAt(value, key)),
        );
      else table.skip(line, "not an object");
    },
    (line, why) => table.skip(line, why),
  );
  return table.report();
}

function writtenRow(valueOf: (key: string) => unknown): WrittenRow {
  return {
    model: scalarText(valueOf("model")),
    facet: scalarText(valueOf("facet")),
    score: scalarText(valueOf("score")),
    n: scalarText(valueOf("n")),
    provider: scalarText(valueOf("provider")),
    simulated: scalarText(valueOf("simulated")),
  };
}

/** Text, numbers and booleans as a table has them; "" for what a table cannot hold. */
function scalarText(value: unknown): string {
  return value === undefined || typeof value === "object" ? "" : String(value).trim();
}

/** Undoes the quote that `exportRows` and spreadsheets put before what starts like a formula. */
function unescaped(cell = ""): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
