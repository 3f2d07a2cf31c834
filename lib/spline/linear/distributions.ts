import { log } from "./elementary.js";

const LOG_ROOT_2PI = 0.9189385332046728;

/** log Gamma(x), x > 0, by Stirling's series from 7 on; absolute error below 1e-13, beside rounding. */
export function logGamma(x: number): number {
  let shift = 1;
  while (x < 7) shift *= x++;
  const y = 1 / (x * x);
  const tail = y * (1 / 1680 - y * (1 / 1188 - y * (691 / 360_360 - y / 156)));
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - tail))) / x;
  return (x - 0.5) * log(x) - x + LOG_ROOT_2PI + series - log(shift);
}

/**
 * Regularised incomplete beta function I_x(a, b) for positive a and b, by Lentz's continued fraction.
 *
 * @returns 0 for x <= 0 and 1 for x >= 1.
 * @see Press et al. 2007, Numerical Recipes, 3rd ed., section 6.4.
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front =
    Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m <= 500; m++) {
    for (const term of [
      (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)),
      (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
    ]) {
      d = 1 + term * d;
      d = 1 / (Math.abs(d) < tiny ? tiny : d);
      c = 1 + term / c;
      if (Math.abs(c) < tiny) c = tiny;
      h *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-15) break;
  }
  return front * h;
}

/**
 * Two-sided quantile of Student's t: P(|T| <= t) = level.
 *
 * @param level Between 0 and 1: 0.95 gives the half-width of a 95 % interval in standard errors.
 * @param df Degrees of freedom, positive, not necessarily whole.
 */
export function studentQuantile(level: number, df: number): number {
  const tail = (t: number): number => incompleteBeta(df / (df + t * t), df / 2, 0.5);
  let [lo, hi] = [0, 2];
  while (tail(hi) > 1 - level && hi < 1e12) hi *= 2;
  while (hi - lo > 1e-14 * hi) {
    const middle = (lo + hi) / 2;
    if (tail(middle) > 1 - level) lo = middle;
    else hi = middle;
  }
  return (lo + hi) / 2;
}

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
