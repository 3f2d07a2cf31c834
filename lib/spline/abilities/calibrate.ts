import { exp, logistic, softplus } from "../linear/elementary.js";
import { type Counts, exactLogit, itemsOf } from "./likelihood.js";

/** What x's and y's counts tell of the abilities, z unseen: posterior means and (co)variances, shape (n,) each. */
export interface Calibrated {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly xx: Float64Array;
  readonly xy: Float64Array;
  readonly yy: Float64Array;
  /** Sums over the points of E[t] (x, y) and of E[t t'] (xx, xy, yy), in logits. */
  readonly logits: readonly [number, number, number, number, number];
}

/** Abilities in logits: normal with this mean, and covariance xx, xy, yy. */
export interface Population {
  readonly mu: readonly [number, number];
  readonly sigma: readonly [number, number, number];
}

/** Nodes along each principal axis of a point's posterior, in its standard deviations. */
const NODES = Array.from({ length: 11 }, (_, i) => 0.6 * (i - 5));
const STEPS = 20;

/**
 * Regression calibration: each pair of scores replaced by the mean abilities that such scores come from, given the
 * population (t_x, t_y) ~ N(mu, Sigma); by quadrature about the mode. An exact score stays.
 *
 * @see Carroll, Ruppert, Stefanski & Crainiceanu 2006, Measurement Error in Nonlinear Models, ch. 4.
 */
export function calibrate(
  { x, y, items }: Pick<Counts, "x" | "y" | "items">,
  { mu, sigma }: Population,
): Calibrated {
  const [sxx, sxy, syy] = sigma;
  const det = sxx * syy - sxy * sxy;
  const [pxx, pxy, pyy] = [syy / det, -sxy / det, sxx / det];
  const array = (): Float64Array => new Float64Array(x.length);
  const out = { x: array(), y: array(), xx: array(), xy: array(), yy: array() };
  const logits: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [[mx, kx], [my, ky]] = [countOf(x[i]!, items.x[i]!), countOf(y[i]!, items.y[i]!)];
    let [s, t] = [mu[0], mu[1]];
    let [hxx, hyy] = [pxx, pyy];
    for (let step = 0; step < STEPS; step++) {
      const [u, v] = [logistic(s), logistic(t)];
      const gx = kx - mx * u - pxx * (s - mu[0]) - pxy * (t - mu[1]);
      const gy = ky - my * v - pxy * (s - mu[0]) - pyy * (t - mu[1]);
      [hxx, hyy] = [pxx + mx * u * (1 - u), pyy + my * v * (1 - v)];
      const d = hxx * hyy - pxy * pxy;
      const [ds, dt] = [(hyy * gx - pxy * gy) / d, (hxx * gy - pxy * gx) / d];
      s += Math.max(-1, Math.min(1, ds));
      t += Math.max(-1, Math.min(1, dt));
      if (Math.abs(ds) + Math.abs(dt) < 1e-8) break;
    }
    const d = hxx * hyy - pxy * pxy;
    const lxx = Math.sqrt(hyy / d);
    const lyx = -pxy / d / lxx;
    const lyy = Math.sqrt(Math.max(0, hxx / d - lyx * lyx));
    const logAt = (a: number, b: number): number => {
      const [da, db] = [a - mu[0], b - mu[1]];
      return (
        kx * a -
        mx * softplus(a) +
        ky * b -
        my * softplus(b) -
        0.5 * (pxx * da * da + 2 * pxy * da * db + pyy * db * db)
      );
    };
    const top = logAt(s, t);
    let total = 0;
    const sums = new Float64Array(10);
    for (const p of NODES)
      for (const q of NODES) {
        const [a, b] = [s + lxx * p, t + lyx * p + lyy * q];
        const weight = exp(logAt(a, b) - top);
        const [u, v] = [logistic(a), logistic(b)];
        total += weight;
        const terms = [u, v, u * u, u * v, v * v, a, b, a * a, a * b, b * b];
        for (let at = 0; at < terms.length; at++) sums[at]! += weight * terms[at]!;
      }
    const [u, v, uu, uv, vv, ...own] = sums.map((sum) => sum / total) as unknown as readonly number[] &
      readonly [number, number, number, number, number];
    for (const [at, mean] of own.entries()) logits[at]! += mean;
    out.x[i] = items.x[i] === Infinity ? x[i]! : u;
    out.y[i] = items.y[i] === Infinity ? y[i]! : v;
    out.xx[i] = Math.max(0, uu - u * u);
    out.xy[i] = uv - u * v;
    out.yy[i] = Math.max(0, vv - v * v);
  }
  return { ...out, logits };
}

/** Items and right answers behind a score. */
function countOf(score: number, items: number): readonly [items: number, right: number] {
  const count = itemsOf(items);
  return [count, count * (items === Infinity ? logistic(exactLogit(score)) : score)];
}

const EM_STEPS = 40;
/** Prior on the covariance, worth so many points of variance 1 and correlation .5: keeps a few points from agreeing by chance. */
const PRIOR_POINTS = 0.5;

/** The population that the scores come from, by EM (Dempster, Laird & Rubin 1977) with a weak prior on its spread. */
export function populationOf(counts: Pick<Counts, "x" | "y" | "items">): Population {
  const n = counts.x.length;
  let population: Population = { mu: [0, 0], sigma: [1, 0.5, 1] };
  for (let step = 0; step < EM_STEPS; step++) {
    const { logits } = calibrate(counts, population);
    const [a, b, aa, ab, bb] = logits.map((sum) => sum / n) as unknown as Calibrated["logits"];
    const spread = (second: number, one: number, two: number, prior: number): number =>
      (n * (second - one * two) + PRIOR_POINTS * prior) / (n + PRIOR_POINTS);
    const sigma = [spread(aa, a, a, 1), spread(ab, a, b, 0.5), spread(bb, b, b, 1)] as const;
    const moved = Math.abs(sigma[0] - population.sigma[0]) + Math.abs(sigma[2] - population.sigma[2]);
    population = { mu: [a, b], sigma };
    if (moved < 1e-3) break;
  }
  return population;
}

const orExact = (items: Float64Array): Float64Array =>
  items.map((count) => (Number.isNaN(count) ? Infinity : count));

/**
 * Correlation of two abilities, in logits, freed of the noise of their scores; NaN for fewer than three models.
 *
 * @param x,y Scores in [0, 1], shape (n,).
 * @param items Items behind each; NaN where unknown: the score is then taken as exact.
 */
export function abilityCorrelation(
  x: Float64Array,
  y: Float64Array,
  items: { readonly x: Float64Array; readonly y: Float64Array },
): number {
  if (x.length < 3) return NaN;
  const counts = { x: orExact(items.x), y: orExact(items.y), z: x };
  const [xx, xy, yy] = populationOf({ x, y, items: counts }).sigma;
  return xy / Math.sqrt(xx * yy);
}
