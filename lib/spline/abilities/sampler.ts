import { anovaPrior } from "./anova.js";
import { Chain, type PriorScales } from "./chain.js";
import type { Counts } from "./likelihood.js";
import { randomOf } from "./random.js";

/** How the sampler runs. */
export interface SamplerSettings extends PriorScales {
  /** B-splines an axis. */
  readonly size: number;
  readonly chains: number;
  readonly sweeps: number;
  readonly burn: number;
  readonly thin: number;
  readonly seed: number;
}

const SETTINGS: SamplerSettings = {
  size: 6,
  chains: 3,
  sweeps: 1600,
  burn: 600,
  thin: 4,
  bend: 0.05,
  interaction: 0.25,
  product: 0.2,
  scatter: 0.3,
  seed: 1,
};
/** Many abilities move together more slowly: with more points than this the chains are longer. */
const MANY_POINTS = 50;
const LONGER_SWEEPS = 2000;
/** Sweeps from one word of progress to the next. */
const PROGRESS_SWEEPS = 100;

/** Draws from the posterior, chain after chain. */
export interface Draws {
  readonly size: number;
  readonly chains: number;
  /** Draws in all. */
  readonly count: number;
  /** B-spline coefficients, shape (count, size^2). */
  readonly theta: Float64Array;
  /** Scatter of true scores about the surface, relative to sqrt(p (1 - p)), shape (count,). */
  readonly scatter: Float64Array;
  /** Mean and covariance of the abilities: mu_x, mu_y, s_xx, s_xy, s_yy; shape (count, 5). */
  readonly abilities: Float64Array;
  /** Share of z that the surface foretells at each point's abilities, shape (count, n). */
  readonly fitted: Float32Array;
  /** Log-likelihood of each point's z, shape (count, n). */
  readonly logLikelihood: Float32Array;
  /** Standard deviation of the families' effects, shape (count,); all 0 without families. */
  readonly familyScatter: Float64Array;
  /** Share of accepted proposals of theta. */
  readonly acceptance: number;
}

/**
 * Draws from the posterior of a surface over abilities. The model, for point i:
 *
 *     (t_x, t_y) ~ N(mu, Sigma),   x's right answers ~ Bin(m_x, logistic(t_x)),   y's likewise,
 *     z's right answers ~ BetaBin(m_z, p, phi),   p = share(f(logistic(t_x), logistic(t_y)) + family effect),
 *
 * f a tensor of cubic B-splines with independent Gaussian priors on level and slopes, bends along x, bends along y and
 * interaction, their scales half-normal. theta is proposed from the Gaussian approximation at the current surface
 * (iteratively reweighted least squares; Gamerman 1997, doi:10.1023/A:1018509429360) and corrected by Metropolis and
 * Hastings; abilities by adaptive random walks; mu and Sigma from their normal-inverse-Wishart conditional.
 *
 * @param onProgress Told the share of the sweeps that are done, from 0 to 1.
 * @see Berry, Carroll & Ruppert 2002, doi:10.1198/016214502753479301 (splines with errors in variables).
 */
export function sampleSurface(
  counts: Counts,
  settings: Partial<SamplerSettings> = {},
  onProgress: (share: number) => void = () => {},
): Draws {
  const n = counts.x.length;
  const all = { ...SETTINGS, ...(n > MANY_POINTS ? { sweeps: LONGER_SWEEPS } : {}), ...settings };
  const { chains, sweeps, burn, thin, size } = all;
  const each = Math.ceil((sweeps - burn) / thin);
  const count = each * chains;
  const theta = new Float64Array(count * size * size);
  const scatter = new Float64Array(count);
  const abilities = new Float64Array(count * 5);
  const fitted = new Float32Array(count * n);
  const log = new Float32Array(count * n);
  const familyScatter = new Float64Array(count);
  const prior = anovaPrior(size);
  let accepted = 0;
  for (let at = 0; at < chains; at++) {
    const chain = new Chain(counts, all, prior, randomOf(all.seed * 7919 + at * 104_729));
    for (let sweep = 0; sweep < sweeps; sweep++) {
      chain.sweep(sweep, sweep < burn);
      if (sweep % PROGRESS_SWEEPS === 0) onProgress((at * sweeps + sweep) / (chains * sweeps));
      if (sweep < burn || (sweep - burn) % thin !== 0) continue;
      const row = at * each + (sweep - burn) / thin;
      theta.set(chain.theta, row * size * size);
      scatter[row] = chain.scatter;
      familyScatter[row] = chain.familyScatter;
      abilities.set([...chain.mu, ...chain.sigma], row * 5);
      chain.tell(fitted.subarray(row * n, row * n + n), log.subarray(row * n, row * n + n));
    }
    accepted += chain.accepted;
  }
  return {
    size,
    chains,
    count,
    theta,
    scatter,
    abilities,
    fitted,
    logLikelihood: log,
    familyScatter,
    acceptance: accepted / (chains * sweeps),
  };
}
