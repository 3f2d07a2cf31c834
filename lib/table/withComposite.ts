import type { DataFrame } from "danfojs-node";
import { cellOf, columnNames, columnsOf, isSimulatedFrame, makeFrame, rowCount } from "./frame.js";
import type { Cell, Frame } from "./frame.js";
import type { WideRow } from "./wideTable.js";

/** What a composite is computed from: the model's name and its facets' scores; a missing score is NaN. */
export type CompositeRow = { readonly model: string } & Readonly<Record<string, number>>;

/**
 * A new wide table with one more column, computed from the others: `pandas`' `wide.eval` with a function.
 *
 * A missing score is NaN to the function, so that arithmetic with it stays missing; a result that is no finite
 * number is missing too.
 *
 * @example withComposite(wide, "practical", (row) => (row.coding + 2 * row.tool_use) / 3)
 * @throws RangeError when the name is taken, or the function reads a column that does not exist.
 */
export function withComposite(
  wide: DataFrame,
  name: string,
  composite: (row: CompositeRow) => number,
): Frame<WideRow> {
  const names = columnNames(wide);
  if (names.includes(name))
    throw new RangeError(`withComposite: there is a column "${name}" already; choose another name.`);
  const columns = columnsOf(wide);
  const values = Array.from({ length: rowCount(wide) }, (_, i) => {
    const row = columns.map((column) => [column.name, cellOf(column, i)] as const);
    const value: unknown = composite(guarded(row, names));
    if (typeof value !== "number")
      throw new TypeError(`withComposite: "${name}" in row ${i} is ${typeof value}; wanted a number.`);
    return Number.isFinite(value) ? value : Number.NaN;
  });
  return makeFrame<WideRow>([...columns, { name, numbers: values }], isSimulatedFrame(wide));
}

/** The row as an object whose unknown columns are an error: `row.codign` would make the whole column missing. */
function guarded(row: Iterable<readonly [string, Cell]>, names: readonly string[]): CompositeRow {
  const target = Object.fromEntries(row) as unknown as CompositeRow;
  return new Proxy(target, {
    get(from, key, receiver): unknown {
      if (typeof key === "symbol" || Object.hasOwn(from, key)) return Reflect.get(from, key, receiver);
      throw new RangeError(`withComposite: no column "${key}"; the columns are ${names.join(", ")}.`);
    },
  });
}
