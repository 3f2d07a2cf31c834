import type { TableData } from "./frame.js";
import { tableContent } from "./frame.js";

/** A reader of one column of a table. */
export interface Columns {
  readonly length: number;
  /** Text of a cell; "" when it is missing. */
  text(row: number, column: string): string;
  /** Number in a cell; null when it is missing or no number. */
  number(row: number, column: string): number | null;
}

/**
 * Typed access to a table's cells by column name.
 *
 * @throws RangeError when a required column is not there, naming those that are.
 */
export function readColumns(data: TableData, required: readonly string[], caller: string): Columns {
  const { columns, rows } = tableContent(data, caller);
  const missing =
    rows.length === 0 && columns.length === 0 ? [] : required.filter((name) => !columns.includes(name));
  if (missing.length > 0) {
    throw new RangeError(
      `${caller}: no column ${missing.join(", ")}; the columns are ${columns.join(", ")}.`,
    );
  }
  const cell = (row: number, column: string): unknown => rows[row]?.[columns.indexOf(column)];
  return {
    length: rows.length,
    text(row, column) {
      const value = cell(row, column);
      return value === null || value === undefined ? "" : String(value);
    },
    number(row, column) {
      const value = cell(row, column);
      return typeof value === "number" && Number.isFinite(value) ? value : null;
    },
  };
}
