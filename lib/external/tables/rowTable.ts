import type { FileReport } from "../readers/fileReport.js";
import type { ExternalFormat } from "../types.js";
import { ScoreTable, type ScoreCells, type TableOptions } from "./scoreTable.js";
import type { Table } from "./table.js";

/** What takes the scores from a row of a table with these columns, under that text; null for a table of another kind. */
export type RowReader = (
  columns: readonly string[],
  preamble: string,
) => ((cells: readonly string[]) => readonly ScoreCells[]) | null;

/** Reads a table row by row. @param format Of a table whose columns are a tool's own; else how the rows are written. */
export async function readRows(
  table: Table,
  reader: RowReader,
  options: TableOptions,
  format: ExternalFormat = table.format,
): Promise<FileReport> {
  const scores = new ScoreTable(format, options, table.decimalComma);
  const take = reader(table.columns, table.preamble)!;
  await table.read((cells, row) => {
    for (const one of take(cells)) scores.add(row, one);
  }, scores.report.skipRow);
  return scores.judged();
}
