import {
  columnNames,
  columnsOf,
  itemsColumn,
  makeFrame,
  numberColumn,
  provenanceOf,
  textColumn,
} from "./frame.js";
import type { AnyFrame, Frame } from "./types.js";

/**
 * A model's row of the wide table: its name, a score a facet, and the items behind each, as far as they are known; a
 * missing number is null. `simulated` is there, and true, for simulated models.
 */
export type WideRow = { readonly model: string } & Readonly<Record<string, number | string | boolean | null>>;

/**
 * The model × facet table: one row a model, one column a facet, both in order of first appearance.
 * A model without a score on a facet has none in the table either: missing stays missing, never 0. A facet whose
 * scores tell their items has a second column behind all facets, "coding (items)", which `pointsOf` reads.
 *
 * @param means What `facetMeans` gives; any frame with columns model, facet and score will do, and items if it has them.
 * @throws RangeError when a pair of model and facet occurs twice, or a facet is called "model", or "simulated" where
 *   the models are.
 */
export function wideTable(means: AnyFrame): Frame<WideRow> {
  const models = textColumn(means, "model");
  const facets = textColumn(means, "facet");
  const scores = numberColumn(means, "score");
  const provenance = provenanceOf(means);
  const items = columnNames(means).includes("items") ? numberColumn(means, "items") : null;
  const rowOf = new Map([...new Set(models)].map((model, i) => [model, i]));
  const columns = new Map<string, Map<number, number>>();
  const counts = new Map<string, Map<number, number>>();
  models.forEach((model, i) => {
    const facet = facets[i] ?? "";
    const { simulated, judged } = provenance;
    if (facet === "model" || (simulated && facet === "simulated") || (judged && facet === "judged"))
      throw new RangeError(
        `wideTable: a facet cannot be called "${facet}", as a column is already: rename it.`,
      );
    const row = rowOf.get(model) ?? 0;
    const column = columns.get(facet) ?? new Map<number, number>();
    if (column.has(row))
      throw new RangeError(`wideTable: model "${model}" has two means for facet "${facet}"; wanted one.`);
    columns.set(facet, column.set(row, scores[i] ?? Number.NaN));
    const count = items?.[i] ?? Number.NaN;
    if (Number.isNaN(count)) return;
    counts.set(itemsColumn(facet), (counts.get(itemsColumn(facet)) ?? new Map()).set(row, count));
  });
  const all = new Map([...columns, ...counts]);
  const cells = [...rowOf].map(([model, row]) => [
    model,
    ...[...all.values()].map((column) => column.get(row) ?? Number.NaN),
  ]);
  const names = [...columnsOf("string", "model"), ...columnsOf("float32", ...all.keys())];
  return makeFrame<WideRow>(names, cells, provenance);
}
