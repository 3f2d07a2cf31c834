/** What a table room's DataFrame looks like from outside: danfojs has exactly this. */
export interface Frame {
  readonly columns: readonly string[];
  /** One array a row, in the order of `columns`. */
  readonly values: unknown;
}

/** Anything that can be shown as a table. */
export type TableData = Frame | readonly object[];

/** A table's content with its shape checked. */
export interface TableContent {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/**
 * Columns and rows of a frame or of records. Records may differ in their keys: the columns are all keys in the
 * order they first occur, and what a record lacks is undefined.
 *
 * @param caller Named in the error.
 * @throws TypeError when it is neither, or when a row's length differs from the number of columns.
 */
export function tableContent(data: TableData, caller: string): TableContent {
  if (Array.isArray(data)) {
    const records = data as readonly Readonly<Record<string, unknown>>[];
    const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
    return {
      columns,
      rows: records.map((record) =>
        columns.map((column) => (Object.hasOwn(record, column) ? record[column] : undefined)),
      ),
    };
  }
  const { columns, values } = (data ?? {}) as Partial<Frame>;
  if (!Array.isArray(columns) || !Array.isArray(values)) {
    throw new TypeError(`${caller}: got ${typeof data}; give a DataFrame or an array of records.`);
  }
  const names = columns.map(String);
  // danfojs gives a frame of one column a flat array.
  const rows = (values as unknown[]).map((row) => (Array.isArray(row) ? (row as unknown[]) : [row]));
  const bad = rows.findIndex((row) => row.length !== names.length);
  if (bad >= 0) {
    throw new TypeError(
      `${caller}: row ${bad} has ${rows[bad]?.length ?? 0} values, but there are ${names.length} columns (${names.join(", ")}).`,
    );
  }
  return { columns: names, rows };
}
