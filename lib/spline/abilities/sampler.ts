import { type AnovaPrior, anovaPrior } from "./anova.js";
import * as kernels from "./kernels.js";
import * as likelihood from "./likelihood.js";
import * as cholesky from "../linear/cholesky.js";
import * as distributions from "../linear/distributions.js";
import * as elementary from "../linear/elementary.js";
import { type Random, randomOf } from "./random.js";

/** What was counted: shape (n,) each. A score without a known number of items is exact: `items` is Infinity there. */
export interface Counts {
  /** Scores in [0, 1]. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly items: { readonly x: Float64Array; readonly y: Float64Array; readonly z: Float64Array };
  /** Family of each point, 0 .. families - 1; null where every point stands for itself. */
  readonly family: Int32Array | null;
}

/** How the sampler runs. */
export interface SamplerSettings {
  readonly size: number;
  readonly chains: number;
  readonly sweeps: number;
  readonly burn: number;
  readonly thin: number;
  /** Scales of the half-normal priors of the standard deviations of bends, of x y, of what else both do, of scatter. */
  readonly bend: number;
  readonly product: number;
  readonly interaction: number;
  readonly scatter: number;
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

// Taken out of their module once: an imported name in an inner loop is looked up each time.
const { addPoints, bsplines, squaredNorm, valueAt } = kernels;
const { logLikelihood, share, slopeOfShare } = likelihood;
const { exp, log, logistic, softplus } = elementary;
const { backwardSolve, choleskyInPlace, forwardSolve, logDeterminant } = cholesky;
const { logGamma } = distributions;

/** Items that an exact z counts as: its error is then far below any scatter. */
const EXACT_ITEMS = 10_000;
/** Scale of the half-normal prior of the families' standard deviation. */
const FAMILY_SCATTER = 0.15;
/** Sweeps from one word of progress to the next. */
const PROGRESS_SWEEPS = 100;

/** Log density of N(0, width^2), without its constant. */
const logAbout0 = (value: number, width: number): number => (-0.5 * (value * value)) / (width * width);
/** The beta-binomial's precision phi for a scatter relative to sqrt(p (1 - p)). */
const precisionOf = (scatter: number): number => 1 / (scatter * scatter) - 1;

/** Log density of N(0, P^-1) at (a, c), without its constant. */
function logNormal(a: number, c: number, p00: number, p01: number, p11: number): number {
  return -0.5 * (p00 * a * a + 2 * p01 * a * c + p11 * c * c);
}

/** Log-likelihood of `right` of `items` answers at the ability t, in logits. */
function logBinomial(t: number, right: number, items: number): number {
  return right * t - items * softplus(t);
}

/** The abilities' prior, normal-inverse-Wishart and weak: 4 degrees of freedom, scale [[1, .3], [.3, 1]], kappa .1. */
const KAPPA = 0.1;
const SHARED = 0.3;

/** Log prior density of the abilities' mean and covariance. */
function logPopulation(
  [mx, my]: readonly [number, number],
  [xx, xy, yy]: readonly [number, number, number],
): number {
  const det = xx * yy - xy * xy;
  const forms = (1 + KAPPA * mx * mx) * yy - 2 * (SHARED + KAPPA * mx * my) * xy + (1 + KAPPA * my * my) * xx;
  return -4 * log(det) - (0.5 * forms) / det;
}

/** The sum of squares of each part's coordinates over their prior variances, into `out`; `half` is room to work in. */
function partSquares(prior: AnovaPrior, theta: Float64Array, half: Float64Array, out: Float64Array): void {
  const { size, turn, part, variance } = prior;
  for (let i = 0; i < size; i++)
    for (let b = 0; b < size; b++) {
      let s = 0;
      for (let a = 0; a < size; a++) s += turn[i * size + a]! * theta[a * size + b]!;
      half[i * size + b] = s;
    }
  out.fill(0);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let s = 0;
      for (let b = 0; b < size; b++) s += half[i * size + b]! * turn[j * size + b]!;
      out[part[i * size + j]!]! += (s * s) / variance[i * size + j]!;
    }
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
      chain.sweep(sweep);
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

/** Arrays to work in, made once a chain: for n points and `order` coefficients. */
function roomFor(n: number, order: number) {
  return {
    q: new Float64Array(order * order),
    q2: new Float64Array(order * order),
    precision: new Float64Array(order * order),
    right: new Float64Array(order),
    mean: new Float64Array(order),
    mean2: new Float64Array(order),
    next: new Float64Array(order),
    noise: new Float64Array(order),
    half: new Float64Array(order),
    parts: new Float64Array(5),
    weight: new Float64Array(n),
    pull: new Float64Array(n),
    nextF: new Float64Array(n),
    nextLog: new Float64Array(n),
    nextT: new Float64Array(n),
    nextB: new Float64Array(8 * n),
    nextCell: new Int32Array(2 * n),
    b: new Float64Array(8),
  };
}

class Chain {
  readonly theta: Float64Array;
  readonly mu: [number, number] = [0, 0];
  /** Sigma: xx, xy, yy. */
  sigma: readonly [number, number, number] = [1.2, 0.6, 1.2];
  scatter: number;
  accepted = 0;
  private readonly n: number;
  private phi: number;
  /** log of the parts' scales: bends along x, along y, product, both. */
  private readonly logScale: [number, number, number, number];
  private readonly t: Float64Array;
  private readonly b: Float64Array;
  private readonly cell: Int32Array;
  private readonly f: Float64Array;
  private readonly logLik: Float64Array;
  private readonly step: Float64Array;
  private readonly right: { x: Float64Array; y: Float64Array; z: Float64Array };
  private readonly itemsOfZ: Float64Array;
  private readonly offset: Float64Array;
  private readonly effect: Float64Array;
  familyScatter = 0;
  private readonly room: ReturnType<typeof roomFor>;

