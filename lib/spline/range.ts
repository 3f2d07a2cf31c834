/** A closed interval, lo <= hi. */
export type Range = readonly [number, number];

/** The box of a fit. */
export interface Domain {
  readonly x: Range;
  readonly y: Range;
}

/** Place of a value in its range: 0 at lo, 1 at hi; 0.5 when the range is a single value. */
export function toUnit([lo, hi]: Range, value: number): number {
  return hi > lo ? (value - lo) / (hi - lo) : 0.5;
}

/** Place of a value in its range: -1 at lo, 1 at hi; 0 when the range is a single value. */
export function toSigned(range: Range, value: number): number {
  return 2 * toUnit(range, value) - 1;
}

/** `size` equally spaced values from lo to hi, both ends exact. */
export function linspace([lo, hi]: Range, size: number): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) out[i] = lo + ((hi - lo) * i) / (size - 1);
  out[size - 1] = hi;
  return out;
}

/** Smallest and largest value; [0, 0] of none. */
export function rangeOf(values: ArrayLike<number>): Range {
  if (values.length === 0) return [0, 0];
  let lo = Infinity;
  let hi = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < lo) lo = value;
    if (value > hi) hi = value;
  }
  return [lo, hi];
}
