/**
 * P(sum l_i chi2_1 > 0) for independent chi-squares, by the Lugannani-Rice form of the saddlepoint approximation.
 *
 * @param weights l_i, some positive and some negative.
 * @returns A probability in [0, 1]; 0 or 1 when all weights have one sign.
 * @see Kuonen 1999, doi:10.1093/biomet/86.4.929.
 */
export function positiveQuadraticForm(weights: Float64Array): number {
  const largest = weights.reduce((a, b) => Math.max(a, b), -Infinity);
  const smallest = weights.reduce((a, b) => Math.min(a, b), Infinity);
  if (largest <= 0) return 0;
  if (smallest >= 0) return 1;
  const t = saddlepoint(weights, 1 / (2 * smallest), 1 / (2 * largest));
  let k = 0;
  let k2 = 0;
  let k3 = 0;
  for (const l of weights) {
    const ratio = l / (1 - 2 * t * l);
    k -= 0.5 * Math.log1p(-2 * t * l);
    k2 += 2 * ratio * ratio;
    k3 += 8 * ratio ** 3;
  }
  const w = Math.sign(t) * Math.sqrt(Math.max(0, -2 * k));
  // At the mean the formula is 0 / 0; its limit takes the skewness.
  if (Math.abs(w) < 1e-4) return clampUnit(0.5 - k3 / (6 * Math.sqrt(2 * Math.PI) * k2 ** 1.5));
  const v = t * Math.sqrt(k2);
  return clampUnit(normalTail(w + Math.log(v / w) / w));
}

/** The root of K'(t) = sum l / (1 - 2 t l), which rises from -inf to inf over (lo, hi). */
function saddlepoint(weights: Float64Array, lo: number, hi: number): number {
  for (let i = 0; i < 200; i++) {
    const t = (lo + hi) / 2;
    if (t === lo || t === hi) break;
    let slope = 0;
    for (const l of weights) slope += l / (1 - 2 * t * l);
    if (slope > 0) hi = t;
    else lo = t;
  }
  return (lo + hi) / 2;
}

function clampUnit(p: number): number {
  return Math.min(1, Math.max(0, p));
}

/** P(Z > x) of the standard normal: series near 0, continued fraction for Mills' ratio in the tail. */
export function normalTail(x: number): number {
  if (x < 0) return 1 - normalTail(-x);
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  if (x < 2.5) {
    let term = x;
    let sum = x;
    for (let k = 3; term > 1e-17 * sum; k += 2) {
      term *= (x * x) / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = x;
  for (let k = 120; k > 0; k--) fraction = x + k / fraction;
  return density / fraction;
}