  constructor(
    private readonly counts: Counts,
    private readonly settings: SamplerSettings,
    private readonly prior: AnovaPrior,
    private readonly random: Random,
  ) {
    const { size } = settings;
    const n = counts.x.length;
    const order = size * size;
    this.n = n;
    this.theta = new Float64Array(order);
    this.scatter = 0.15 * exp(0.4 * random.normal());
    this.phi = precisionOf(this.scatter);
    const start = (): number => log(0.05) + 0.6 * random.normal();
    this.logScale = [start(), start(), start(), start()];
    this.t = new Float64Array(2 * n);
    this.b = new Float64Array(8 * n);
    this.cell = new Int32Array(2 * n);
    this.f = new Float64Array(n);
    this.logLik = new Float64Array(n);
    this.step = new Float64Array(n).fill(1);
    this.itemsOfZ = counts.items.z.map((m) => Math.min(m, EXACT_ITEMS));
    this.right = {
      x: counts.x.map((value, i) => value * counts.items.x[i]!),
      y: counts.y.map((value, i) => value * counts.items.y[i]!),
      z: counts.z.map((value, i) => value * this.itemsOfZ[i]!),
    };
    const families = counts.family === null ? 0 : Math.max(-1, ...counts.family) + 1;
    this.effect = new Float64Array(families);
    this.familyScatter = families > 0 ? 0.1 : 0;
    this.offset = new Float64Array(n);
    this.room = roomFor(n, order);
    const { x, y, items } = counts;
    for (let i = 0; i < n; i++) {
      this.t[2 * i] = this.startOf(x[i]!, items.x[i]!);
      this.t[2 * i + 1] = this.startOf(y[i]!, items.y[i]!);
      const u = items.x[i] === Infinity ? x[i]! : logistic(this.t[2 * i]!);
      const v = items.y[i] === Infinity ? y[i]! : logistic(this.t[2 * i + 1]!);
      this.cell[2 * i] = bsplines(size, u, this.b, 8 * i);
      this.cell[2 * i + 1] = bsplines(size, v, this.b, 8 * i + 4);
    }
    const first = this.right.z.map((k, i) => (k + 1) / (this.itemsOfZ[i]! + 2));
    this.weighPrior();
    this.approximate(this.room.q, first, this.room.mean);
    this.theta.set(this.room.mean);
    this.refresh();
  }

  private startOf(score: number, items: number): number {
    if (items === Infinity) return likelihood.exactLogit(score);
    const k = score * items;
    return log((k + 0.7) / (items - k + 0.7)) + 0.3 * this.random.normal();
  }

  private refresh(): void {
    const { theta, b, cell, f, logLik, offset } = this;
    const { size } = this.settings;
    for (let i = 0; i < this.n; i++) {
      f[i] = valueAt(theta, size, b, 8 * i, cell[2 * i]!, cell[2 * i + 1]!);
      logLik[i] = this.logZ(i, f[i]! + offset[i]!);
    }
  }

