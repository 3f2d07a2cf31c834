import { facetMeans, wideTable, withComposite } from "../../lib/table/index.js";
import { seeded } from "../helpers/seeded.js";

export const FACETS = ["reasoning", "instruction", "coding", "tool_use", "maths", "history"] as const;

/** Scores of models that share an ability, three of a family, on six facets; and "agent", a composite of three. */
export function manyScores(models: number, { items = 40, name = (i: number) => `model-${i}` } = {}) {
  const random = seeded(15);
  const rows = Array.from({ length: models }, (_, i) => {
    const ability = random();
    return FACETS.map((facet, k) => {
      const share = Math.min(1, Math.max(0, 0.15 + 0.6 * ability ** (1 + k / 4) + 0.25 * random()));
      return { model: name(i), facet, score: Math.round(share * items) / items, n: items, source: "made" };
    });
  });
  const means = facetMeans(rows.flat());
  const wide = withComposite(
    wideTable(means),
    "agent",
    (row) => (row["coding"]! + row["tool_use"]! + row["maths"]!) / 3,
  );
  const families = Object.fromEntries(rows.map((_, i) => [name(i), `family ${Math.floor(i / 3)}`]));
  return { means, wide, families };
}
