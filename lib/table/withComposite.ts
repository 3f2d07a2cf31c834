import { countedItems, factsOf, withFacts } from "./columnFacts.js";
import { columnNames, facetColumns, makeFrame, rowsOf } from "./frame.js";
import type { Column } from "./frame.js";
import type { AnyFrame, Cell, Frame } from "./types.js";
import type { WideRow } from "./wideTable.js";

/** What a composite is computed from: the model's name and its facets' scores; a missing score is NaN. */
export type CompositeRow = { readonly model: string } & Readonly<Record<string, number>>;

/**
 * A new wide table with one more column, computed from the others: `pandas`' `wide.eval` with a function.
 *
 * A missing score is NaN to the function, so that arithmetic with it stays missing; a result that is no finite
 * number is missing too. Where the facets that it reads tell their items, so does the composite: as many as have its
 * error, by the delta method. What it was computed from goes along, so that a surface can say that it contains an axis.
 *
 * @example
 * const facets = [["coding", 0.25], ["tool_use", 0.625]];
 * const wide = wideTable(facetMeans(facets.map(([facet, score]) => ({ model: "a", facet, score, source: "mine" }))));
 * const practical = withComposite(wide, "practical", (row) => (row.coding + 2 * row.tool_use) / 3);
 * practical.column("practical").values // [0.5]
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
  const facets = facetColumns(wide);
  const isCounted = facets.some((facet) => factsOf(wide, facet).items !== undefined);
  const parts = new Set<string>();
  const results = rowsOf(wide).map((row, i) => {
    const known = names.map((column, at) => [column, row[at] ?? Number.NaN] as const);
    const read = known.filter(([column]) => column === "model" || facets.includes(column));
    const valueOf = (cells: readonly (readonly [string, Cell])[]): number => {
      const value: unknown = composite(guarded(cells, (column) => parts.add(column)));
      if (typeof value === "number") return value;
      throw new TypeError(`withComposite: "${name}" in row ${i} is ${typeof value}; wanted a number.`);
    };
    const value = valueOf(read);
    /** Binomial variance of the composite; NaN as soon as one of its facets tells no items. */
    const variance = (): number => {
      let sum = 0;
      for (const facet of facets.filter((one) => parts.has(one))) {
        const score = Number(row[names.indexOf(facet)]);
        const step = score > 0.5 ? -STEP : STEP;
        const moved = read.map(([column, cell]) => [column, column === facet ? score + step : cell] as const);
        const slope = (valueOf(moved) - value) / step;
        sum += (slope ** 2 * (score * (1 - score) + EDGE)) / (factsOf(wide, facet).items?.[i] ?? Number.NaN);
      }
      return sum;
    };
    const isKnown = isCounted && value >= 0 && value <= 1;
    const items = isKnown ? (value * (1 - value) + EDGE) / variance() : Number.NaN;
    return {
      value: Number.isFinite(value) ? value : Number.NaN,
      items: items > 0 && items < Infinity ? items : Number.NaN,
    };
  });
  const cells = rowsOf(wide).map((row, i) => [...row, results[i]!.value]);
  const frame = makeFrame<WideRow>([...columns, [name, "float32"]], cells);
  const items = Float64Array.from(results, (one) => one.items);
  const all = new Set([...parts].flatMap((part) => [part, ...(factsOf(wide, part).parts ?? [])]));
  return withFacts(frame, [[name, { ...countedItems(items), parts: all }]], wide);
}

/** Change of a score by which a composite's slope is taken. */
const STEP = 0.01;
/** So that a score of 0 or 1 still has an error. */
const EDGE = 1e-3;

/** The row as an object whose unknown columns are an error: `row.codign` would make the whole column missing. */
function guarded(
  row: readonly (readonly [column: string, cell: Cell])[],
  onRead: (column: string) => void,
): CompositeRow {
  const target = Object.fromEntries(row) as unknown as CompositeRow;
  return new Proxy(target, {
    get(from, key, receiver): unknown {
      if (typeof key === "string" && key !== "model") onRead(key);
      if (typeof key === "symbol" || Object.hasOwn(from, key)) return Reflect.get(from, key, receiver);
      const names = row.map(([column]) => column).join(", ");
      throw new RangeError(`withComposite: no column "${key}"; the columns are ${names}.`);
    },
  });
}
