import { isSimulated } from "../../shared/provenance.js";

/** What a table room's DataFrame looks like from outside: danfojs has exactly this. */
export interface FrameData {
  readonly columns: readonly string[];
  /** One array a row, in the order of `columns`. */
  readonly values: unknown;
}

/** Anything that can be shown as a table. */
export type TableData = FrameData | readonly object[];

/** A table's content with its shape checked. */
export interface TableContent {
  /** Without "simulated", where that says the same of all rows. */
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Some row comes from the simulated panel, or would if there were any. */
  readonly isSimulated: boolean;
}

/**
 * Columns and rows of a frame or of records. Records may differ in their keys: the columns are all keys in the
 * order they first occur, and what a record lacks is undefined.
 *
 * @param caller Named in the errors.
 * @param required Columns that must be there, unless the table is altogether empty.
 * @throws TypeError when it is neither, or when a row's length differs from the number of columns.
 * @throws RangeError when a required column is not there, naming those that are.
 */
export function tableContent(
  data: TableData,
  caller: string,
  required: readonly string[] = [],
): TableContent {
  const { columns, rows } = Array.isArray(data) ? recordsOf(data) : frameOf(data as FrameData, caller);
  const missing = required.filter((name) => columns.length > 0 && !columns.includes(name));
  if (missing.length > 0)
    throw new RangeError(
      `${caller}: no column ${missing.join(", ")}; the columns are ${columns.join(", ")}.`,
    );
  const isMixed = rows.some((row) => row["simulated"] !== true);
  return {
    columns: isMixed ? columns : columns.filter((name) => name !== "simulated"),
    rows,
    isSimulated: isSimulated(rows) || (rows.length === 0 && columns.includes("simulated")),
  };
}

function recordsOf(data: readonly object[]): Pick<TableContent, "columns" | "rows"> {
  // A copy without a prototype: what a record lacks is undefined, be it called "constructor".
  const rows = data.map((record) => withoutPrototype(Object.entries(record)));
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
}

function frameOf(data: FrameData, caller: string): Pick<TableContent, "columns" | "rows"> {
  const { columns, values } = (data ?? {}) as Partial<FrameData>;
  if (!Array.isArray(columns) || !Array.isArray(values))
    throw new TypeError(`${caller}: got ${typeof data}; give a DataFrame or an array of records.`);
  const names = columns.map(String);
  const rows = (values as unknown[]).map((row, i) => {
    // danfojs gives a frame of one column a flat array.
    const cells: readonly unknown[] = Array.isArray(row) ? row : [row];
    if (cells.length === names.length) return withoutPrototype(names.map((name, k) => [name, cells[k]]));
    const which = `row ${i} has ${cells.length} values`;
    throw new TypeError(`${caller}: ${which}, but there are ${names.length} columns (${names.join(", ")}).`);
  });
  return { columns: names, rows };
}

function withoutPrototype(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const record = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of entries) record[key] = value;
  return record;
}

/** A cell's text; "" when it is missing. */
export function textIn(row: Readonly<Record<string, unknown>>, column: string): string {
  return String(row[column] ?? "");
}