  /** Log-likelihood of point i's z where the surface and what its family adds are at f. */
  private logZ(i: number, f: number, phi = this.phi): number {
    return logLikelihood(f, this.right.z[i]!, this.itemsOfZ[i]!, phi);
  }

  /** Gaussian approximation of theta's posterior around the surface f: factor into q, mean; returns log|q| / 2. */
  private approximate(q: Float64Array, f: Float64Array, mean: Float64Array): number {
    const { weight, pull } = this.room;
    const { size } = this.settings;
    const relative = this.scatter * this.scatter;
    for (let i = 0; i < this.n; i++) {
      const at = f[i]! + this.offset[i]!;
      const p = Math.min(1 - 1e-4, Math.max(1e-4, share(at)));
      const g = slopeOfShare(at);
      const m = this.itemsOfZ[i]!;
      const variance = p * (1 - p) * (1 / m + relative * (1 - 1 / m));
      weight[i] = (g * g) / variance;
      pull[i] = weight[i]! * (f[i]! - 0.5) + (g * (this.right.z[i]! / m - p)) / variance;
    }
    const order = size * size;
    q.set(this.room.precision);
    mean.fill(0);
    addPoints(q, mean, weight, pull, this.b, this.cell, size);
    choleskyInPlace(q, order);
    backwardSolve(q, order, forwardSolve(q, order, mean));
    return logDeterminant(q, order) / 2;
  }

  /** Lower triangle of theta's prior precision at the parts' scales, to `room.precision`. */
  private weighPrior(): void {
    const { size, precision } = this.prior;
    const order = size * size;
    const out = this.room.precision.fill(0);
    for (const [part, matrix] of precision.entries()) {
      const relative = part === 0 ? 1 : exp(-2 * this.logScale[part - 1]!);
      for (let a = 0; a < order; a++)
        for (let at = a * order; at <= a * order + a; at++) out[at]! += relative * matrix[at]!;
    }
  }

  private logPrior(theta: Float64Array): number {
    const { parts, half } = this.room;
    partSquares(this.prior, theta, half, parts);
    let sum = parts[0]!;
    for (let part = 0; part < 4; part++) sum += exp(-2 * this.logScale[part]!) * parts[part + 1]!;
    return -0.5 * sum;
  }

  sweep(at: number): void {
    this.drawTheta(at < 20);
    this.drawScales();
    this.drawScatter();
    if (this.effect.length > 0) {
      this.drawFamilies();
      for (let move = 0; move < 3; move++) this.exchangePlane();
    }
    this.drawAbilities(at < this.settings.burn);
    this.drawPopulation();
    this.stretch();
  }

  /** The surface at the points, and the log-likelihood of each z. */
  tell(fitted: Float32Array, log: Float32Array): void {
    for (let i = 0; i < this.n; i++) {
      const m = this.itemsOfZ[i]!;
      fitted[i] = share(this.f[i]!);
      log[i] = this.logLik[i]! - logGamma(m + this.phi) + logGamma(this.phi);
    }
  }

  private drawTheta(isStart: boolean): void {
    const { q, q2, mean, mean2, next, noise, nextF, nextLog } = this.room;
    const { theta, random, n, b, cell } = this;
    const { size } = this.settings;
    this.weighPrior();
    const half = this.approximate(q, this.f, mean);
    const rho = isStart || random.unit() < 0.5 ? 0 : 0.8;
    const spread = Math.sqrt(1 - rho * rho);
    let forwardSquare = 0;
    for (let i = 0; i < noise.length; i++) {
      noise[i] = random.normal();
      forwardSquare += noise[i]! * noise[i]!;
    }
    backwardSolve(q, noise.length, noise);
    for (let i = 0; i < next.length; i++)
      next[i] = mean[i]! + rho * (theta[i]! - mean[i]!) + spread * noise[i]!;
    let ratio = this.logPrior(next) - this.logPrior(theta);
    for (let i = 0; i < n; i++) {
      nextF[i] = valueAt(next, size, b, 8 * i, cell[2 * i]!, cell[2 * i + 1]!);
      nextLog[i] = this.logZ(i, nextF[i]! + this.offset[i]!);
      ratio += nextLog[i]! - this.logLik[i]!;
    }
    const half2 = this.approximate(q2, nextF, mean2);
    for (let i = 0; i < noise.length; i++) noise[i] = theta[i]! - mean2[i]! - rho * (next[i]! - mean2[i]!);
    const backSquare = squaredNorm(q2, noise) / (1 - rho * rho);
    ratio += half2 - half - 0.5 * (backSquare - forwardSquare);
    if (!isStart && log(random.unit()) >= ratio) return;
    theta.set(next);
    this.f.set(nextF);
    this.logLik.set(nextLog);
    this.accepted += 1;
  }

