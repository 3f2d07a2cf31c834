import { columnNames, makeFrame, rowsOf } from "./frame.js";
import type { Column } from "./frame.js";
import type { AnyFrame, Cell, Frame } from "./types.js";
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
  wide: AnyFrame,
  name: string,
  composite: (row: CompositeRow) => number,
): Frame<WideRow> {
  const names = columnNames(wide);
  if (names.includes(name))
    throw new RangeError(`withComposite: there is a column "${name}" already; choose another name.`);
  const columns = names.map((column, i) => [column, wide.dtypes[i]] as Column);
  // The column that says that the models are simulated is no score.
  const cells = rowsOf(wide).map((row, i) => {
    const read = row
      .map((cell, at) => [names[at] ?? "", cell] as const)
      .filter(([, cell]) => typeof cell !== "boolean");
    const value: unknown = composite(guarded(read));
    if (typeof value !== "number")
      throw new TypeError(`withComposite: "${name}" in row ${i} is ${typeof value}; wanted a number.`);
    return [...row, Number.isFinite(value) ? value : Number.NaN];
  });
  return makeFrame<WideRow>([...columns, [name, "float32"]], cells);
}

/** The row as an object whose unknown columns are an error: `row.codign` would make the whole column missing. */
function guarded(row: readonly (readonly [column: string, cell: Cell])[]): CompositeRow {
  const target = Object.fromEntries(row) as unknown as CompositeRow;
  return new Proxy(target, {
    get(from, key, receiver): unknown {
      if (typeof key === "symbol" || Object.hasOwn(from, key)) return Reflect.get(from, key, receiver);
      const names = row.map(([column]) => column).join(", ");
      throw new RangeError(`withComposite: no column "${key}"; the columns are ${names}.`);
    },
  });
}
