import type { Row, ScoreRow } from "../shared/types.js";

/** A score from our own run or from somewhere else. */
export type AnyRow = Row | ScoreRow;

/** Our own runs' rows carry an outcome; external scores do not. */
export function isOwnRow(row: AnyRow): row is Row {
  return "outcome" in row;
}

/** Which item a row answers: an edited prompt is another item, though its task kept the name. */
export function itemOf({ task, prompt }: Row): string {
  return JSON.stringify([task, prompt]);
}

/**
 * The score of a row that has one, checked; null for an unscored or failed row.
 *
 * @throws RangeError when the score is no number in [0, 1], naming the row.
 */
export function checkedScore(row: AnyRow, index: number, caller: string): number | null {
  if (isOwnRow(row) && row.outcome !== "scored") return null;
  const { score } = row;
  if (typeof score === "number" && score >= 0 && score <= 1) return score;
  throw new RangeError(
    `${caller}: rows[${index}] (model "${row.model}", facet "${row.facet}") has score ${String(score)}; ` +
      "wanted a number in [0, 1]. Divide percentages by 100.",
  );
}

/**
 * How many items a row stands for: its `n`, else 1. Runs repeated over the same items share them, as those are no more
 * for being asked again.
 *
 * @throws RangeError when `n` is given and not a positive finite number.
 */
export function itemsBehind(row: AnyRow, index: number, caller: string): number {
  if (isOwnRow(row)) return 1;
  const { n = 1, repeats = 1 } = row;
  if (n > 0 && Number.isFinite(n)) return n / repeats;
  throw new RangeError(
    `${caller}: rows[${index}] (model "${row.model}", facet "${row.facet}") has n = ${n}; ` +
      "wanted a positive number of items, or no n where the source does not tell.",
  );
}
