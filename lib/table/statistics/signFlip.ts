/** More sums than this and the exact distribution is left for its normal limit. */
const MOST_SUMS = 20_000;

/** Sums nearer than this are one sum: differences of means carry rounding errors. */
const RESOLUTION = 1e-9;

/**
 * Two-sided mid-p value of the sign-flip test: could these paired differences as well have come out the other way
 * round, item by item?
 *
 * For right-or-wrong answers it is McNemar's mid-p test exactly; for graded scores and for means over repeats it is
 * the same test on the differences themselves. The exact distribution is used, and the normal limit where many
 * unequal differences make it too large.
 *
 * @param differences One an item, any unit. Zeros say nothing and are left out.
 * @returns In (0, 1]; 1 where they balance. With m differing items never below 2^-m.
 * @see Fagerland, Lydersen & Laake 2013, doi:10.1186/1471-2288-13-91 (mid-p McNemar).
 */
export function signFlipMidP(differences: readonly number[]): number {
  const sizes = differences.map(Math.abs).filter((d) => d > RESOLUTION);
  const total = Math.abs(differences.reduce((sum, d) => sum + d, 0));
  const first = sizes[0];
  if (first === undefined || total <= RESOLUTION) return 1;
  if (sizes.every((d) => Math.abs(d - first) <= RESOLUTION)) return binomialMidP(sizes.length, total / first);
  const sums = signedSums(sizes);
  if (sums === null) return normalP(total / Math.sqrt(sizes.reduce((sum, d) => sum + d * d, 0)));
  const observed = Math.round(total / RESOLUTION);
  let p = 0;
  for (const [sum, probability] of sums) {
    // Adding in another order moves a sum by a few units of the resolution at most.
    const excess = Math.abs(sum) - observed;
    if (excess > sizes.length) p += probability;
    else if (excess >= -sizes.length) p += probability / 2;
  }
  return Math.min(1, p);
}

/** Of n equal differences, |won - lost| = excess: 2 P(X ≤ k) - P(X = k) for X ~ Binomial(n, 1/2), k = the fewer. */
function binomialMidP(n: number, excess: number): number {
  const fewer = Math.round((n - excess) / 2);
  // Terms relative to P(X = k), the largest of them: P(X = 0) = 2^-n alone would vanish for large n.
  let relative = 1;
  let sum = 1;
  for (let k = fewer; k > 0; k--) {
    relative *= k / (n - k + 1);
    sum += 2 * relative;
  }
  return Math.min(1, sum * binomialHalf(n, fewer));
}

/** P(X = k) for X ~ Binomial(n, 1/2). */
function binomialHalf(n: number, k: number): number {
  let p = 1;
  let halvings = n;
  for (let i = 1; i <= k; i++) {
    p *= (n - k + i) / i;
    for (; p > 1 && halvings > 0; halvings--) p /= 2;
  }
  return p * 2 ** -halvings;
}

/** Every sum of ± sizes with its probability, in units of the resolution; null when there are too many. */
function signedSums(sizes: readonly number[]): Map<number, number> | null {
  let sums = new Map([[0, 1]]);
  for (const size of sizes) {
    const step = Math.round(size / RESOLUTION);
    const next = new Map<number, number>();
    for (const [sum, probability] of sums)
      for (const moved of [sum - step, sum + step]) next.set(moved, (next.get(moved) ?? 0) + probability / 2);
    if (next.size > MOST_SUMS) return null;
    sums = next;
  }
  return sums;
}

/** Two-sided p of a standard normal value; Abramowitz & Stegun 7.1.26, absolute error below 2e-7. */
function normalP(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.min(1, Math.max(Number.MIN_VALUE, poly * Math.exp(-x * x)));
}
