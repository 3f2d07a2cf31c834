import { DataFrame } from "danfojs-node";

/** What a cell of our tables holds. A missing number is NaN in a frame and null in a record, never 0. */
export type Cell = string | number;

/** One row as a plain object, fit for JSON. A record of simulated data has `simulated: true`. */
export type TableRecord = Readonly<Record<string, string | number | boolean | null>>;

/** The boolean column that frames of simulated data have, and no others: it goes wherever the rows go. */
const PROVENANCE = "simulated";

/**
 * A danfojs DataFrame that remembers in its type what one row is, so that {@link toRecords} needs no cast.
 * `rowType` exists in types only.
 */
export interface Frame<R extends object = TableRecord> extends DataFrame {
  readonly rowType?: R;
}

/** One column: its name, and a value a row. */
export type Column =
  | { readonly name: string; readonly text: readonly string[] }
  | { readonly name: string; readonly numbers: ArrayLike<number>; readonly integer?: boolean };

/**
 * A DataFrame from whole columns; one of simulated data gets a column "simulated" behind them, true in every row.
 *
 * danfojs reads ragged data by shifting values into other columns, guesses types from the first rows, and defines
 * every column as a property of the frame, so that a facet called "values" or "shape" would break it. Hence: equal
 * lengths are checked, types are given, and a column with such a name is reached by `frame.column(name)` only
 * (danfojs operations that build a new frame from it, such as `sortValues`, still trip over the name).
 *
 * @throws RangeError when the columns differ in length or two share a name.
 */
export function makeFrame<R extends object = TableRecord>(
  columns: readonly Column[],
  simulated = false,
): Frame<R> {
  const names = [...columns.map((column) => column.name), ...(simulated ? [PROVENANCE] : [])];
  const lengths = columns.map(lengthOf);
  const length = lengths[0] ?? 0;
  const ragged = lengths.findIndex((n) => n !== length);
  if (ragged >= 0)
    throw new RangeError(
      `makeFrame: column "${names[ragged]}" has ${lengths[ragged]} values; "${names[0]}" has ${length}.`,
    );
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`makeFrame: two columns are named "${twice}".`);

  const reserved: object = new DataFrame([]);
  const safeNames = names.map((name, i) => (name in reserved ? `${PLACEHOLDER}${i}` : name));
  const mark = simulated ? [true] : [];
  const rows = Array.from({ length }, (_, row) => [...columns.map((column) => cellOf(column, row)), ...mark]);
  const dtypes = [...columns.map(dtypeOf), ...mark.map(() => "boolean")];
  const frame: Frame<R> = new DataFrame(rows, { columns: safeNames, dtypes });
  names.forEach((name, i) => (frame.columns[i] = name));
  return frame;
}

/** No name that a facet or model would have. */
const PLACEHOLDER = "\u0000column ";

const lengthOf = (column: Column): number => ("text" in column ? column.text : column.numbers).length;

/** A cell of a column: text, or a number that is NaN where missing. */
export const cellOf = (column: Column, row: number): Cell =>
  "text" in column ? (column.text[row] ?? "") : (column.numbers[row] ?? Number.NaN);

const dtypeOf = (column: Column): string =>
  "text" in column ? "string" : column.integer === true ? "int32" : "float32";

/** The frame's column names, in order. */
export function columnNames(frame: DataFrame): readonly string[] {
  return frame.columns.map(String);
}

/** Whether the frame's rows are simulated: whatever is made of it says so too. */
export function isSimulatedFrame(frame: DataFrame): boolean {
  return columnNames(frame).includes(PROVENANCE) && cells(frame, PROVENANCE).includes(true);
}

/** The columns of a wide table that hold scores, facets and composites alike: neither names nor provenance. */
export function facetColumns(wide: DataFrame): readonly string[] {
  const isMark = (name: string, i: number): boolean =>
    wide.dtypes[i] === "boolean" || (name === PROVENANCE && isSimulatedFrame(wide));
  return columnNames(wide).filter((name, i) => wide.dtypes[i] !== "string" && !isMark(name, i));
}

/** How many rows the frame has. */
export function rowCount(frame: DataFrame): number {
  return frame.shape[0] ?? 0;
}

/**
 * A numeric column. Missing and non-numeric cells are NaN.
 *
 * @throws RangeError when there is no such column, naming those there are.
 */
export function numberColumn(frame: DataFrame, name: string): Float64Array {
  return Float64Array.from(cells(frame, name), (cell) => (typeof cell === "number" ? cell : Number.NaN));
}

/**
 * A column as text. Missing cells are "".
 *
 * @throws RangeError when there is no such column, naming those there are.
 */
export function textColumn(frame: DataFrame, name: string): readonly string[] {
  return cells(frame, name).map((cell) => (cell === null || cell === undefined ? "" : String(cell)));
}

/** The columns that {@link makeFrame} takes to make the frame again: numbers or text, by danfojs' type of them. */
export function columnsOf(frame: DataFrame): readonly Column[] {
  return columnNames(frame)
    .map((name, i) => ({ name, dtype: frame.dtypes[i] }))
    .filter(({ name }) => name !== PROVENANCE || !isSimulatedFrame(frame))
    .map(({ name, dtype }) =>
      dtype === "string"
        ? { name, text: textColumn(frame, name) }
        : { name, numbers: numberColumn(frame, name) },
    );
}

function cells(frame: DataFrame, name: string): readonly unknown[] {
  const names = columnNames(frame);
  const at = names.indexOf(name);
  if (at < 0) throw new RangeError(`No column "${name}"; the columns are ${names.join(", ")}.`);
  const rows: readonly unknown[] = frame.values;
  return rows.map((row) => (Array.isArray(row) ? (row as readonly unknown[])[at] : undefined));
}
