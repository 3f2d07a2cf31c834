/** Tables as cells see them: danfojs' DataFrames with lean types of our own. danfojs' pull in 1.4 MB of Plotly's. */

/** What a cell of our tables holds. A missing number is NaN in a frame and null in a record, never 0. */
export type Cell = string | number | boolean;

/** One row as a plain object, fit for JSON. A record of simulated data has `simulated: true`. */
export type TableRecord = Readonly<Record<string, Cell | null>>;

/**
 * A danfojs DataFrame, as far as its methods are of use to a notebook; it has all of danfojs' others, too. It remembers
 * in its type what one row is, so that `toRecords` needs no cast: `rowType` exists in types only.
 *
 * @see https://danfo.jsdata.org/api-reference/dataframe
 */
export interface Frame<R extends object = TableRecord> {
  readonly rowType?: R;
  readonly columns: string[];
  readonly dtypes: string[];
  readonly index: (string | number)[];
  /** Rows, columns. */
  readonly shape: number[];
  /** The cells, row by row. */
  readonly values: unknown;
  column(name: string): Series;
  head(rows?: number): Frame<R>;
  /** The rows where the condition is true: `wide.query(wide.column("coding").gt(0.5))`. */
  query(condition: Series | boolean[]): Frame<R>;
  sortValues(column: string, options?: { ascending?: boolean }): Frame<R>;
  loc(choice: { rows?: (string | number | boolean)[]; columns?: string[] }): Frame;
  addColumn(name: string, values: Series | Cell[]): Frame;
  groupby(columns: string[]): { agg(how: Record<string, string>): Frame };
  describe(): Frame;
  print(): void;
  toString(): string;
}

/** One column of a {@link Frame}. Comparisons give a column of booleans. */
export interface Series {
  readonly values: unknown[];
  mean(): number;
  median(): number;
  std(): number;
  min(): number;
  max(): number;
  gt(other: number | number[]): Series;
  ge(other: number | number[]): Series;
  lt(other: number | number[]): Series;
  le(other: number | number[]): Series;
  eq(other: number | number[]): Series;
  print(): void;
  toString(): string;
}

/** Any table of ours, whatever its rows are. */
export type AnyFrame = Frame<object>;
