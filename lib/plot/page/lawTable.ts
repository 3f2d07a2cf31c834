import type { AxisNames } from "../../report/index.js";
import { withNames } from "../../report/index.js";
import type { Display } from "../../shared/types.js";
import type { LawComparison } from "../../spline/index.js";
import { showTable } from "./showTable.js";

/**
 * Which law do the data follow? One row a law, the smallest leave-one-out error first, with the verdict above.
 *
 * @param names What was fitted: z over x and y.
 */
export function lawTable(
  display: Display,
  comparison: Pick<LawComparison, "verdict"> & {
    readonly laws: readonly { readonly name: string; readonly looRmse: number; readonly edf: number }[];
    readonly simulated?: boolean;
  },
  names: AxisNames,
): void {
  const sorted = comparison.laws.toSorted((a, b) => a.looRmse - b.looRmse);
  const best = sorted[0]?.looRmse ?? NaN;
  const records = sorted.map(({ name, looRmse, edf }) => ({
    law: name,
    "left-out error": looRmse,
    "against the best": looRmse === best ? "best" : best > 0 ? `× ${(looRmse / best).toFixed(2)}` : null,
    edf,
    ...(comparison.simulated === true ? { simulated: true } : {}),
  }));
  const { x, y, z } = names;
  showTable(display, records, {
    caption: `Which law does ${z} over ${x} and ${y} follow? ${withNames(comparison.verdict, names)}`,
    decimals: { "left-out error": 3, edf: 1 },
  });
}
