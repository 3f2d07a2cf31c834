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
  const z2 = Z95 * Z95;
  const centre = (mean + z2 / (2 * n)) / (1 + z2 / n);
  const half = (Z95 / (1 + z2 / n)) * Math.sqrt((mean * (1 - mean)) / n + z2 / (4 * n * n));
  // At 0 and 1 the bound is the mean itself; rounding would leave it a hair off.
  return {
    low: mean === 0 ? 0 : Math.max(0, centre - half),
    high: mean === 1 ? 1 : Math.min(1, centre + half),
  };
}

/**
 * 95 % interval for the mean of paired differences in [-1, 1]: Bonett and Price's adjusted Wald interval.
 *
 * Two made-up items are added, one each way; for right-or-wrong answers that is their interval exactly, and for
 * graded scores and means over repeats the same sums are taken of the differences themselves.
 *
 * @param differences One an item; at least one.
 * @see Bonett & Price 2012, doi:10.3102/1076998611411915; recommended for few pairs by Fagerland, Lydersen & Laake
 * 2014, doi:10.1002/sim.6148.
 */
export function pairedInterval(differences: readonly number[]): Interval {
  const n = differences.length + 2;
  const mean = differences.reduce((sum, d) => sum + d, 0) / n;
  const square = (differences.reduce((sum, d) => sum + d * d, 0) + 2) / n;
  const half = Z95 * Math.sqrt((square - mean * mean) / n);
  return { low: Math.max(-1, mean - half), high: Math.min(1, mean + half) };
}
