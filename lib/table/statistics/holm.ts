/**
 * Holm's step-down adjustment: p-values that may be compared with the level although there are many of them.
 *
 * @param p Raw p-values; NaN (no test) stays NaN and does not count.
 * @returns Adjusted p-values in the same order, in [0, 1].
 * @see Holm 1979, A simple sequentially rejective multiple test procedure, Scand. J. Statist. 6, 65-70.
 */
export function holmAdjusted(p: readonly number[]): readonly number[] {
  const tested = p.flatMap((value, i) => (Number.isNaN(value) ? [] : [{ value, i }]));
  tested.sort((a, b) => a.value - b.value);
  const adjusted = p.map(() => Number.NaN);
  let largest = 0;
  tested.forEach(({ value, i }, rank) => {
    largest = Math.max(largest, Math.min(1, value * (tested.length - rank)));
    adjusted[i] = largest;
  });
  return adjusted;
}
