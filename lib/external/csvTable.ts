import { readCsv } from "./readCsv.js";
import type { ByteSource } from "./textChunks.js";

/** A record's cell by its column's name, trimmed; "" where the table has no such column. */
export type CellOf = (column: string) => string;

/** Reads a table whose columns are known by name, record by record, in bounded memory. */
export async function readCsvTable(
  source: ByteSource,
  onRecord: (cell: CellOf, record: number) => void,
): Promise<void> {
  await readCsv(source, ({ columns }) => {
    const at = new Map(columns.map((column, index) => [column, index] as const).toReversed());
    return (cells, record) => onRecord((column) => cells[at.get(column) ?? -1]?.trim() ?? "", record);
  });
}
