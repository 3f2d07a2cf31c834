import { countedItems, factsOf, withFacts } from "./columnFacts.js";
import { columnNames, columnsOf, makeFrame, numberColumn, provenanceOf, textColumn } from "./frame.js";
import type { AnyFrame, Frame } from "./types.js";

/**
 * A model's row of the wide table: its name, and a score a facet; a missing score is null. `simulated` is there, and
 * true, for simulated models.
 */
export type WideRow = { readonly model: string } & Readonly<Record<string, number | string | boolean | null>>;

/**
 * The model × facet table: one row a model, one column a facet, both in order of first appearance.
 * A model without a score on a facet has none in the table either: missing stays missing, never 0. The
 * items behind the scores go along unseen: `pointsOf` knows them.
 *
 * @param means What `facetMeans` gives; any frame with columns model, facet and score will do, its n as items.
 * @example
 * const means = facetMeans([
 *   { model: "a", facet: "coding", score: 0.5, source: "mine" },
 *   { model: "b", facet: "reasoning", score: 0.75, source: "mine" },
 * ]);
 * const wide = wideTable(means);
 * wide.columns // ["model", "coding", "reasoning"]
 * wide.values // [["a", 0.5, NaN], ["b", NaN, 0.75]]
 * @throws RangeError when a pair of model and facet occurs twice, or a facet is called "model", or "simulated" where
 *   the models are.
 */
export function wideTable(means: AnyFrame): Frame<WideRow> {
  const models = textColumn(means, "model");
  const facets = textColumn(means, "facet");
  const scores = numberColumn(means, "score");
  const provenance = provenanceOf(means);
  const n = columnNames(means).includes("n") ? numberColumn(means, "n") : undefined;
  const items = factsOf(means, "score").items ?? n;
  const rowOf = new Map([...new Set(models)].map((model, i) => [model, i]));
  const columns = new Map<string, Map<number, number>>();
  const counts = new Map<string, Float64Array>();
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
    const count = counts.get(facet) ?? new Float64Array(rowOf.size).fill(Number.NaN);
    count[row] = items?.[i] ?? Number.NaN;
    counts.set(facet, count);
  });
  const cells = [...rowOf].map(([model, row]) => [
    model,
    ...[...columns.values()].map((column) => column.get(row) ?? Number.NaN),
  ]);
  const names = [...columnsOf("string", "model"), ...columnsOf("float32", ...columns.keys())];
  const frame = makeFrame<WideRow>(names, cells, provenance);
  return withFacts(
    frame,
    [...counts].map(([facet, count]) => [facet, countedItems(count)]),
  );
}
