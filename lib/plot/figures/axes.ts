/** Lowest and highest value drawn. */
export type Range = readonly [number, number];

/**
 * The range that shows the values well: their own, widened by 6 %, and never beyond 0–1 when they are scores.
 *
 * @param values Non-finite ones are ignored; none at all gives 0–1.
 * @param isScore The values lie in 0–1 by nature.
 */
export function axisRange(values: Iterable<number>, isScore: boolean): Range {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  // Points all on one value still need an axis to stand on.
  const margin = high > low ? (high - low) * 0.06 : isScore ? 0.1 : Math.abs(low) * 0.1 || 0.5;
  const wide: Range = [low - margin, high + margin];
  return isScore ? [Math.max(0, wide[0]), Math.min(1, wide[1])] : wide;
}

/** Where a value stands in a range: 0 at its low end, 1 at its high end. */
export function shareOf(value: number, [low, high]: Range): number {
  return (value - low) / (high - low || 1);
}

/** Round tick values inside the range, `wanted` of them or a few less or more. Steps are 1, 2 or 5 times a power of ten. */
export function ticks(range: Range, wanted = 5): readonly number[] {
  const span = range[1] - range[0];
  if (!(span > 0) || !Number.isFinite(span)) return [range[0]];
  const raw = span / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((m) => m * power >= raw * 0.999) ?? 10) * power;
  const first = Math.ceil(range[0] / step - 1e-9);
  const last = Math.floor(range[1] / step + 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toFixed(Math.min(20, decimals))),
  );
}

/** Heights at which a flat view draws its lines: round, evenly spaced, strictly within the range. */
export function contourLevels(range: Range): readonly number[] {
  return ticks(range, 14).filter((level) => level > range[0] && level < range[1]);
}

/** Ticks of a 3-D axis: none at the very ends, where the texts of two axes would meet. */
export function cubeTicks(range: Range): readonly number[] {
  const margin = (range[1] - range[0]) * 0.04;
  return ticks(range, 5).filter((value) => value > range[0] + margin && value < range[1] - margin);
}

/** Tick texts that all have the same number of decimals, or powers of ten where those would be long. */
export function tickTexts(values: readonly number[]): readonly string[] {
  const sizes = values.filter((value) => value !== 0).map(Math.abs);
  if (sizes.some((size) => size >= 1e6 || size < 1e-4)) return values.map((value) => value.toExponential(1));
  const decimals = Math.max(0, ...values.map((value) => String(value).split(".")[1]?.length ?? 0));
  return values.map((value) => value.toFixed(decimals));
}

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
  const power = 10 ** decimals;
  return Number.isFinite(value) ? Math.round(value * power) / power : null;
}

/** Places along one axis, to a hundred-thousandth of their range. */
export function roundedAll(values: ArrayLike<number>): (number | null)[] {
  const all = Array.from(values);
  const decimals = decimalsFor(Math.max(...all) - Math.min(...all)) + 2;
  return all.map((value) => rounded(value, decimals));
}