  private drawScales(): void {
    const { parts, half } = this.room;
    const { bend, product, interaction } = this.settings;
    const widths = [bend, bend, product, interaction];
    partSquares(this.prior, this.theta, half, parts);
    for (let part = 0; part < 4; part++) {
      const widest = widths[part]!;
      const logDensity = (value: number): number => {
        const scale = exp(value);
        const shrunk = this.prior.count[part + 1]! * value + (0.5 * parts[part + 1]!) / (scale * scale);
        return value - shrunk + logAbout0(scale, widest);
      };
      let current = logDensity(this.logScale[part]!);
      for (const width of [1, 0.4, 0.4]) {
        const value = this.logScale[part]! + width * this.random.normal();
        const proposed = logDensity(value);
        if (value < -9 || log(this.random.unit()) >= proposed - current) continue;
        this.logScale[part] = value;
        current = proposed;
      }
    }
  }

  private drawScatter(): void {
    const { nextLog } = this.room;
    const next = this.scatter * exp(0.4 * this.random.normal());
    if (next >= 0.95) return;
    const phi = precisionOf(next);
    const { scatter: width } = this.settings;
    let ratio = logAbout0(next, width) - logAbout0(this.scatter, width) + log(next / this.scatter);
    let known = 0;
    let rising = 0;
    for (let i = 0; i < this.n; i++) {
      const m = this.itemsOfZ[i]!;
      nextLog[i] = this.logZ(i, this.f[i]! + this.offset[i]!, phi);
      // Most points have the same number of items.
      if (m !== known) {
        known = m;
        rising = logGamma(m + phi) - logGamma(phi) - logGamma(m + this.phi) + logGamma(this.phi);
      }
      ratio += nextLog[i]! - this.logLik[i]! - rising;
    }
    if (log(this.random.unit()) >= ratio) return;
    this.scatter = next;
    this.phi = phi;
    this.logLik.set(nextLog);
  }

  /** Effects shared by the models of a family, normal about 0, and their scale. */
  private drawFamilies(): void {
    const family = this.counts.family!;
    const { effect, random, offset } = this;
    const { nextLog } = this.room;
    const next = effect.map((value) => value + 1.2 * this.familyScatter * random.normal());
    const ratio = next.map(
      (value, at) => logAbout0(value, this.familyScatter) - logAbout0(effect[at]!, this.familyScatter),
    );
    for (let i = 0; i < this.n; i++) {
      nextLog[i] = this.logZ(i, this.f[i]! + next[family[i]!]!);
      ratio[family[i]!]! += nextLog[i]! - this.logLik[i]!;
    }
    const taken = ratio.map((value) => Number(log(random.unit()) < value));
    for (let i = 0; i < this.n; i++) {
      if (taken[family[i]!] === 0) continue;
      offset[i] = next[family[i]!]!;
      this.logLik[i] = nextLog[i]!;
    }
    effect.forEach((_, at) => {
      if (taken[at] === 1) effect[at] = next[at]!;
    });
    const square = effect.reduce((sum, value) => sum + value * value, 0);
    const logDensity = (scale: number): number =>
      (1 - effect.length) * log(scale) - square / (2 * scale * scale) + logAbout0(scale, FAMILY_SCATTER);
    const scale = this.familyScatter * exp(0.5 * random.normal());
    if (scale > 1e-3 && log(random.unit()) < logDensity(scale) - logDensity(this.familyScatter))
      this.familyScatter = scale;
  }

