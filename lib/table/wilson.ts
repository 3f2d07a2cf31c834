/** Two-sided 95 % quantile of the standard normal. */
export const Z95 = 1.959963984540054;

/** Bounds of an interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval for a proportion, 95 %.
 *
 * It holds its level where items are few (at 3 of 3 it says [.44, 1]); the intervals of Wald, Student and the
 * bootstrap cover about half there. For scores between 0 and 1 it is at least as wide as needed, because no variable
 * on [0, 1] with mean p varies more than p (1 - p).
 *
 * @param mean In [0, 1].
 * @param n Effective number of independent items, positive; need not be whole.
 * @see Wilson 1927, doi:10.1080/01621459.1927.10502953; Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286.
 */
export function wilsonInterval(mean: number, n: number): Interval {
  if (!(mean >= 0 && mean <= 1)) throw new RangeError(`wilsonInterval: mean = ${mean} lies outside [0, 1].`);
  if (!(n > 0) || n === Infinity) throw new RangeError(`wilsonInterval: n = ${n}; wanted a positive number.`);
  const z2 = Z95 * Z95;
  const centre = (mean + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((mean * (1 - mean)) / n + z2 / (4 * n * n));
  // At 0 and 1 the bound is the mean itself; rounding would leave it a hair off.
  return {
    low: mean === 0 ? 0 : Math.max(0, centre - half),
    high: mean === 1 ? 1 : Math.min(1, centre + half),
  };
}
