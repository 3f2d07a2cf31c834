import { Z95, type Interval } from "./wilson.js";

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
  if (differences.length === 0) throw new RangeError("pairedInterval: no differences; wanted at least one.");
  const n = differences.length + 2;
  const mean = differences.reduce((sum, d) => sum + d, 0) / n;
  const square = (differences.reduce((sum, d) => sum + d * d, 0) + 2) / n;
  const half = Z95 * Math.sqrt((square - mean * mean) / n);
  return { low: Math.max(-1, mean - half), high: Math.min(1, mean + half) };
}