  /**
   * Moves a plane from the families' effects into the surface, or back: where families explain nearly all scatter, one
   * can hardly move without the other. Symmetric, so that the posterior's ratio decides.
   */
  private exchangePlane(): void {
    const { effect, offset, random, theta, t, f, n, counts, logLik } = this;
    const { next, nextF, nextLog } = this.room;
    const { size } = this.settings;
    const { items } = counts;
    const family = counts.family!;
    const step = (1.5 * this.familyScatter) / Math.sqrt(effect.length);
    const level = step * random.normal();
    const slopeX = 2 * step * random.normal();
    const slopeY = 2 * step * random.normal();
    // A line's B-spline coefficients are its values at (j - 1) / (size - 3).
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++)
        next[a * size + b] =
          theta[a * size + b]! +
          level +
          slopeX * ((a - 1) / (size - 3) - 0.5) +
          slopeY * ((b - 1) / (size - 3) - 0.5);
    const sums = new Float64Array(effect.length);
    const sizes = new Float64Array(effect.length);
    for (let i = 0; i < n; i++) {
      const u = items.x[i] === Infinity ? counts.x[i]! : logistic(t[2 * i]!);
      const v = items.y[i] === Infinity ? counts.y[i]! : logistic(t[2 * i + 1]!);
      const plane = level + slopeX * (u - 0.5) + slopeY * (v - 0.5);
      nextF[i] = f[i]! + plane;
      sums[family[i]!]! += plane;
      sizes[family[i]!]! += 1;
    }
    let ratio = this.logPrior(next) - this.logPrior(theta);
    const moved = effect.map((value, at) => value - sums[at]! / sizes[at]!);
    for (const [at, value] of moved.entries())
      ratio += logAbout0(value, this.familyScatter) - logAbout0(effect[at]!, this.familyScatter);
    for (let i = 0; i < n; i++) {
      nextLog[i] = this.logZ(i, nextF[i]! + moved[family[i]!]!);
      ratio += nextLog[i]! - logLik[i]!;
    }
    if (log(random.unit()) >= ratio) return;
    theta.set(next);
    f.set(nextF);
    logLik.set(nextLog);
    effect.set(moved);
    for (let i = 0; i < n; i++) offset[i] = effect[family[i]!]!;
  }

  private drawAbilities(isTuning: boolean): void {
    const { t, b, cell, f, logLik, step, random, right, offset, theta, mu } = this;
    const { items } = this.counts;
    const { size } = this.settings;
    const [xx, xy, yy] = this.sigma;
    const det = xx * yy - xy * xy;
    const p00 = yy / det;
    const p01 = -xy / det;
    const p11 = xx / det;
    const trial = this.room.b;
    for (let i = 0; i < this.n; i++) {
      const exactX = items.x[i] === Infinity;
      const exactY = items.y[i] === Infinity;
      if (exactX && exactY) continue;
      const kx = right.x[i]!;
      const ky = right.y[i]!;
      let s = t[2 * i]!;
      let r = t[2 * i + 1]!;
      let current = logNormal(s - mu[0], r - mu[1], p00, p01, p11);
      if (!exactX) current += logBinomial(s, kx, items.x[i]!);
      if (!exactY) current += logBinomial(r, ky, items.y[i]!);
      for (let attempt = 0; attempt < 2; attempt++) {
        const a = exactX ? s : s + step[i]! * random.normal();
        const c = exactY ? r : r + step[i]! * random.normal();
        let proposed = logNormal(a - mu[0], c - mu[1], p00, p01, p11);
        if (!exactX) proposed += logBinomial(a, kx, items.x[i]!);
        if (!exactY) proposed += logBinomial(c, ky, items.y[i]!);
        const cx = bsplines(size, exactX ? this.counts.x[i]! : logistic(a), trial, 0);
        const cy = bsplines(size, exactY ? this.counts.y[i]! : logistic(c), trial, 4);
        const value = valueAt(theta, size, trial, 0, cx, cy);
        const logZ = this.logZ(i, value + offset[i]!);
        const isTaken = log(random.unit()) < proposed - current + logZ - logLik[i]!;
        if (isTaken) {
          s = a;
          r = c;
          current = proposed;
          logLik[i] = logZ;
          f[i] = value;
          cell[2 * i] = cx;
          cell[2 * i + 1] = cy;
          for (let j = 0; j < 8; j++) b[8 * i + j] = trial[j]!;
        }
        if (isTuning) step[i]! *= exp(isTaken ? 0.07 : -0.03);
      }
      t[2 * i] = s;
      t[2 * i + 1] = r;
    }
  }

