import { GroupKeys } from "./groups.js";
import { groupSums } from "./groupSums.js";
import { checkedScore, isOwnRow, itemsOf, type AnyRow } from "./observations.js";

/** Sums over each model × facet; every array has one value a group. */
export interface Tally {
  /** [model, facet], in order of first appearance. */
  readonly groups: readonly (readonly string[])[];
  /** Mean of the scored rows, weighted by their items; NaN without one. */
  readonly mean: Float64Array;
  /** Items behind the mean: scored answers, or what external scores say; 0 without one. */
  readonly items: Float64Array;
  /** (Σ w)² / Σ w² over the items, w being the answers to one item; NaN without one. */
  readonly effectiveItems: Float64Array;
  /** 1 where all there is is one external score whose source tells no n. */
  readonly isLone: Float64Array;
  readonly unscored: Float64Array;
  readonly failed: Float64Array;
}

/** Adds up rows by model and facet. */
export function tally(rows: readonly AnyRow[]): Tally {
  const groups = new GroupKeys();
  const answers = new GroupKeys();
  const perItem: { group: number; answers: number }[] = [];
  const counted = rows.map((row, i) => {
    const group = groups.keyOf(row.model, row.facet);
    const own = isOwnRow(row) ? row : null;
    const score = checkedScore(row, i, "facetMeans");
    const items = score === null ? 0 : itemsOf(row, i, "facetMeans");
    if (own !== null && score !== null) {
      // An edited prompt is another item, though its name stayed.
      const item = answers.keyOf(row.model, row.facet, own.task, own.prompt);
      perItem[item] = { group, answers: (perItem[item]?.answers ?? 0) + 1 };
    }
    return {
      group,
      scored: Number(score !== null),
      score: score ?? 0,
      items,
      weighted: items * (score ?? 0),
      external: own === null ? items : 0,
      untold: Number(!isOwnRow(row) && row.n === undefined),
      unscored: Number(own?.outcome === "unscored"),
      failed: Number(own?.outcome === "failed"),
    };
  });
  const sums = groupSums(counted, groups.size, SUMMED);
  const squares = groupSums(
    perItem.map((item) => ({ group: item.group, answers: item.answers ** 2 })),
    groups.size,
    ["answers"],
  ).answers;
  const { items } = sums;
  return {
    groups: groups.names,
    // A score that stands alone is shown as it came, not multiplied and divided by its n.
    mean: items.map((n, g) => (at(sums.scored, g) === 1 ? at(sums.score, g) : at(sums.weighted, g) / n)),
    items,
    effectiveItems: items.map((n, g) => n ** 2 / (at(squares, g) + at(sums.external, g))),
    isLone: items.map((_, g) => Number(at(sums.scored, g) === 1 && at(sums.untold, g) === 1)),
    unscored: sums.unscored,
    failed: sums.failed,
  };
}

const SUMMED = ["scored", "score", "items", "weighted", "external", "untold", "unscored", "failed"] as const;

const at = (values: Float64Array, g: number): number => values[g] ?? Number.NaN;
