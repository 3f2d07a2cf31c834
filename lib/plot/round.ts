/**
 * How many decimals show a range of values to about one part in a thousand: 3 for 0–1, 0 for 0–5000.
 *
 * @param span Largest minus smallest value; 0 counts as 1.
 */
export function decimalsFor(span: number): number {
  if (!Number.isFinite(span) || span <= 0) return 3;
  return Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(span) + 1e-9)));
}

/** The value with at most `decimals` decimals; null when it is not finite: Plotly leaves a gap there, JSON has no NaN. */
export function rounded(value: number, decimals: number): number | null {
  if (!Number.isFinite(value)) return null;
  return Number(value.toFixed(decimals));
}