  /**
   * Shifts and stretches the abilities of one axis, and their mean and spread with them: where few items tell little of
   * each ability, neither can move far alone (Yu & Meng 2011, doi:10.1198/jcgs.2011.203main, interweaving).
   */
  private stretch(): void {
    const { t, n, mu, right, counts, random, room } = this;
    const axis = random.unit() < 0.5 ? 0 : 1;
    const [known, k] = axis === 0 ? [counts.items.x, right.x] : [counts.items.y, right.y];
    if (known.includes(Infinity)) return;
    const width = 2.2 / Math.sqrt(n);
    const grow = exp(width * random.normal());
    const [from, to] = [mu[axis], mu[axis] + width * random.normal()];
    const [xx, xy, yy] = this.sigma;
    const sigma =
      axis === 0
        ? ([xx * grow * grow, xy * grow, yy] as const)
        : ([xx, xy * grow, yy * grow * grow] as const);
    let ratio =
      3 * log(grow) +
      logPopulation(axis === 0 ? [to, mu[1]] : [mu[0], to], sigma) -
      logPopulation(mu, this.sigma);
    const { nextT, nextB, nextCell, nextF, nextLog } = room;
    const { size } = this.settings;
    nextB.set(this.b);
    nextCell.set(this.cell);
    for (let i = 0; i < n; i++) {
      const now = t[2 * i + axis]!;
      const next = to + grow * (now - from);
      nextT[i] = next;
      ratio += logBinomial(next, k[i]!, known[i]!) - logBinomial(now, k[i]!, known[i]!);
      nextCell[2 * i + axis] = bsplines(size, logistic(next), nextB, 8 * i + 4 * axis);
      nextF[i] = valueAt(this.theta, size, nextB, 8 * i, nextCell[2 * i]!, nextCell[2 * i + 1]!);
      nextLog[i] = this.logZ(i, nextF[i]! + this.offset[i]!);
      ratio += nextLog[i]! - this.logLik[i]!;
    }
    if (log(random.unit()) >= ratio) return;
    for (let i = 0; i < n; i++) t[2 * i + axis] = nextT[i]!;
    this.b.set(nextB);
    this.cell.set(nextCell);
    this.f.set(nextF);
    this.logLik.set(nextLog);
    mu[axis] = to;
    this.sigma = sigma;
  }

  /** mu and Sigma given the abilities, by their conditional. */
  private drawPopulation(): void {
    const { t, n, random, mu } = this;
    let [mx, my] = [0, 0];
    for (let i = 0; i < n; i++) {
      mx += t[2 * i]! / n;
      my += t[2 * i + 1]! / n;
    }
    let [a, b, c] = [1, SHARED, 1];
    for (let i = 0; i < n; i++) {
      const [dx, dy] = [t[2 * i]! - mx, t[2 * i + 1]! - my];
      a += dx * dx;
      b += dx * dy;
      c += dy * dy;
    }
    const nu = 4 + n;
    const pull = (KAPPA * n) / (KAPPA + n);
    a += pull * mx * mx;
    b += pull * mx * my;
    c += pull * my * my;
    // Bartlett's decomposition of a Wishart with the inverse of [[a, b], [b, c]].
    const det = a * c - b * b;
    const l0 = Math.sqrt(c / det);
    const l1 = -b / det / l0;
    const l2 = Math.sqrt(a / det - l1 * l1);
    const c0 = Math.sqrt(2 * random.gamma(nu / 2));
    const c1 = Math.sqrt(2 * random.gamma((nu - 1) / 2));
    const [w0, w1, w2] = [l0 * c0, l1 * c0 + l2 * random.normal(), l2 * c1];
    const [v0, v1, v2] = [w0 * w0, w0 * w1, w1 * w1 + w2 * w2];
    const d = v0 * v2 - v1 * v1;
    this.sigma = [v2 / d, -v1 / d, v0 / d];
    const q0 = Math.sqrt(this.sigma[0]);
    const q1 = this.sigma[1] / q0;
    const q2 = Math.sqrt(Math.max(0, this.sigma[2] - q1 * q1));
    const r = 1 / Math.sqrt(n + KAPPA);
    const [g0, g1] = [random.normal(), random.normal()];
    mu[0] = (n * mx) / (n + KAPPA) + r * q0 * g0;
    mu[1] = (n * my) / (n + KAPPA) + r * (q1 * g0 + q2 * g1);
  }
}
