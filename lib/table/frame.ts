import { createRequire } from "node:module";
import type { AnyFrame, Cell, Frame, TableRecord } from "./types.js";

const require = createRequire(import.meta.url);

/** What of danfojs is used here, in types of our own (see types.ts). */
interface Danfo {
  readonly DataFrame: new (data: unknown[], options?: Readonly<Record<string, unknown>>) => Frame<never>;
}

/** A column's name, and danfojs' word for what it holds. */
export type Column = readonly [name: string, dtype: "string" | "float32" | "int32" | "boolean"];

/** Columns of one type, by their names. */
export function columnsOf(dtype: Column[1], ...names: readonly string[]): readonly Column[] {
  return names.map((name) => [name, dtype]);
}

/** The boolean column that frames of simulated data have, and no others: it goes wherever the rows go. */
const SIMULATED: Column = ["simulated", "boolean"];
/** The text column of frames where a model judged some facets: which, and by whom, the same in every row. */
const JUDGED: Column = ["judged", "string"];

/** Where a frame's numbers come from: it goes with them, in columns of its own. */
export interface Provenance {
  readonly simulated?: boolean;
  readonly judged?: string;
}

/**
 * A DataFrame; one of simulated data gets a column "simulated" behind the others, true in every row.
 *
 * danfojs reads ragged data by shifting values into other columns, guesses types from the first rows, and defines
 * every column as a property of the frame, so that a facet called "values" or "shape" would break it. Hence: the
 * rows' lengths are checked, types are given, and a column with such a name is reached by `frame.column(name)` only
 * (danfojs operations that build a new frame from it, such as `sortValues`, still trip over the name).
 *
 * @throws RangeError when a row has not one cell a column, or two columns share a name.
 */
export function makeFrame<R extends object = TableRecord>(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { simulated = false, judged = "" }: Provenance = {},
): Frame<R> {
  const ragged = rows.findIndex((row) => row.length !== columns.length);
  if (ragged >= 0)
    throw new RangeError(
      `makeFrame: rows[${ragged}] has ${rows[ragged]!.length} cells; wanted ${columns.length}, one a column.`,
    );
  const marks: readonly (readonly [Column, Cell])[] = [
    ...(simulated ? [[SIMULATED, true] as const] : []),
    ...(judged === "" ? [] : [[JUDGED, judged] as const]),
  ];
  const all = [...columns, ...marks.map(([column]) => column)];
  const names = all.map(([name]) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`makeFrame: two columns are named "${twice}".`);

  // Loaded with the first frame: it takes longer than the rest of the library together.
  const danfo = require("danfojs-node") as Danfo;
  const reserved: object = new danfo.DataFrame([]);
  const safeNames = names.map((name, i) => (name in reserved ? `${PLACEHOLDER}${i}` : name));
  const frame: Frame<R> = new danfo.DataFrame(
    rows.map((row) => [...row, ...marks.map(([, mark]) => mark)]),
    { columns: safeNames, dtypes: all.map(([, dtype]) => dtype) },
  );
  names.forEach((name, i) => (frame.columns[i] = name));
  return frame;
}

/** No name that a facet or model would have. */
const PLACEHOLDER = "\u0000column ";

/** The frame's column names, in order. */
export function columnNames(frame: AnyFrame): readonly string[] {
  return frame.columns.map(String);
}

/** The columns that hold numbers; in a wide table its facets and composites, neither names nor provenance. */
export function facetColumns(wide: AnyFrame): readonly string[] {
  return columnNames(wide).filter((_, i) => wide.dtypes[i] !== "string" && wide.dtypes[i] !== "boolean");
}

/** Where the frame's numbers come from: whatever is made of it says so too. */
export function provenanceOf(frame: AnyFrame): Provenance & { readonly simulated: boolean } {
  const marks = ([name]: Column): readonly Cell[] =>
    columnNames(frame).includes(name) ? cells(frame, name) : [];
  // A facet of that name holds numbers.
  const judged = marks(JUDGED).find((cell) => typeof cell === "string");
  return { simulated: marks(SIMULATED).includes(true), ...(judged === undefined ? {} : { judged }) };
}

/**
 * A numeric column. Missing and non-numeric cells are NaN.
 *
 * @throws RangeError when there is no such column, naming those there are.
 */
export function numberColumn(frame: AnyFrame, name: string): Float64Array {
  return Float64Array.from(cells(frame, name), (cell) => (typeof cell === "number" ? cell : Number.NaN));
}

/**
 * A column as text. Missing cells are "".
 *
 * @throws RangeError when there is no such column, naming those there are.
 */
export function textColumn(frame: AnyFrame, name: string): readonly string[] {
  return cells(frame, name).map((cell) => (Number.isNaN(cell) ? "" : String(cell)));
}

function cells(frame: AnyFrame, name: string): readonly Cell[] {
  const names = columnNames(frame);
  const at = names.indexOf(name);
  if (at < 0) throw new RangeError(`No column "${name}"; the columns are ${names.join(", ")}.`);
  return rowsOf(frame).map((row) => row[at] ?? Number.NaN);
}

/** The frame's cells, row by row; one that danfojs left out is NaN like any other missing one. */
export function rowsOf(frame: AnyFrame): readonly (readonly Cell[])[] {
  const rows = frame.values as readonly (readonly (Cell | null | undefined)[])[];
  return rows.map((row) => row.map((cell) => cell ?? Number.NaN));
}

/**
 * The frame's rows as plain objects, typed by the frame: what figures and pages take, so that they need no danfojs.
 * A missing value is null. Any column name is safe, `__proto__` included.
 */
export function toRecords<R extends object = TableRecord>(frame: Frame<R>): readonly R[] {
  const names = columnNames(frame);
  return rowsOf(frame).map((row) => {
    // Object.fromEntries defines own properties, where an assignment to __proto__ would be lost.
    return Object.fromEntries(row.map((cell, i) => [names[i], Number.isNaN(cell) ? null : cell])) as R;
  });
}
