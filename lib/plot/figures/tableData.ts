import { shownValue } from "../../shared/json.js";
import { isSimulated } from "../../shared/provenance.js";

/** What a table room's DataFrame looks like from outside: danfojs has exactly this. */
export interface FrameData {
  readonly columns: readonly string[];
  /** One array a row, in the order of `columns`. */
  readonly values: unknown;
}

/** Anything that can be shown as a table. */
export type TableData = FrameData | readonly object[];

/**
 * Columns and rows of a frame or of records, with the shape checked. Records may differ in their keys: the columns
 * are all keys in the order they first occur, and what a record lacks is undefined.
 *
 * @param caller Named in the errors.
 * @returns The columns without "simulated" where that says the same of all rows; `isSimulated` tells whether some row
 *   comes from the simulated panel, or would if there were any.
 * @throws TypeError when it is neither, or when a row's length differs from the number of columns.
 */
export function tableContent(data: TableData, caller: string) {
  const { names, cells } = Array.isArray(data) ? recordsOf(data) : frameOf(data as FrameData, caller);
  const rows = cells.map((row) => {
    // Without a prototype: what a record lacks is undefined, be it called "constructor".
    const record = Object.create(null) as Record<string, unknown>;
    for (const [name, value] of row) record[name] = value;
    return record;
  });
  const isMixed = rows.some((row) => row["simulated"] !== true);
  return {
    columns: names.filter((name) => isMixed || name !== "simulated"),
    rows,
    isSimulated: isSimulated(rows) || (rows.length === 0 && names.includes("simulated")),
  };
}

type Entry = readonly [name: string, value: unknown];

function recordsOf(data: readonly object[]) {
  const cells = data.map((record): readonly Entry[] => Object.entries(record));
  return { names: [...new Set(cells.flat().map(([name]) => name))], cells };
}

function frameOf(data: FrameData, caller: string) {
  const { columns, values } = Object(data) as FrameData;
  if (!Array.isArray(columns) || !Array.isArray(values))
    throw new TypeError(`${caller}: got ${shownValue(data)}; give a DataFrame or an array of records.`);
  const names = columns.map(String);
  const cells = values.map((row: unknown, i) => {
    // danfojs gives a frame of one column a flat array.
    const own: readonly unknown[] = Array.isArray(row) ? row : [row];
    if (own.length === names.length) return names.map((name, k): Entry => [name, own[k]]);
    const which = `row ${i} has ${own.length} values`;
    throw new TypeError(`${caller}: ${which}, but there are ${names.length} columns (${names.join(", ")}).`);
  });
  return { names, cells };
}
