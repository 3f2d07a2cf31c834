import { factsOf } from "./columnFacts.js";
import { familyOf } from "./familyOf.js";
import { facetColumns, numberColumn, provenanceOf, textColumn } from "./frame.js";
import type { WideData } from "./pointsAmong.js";
import type { AnyFrame } from "./types.js";

/**
 * A wide table as plain data, with what is known beside its scores: items, composites' parts, families, provenance.
 *
 * @param families A model's family, where its name misleads `familyOf`.
 */
export function wideData(wide: AnyFrame, families: Readonly<Record<string, string>> = {}): WideData {
  const models = textColumn(wide, "model");
  const given = new Map(Object.entries(families));
  return {
    ...provenanceOf(wide),
    models: models.map((name) => ({ name, family: given.get(name) ?? familyOf(name) })),
    columns: facetColumns(wide).map((name) => {
      const { items, parts } = factsOf(wide, name);
      return {
        name,
        contains: [...(parts ?? [])],
        scores: plain(numberColumn(wide, name)),
        items: items === undefined ? [] : plain(items),
      };
    }),
  };
}

function plain(values: Float64Array): (number | null)[] {
  return Array.from(values, (value) => (Number.isFinite(value) ? value : null));
}
