import type { Display } from "../shared/types.js";
import { withNames } from "../report/index.js";
import { showTable } from "./showTable.js";

/** How well one law follows the data. */
export interface LawRow {
  /** The law's name: "constant", "plane", "weakest link" … */
  readonly name: string;
  /** Leave-one-out root mean squared error, in z's units; null when it could not be had. */
  readonly looRmse: number | null;
  /** Effective degrees of freedom. */
  readonly edf: number | null;
  /** What the law says, or why it could not be fitted. */
  readonly note?: string;
}

/** The laws that were compared, and which one the data follow, if any can be told. */
export interface LawComparison {
  readonly laws: readonly LawRow[];
  /** In a sentence, as `compareLaws` gives it. "Too few models to tell" is one. */
  readonly verdict: string;
}

/**
 * Which law do the data follow? One row a law, the smallest leave-one-out error first, with the verdict above.
 *
 * @param labels What was fitted: z over x and y; `simulated` stands before it.
 */
export function lawTable(
  display: Display,
  comparison: LawComparison,
  labels: { readonly x: string; readonly y: string; readonly z: string; readonly simulated?: boolean },
): void {
  const sorted = comparison.laws.toSorted((a, b) => (a.looRmse ?? Infinity) - (b.looRmse ?? Infinity));
  const best = sorted[0]?.looRmse ?? null;
  const hasNotes = sorted.some((row) => row.note !== undefined && row.note !== "");
  const records = sorted.map((row) => ({
    law: row.name,
    "left-out error": row.looRmse,
    "against the best": ratio(row.looRmse, best),
    edf: row.edf,
    ...(hasNotes ? { note: withNames(row.note ?? "", labels) } : {}),
  }));
  showTable(display, records, {
    caption: `Which law does ${labels.z} over ${labels.x} and ${labels.y} follow? ${withNames(comparison.verdict, labels)}`,
    ...(labels.simulated === undefined ? {} : { simulated: labels.simulated }),
    decimals: { "left-out error": 3, edf: 1 },
  });
}

function ratio(error: number | null, best: number | null): string | null {
  if (error === null || best === null) return null;
  if (best === 0) return error === 0 ? "best" : null;
  return error === best ? "best" : `× ${(error / best).toFixed(2)}`;
}
