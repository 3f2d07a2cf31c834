import * as basis from "../basis/axis.js";
import * as cholesky from "../linear/cholesky.js";
import * as distributions from "../linear/distributions.js";
import * as elementary from "../linear/elementary.js";
import type { AnovaPrior } from "./anova.js";
import * as kernels from "./kernels.js";
import * as likelihood from "./likelihood.js";
import type { Random } from "./random.js";

/** Scales of the half-normal priors of the standard deviations, in units of the score. */
export interface PriorScales {
  /** Of bends along an axis, of the product x y, of what else both do. */
  readonly bend: number;
  readonly product: number;
  readonly interaction: number;
  /** Of scatter, relative to sqrt(p (1 - p)). */
  readonly scatter: number;
}

// Taken out of their module once: an imported name in an inner loop is looked up each time.
const { bsplines } = basis;
const { addPoints, quadraticForm, squaredNorm, valueAt } = kernels;
const { logLikelihood, share, slopeOfShare } = likelihood;
const { exp, log, logistic, softplus } = elementary;
const { backwardSolve, choleskyInPlace, forwardSolve, logDeterminant } = cholesky;
const { logGamma } = distributions;

/** Scale of the half-normal prior of the families' standard deviation. */
const FAMILY_SCATTER = 0.15;
/** The abilities' prior, normal-inverse-Wishart and weak: 4 degrees of freedom, scale [[1, .3], [.3, 1]], kappa .1. */
const KAPPA = 0.1;
const SHARED = 0.3;

/** Log density of N(0, sd^2), without its constant. */
const logAbout0 = (value: number, sd: number): number => (-0.5 * (value * value)) / (sd * sd);
/** The beta-binomial's precision phi for a scatter relative to sqrt(p (1 - p)). */
const precisionOf = (scatter: number): number => 1 / (scatter * scatter) - 1;

/** Log-likelihood of `right` of `items` answers at the ability t, in logits. */
function logBinomial(t: number, right: number, items: number): number {
  return right * t - items * softplus(t);
}

/** Log prior density of the abilities' mean and covariance. */
function logPopulation(
  [mx, my]: readonly [number, number],
  [xx, xy, yy]: readonly [number, number, number],
): number {
  const det = xx * yy - xy * xy;
  const forms = (1 + KAPPA * mx * mx) * yy - 2 * (SHARED + KAPPA * mx * my) * xy + (1 + KAPPA * my * my) * xx;
  return -4 * log(det) - (0.5 * forms) / det;
}

const array = (length: number): Float64Array => new Float64Array(length);
const times = (one: Float64Array, two: Float64Array): Float64Array => one.map((value, i) => value * two[i]!);

/** Arrays to work in, made once a chain: for n points and `order` coefficients. */
function roomFor(n: number, order: number) {
  return {
    q: array(order * order),
    q2: array(order * order),
    precision: array(order * order),
    mean: array(order),
    mean2: array(order),
    next: array(order),
    noise: array(order),
    weight: array(n),
    pull: array(n),
    nextF: array(n),
    nextLog: array(n),
    nextOffset: array(n),
    nextT: array(n),
    nextB: array(8 * n),
    nextCell: new Int32Array(2 * n),
    trial: array(8),
  };
}

/** One chain: where it stands, and the moves of a sweep. The model is that of `sampleSurface`. */
export class Chain {
  /** Coefficients of the surface, and the scatter of true scores about it. */
  readonly theta: Float64Array;
  scatter: number;
  /** Mean and covariance (xx, xy, yy) of the abilities. */
  readonly mu: [number, number] = [0, 0];
  sigma: readonly [number, number, number] = [1.2, 0.6, 1.2];
  /** Standard deviation of the families' effects; 0 without families. */
  familyScatter = 0;
  /** Proposals of theta that were taken. */
  accepted = 0;
  private phi: number;
  /** Logarithms of the parts' scales: bends along x, along y, product, both. */
  private readonly logScale: [number, number, number, number];
  /** Abilities in logits, x and y of each point; their B-splines and segments. */
  private readonly t: Float64Array;
  private readonly b: Float64Array;
  private readonly cell: Int32Array;
  /** Width of each point's random walk. */
  private readonly step: Float64Array;
  /** The surface at each point, what its family adds, and the log-likelihood of its z there. */
  private readonly f: Float64Array;
  private readonly offset: Float64Array;
  private readonly logLik: Float64Array;
  /** Effect of each family. */
  private readonly effect: Float64Array;
  private readonly n: number;
  private readonly itemsOfZ: Float64Array;
  private readonly right: Readonly<Record<"x" | "y" | "z", Float64Array>>;
  private readonly room: ReturnType<typeof roomFor>;

  constructor(
    private readonly counts: likelihood.Counts,
    private readonly scales: PriorScales,
    private readonly prior: AnovaPrior,
    private readonly random: Random,
  ) {
    const { x, y, z, items, family } = counts;
    const { size } = prior;
    const n = x.length;
    const segments = size - 3;
    this.n = n;
    this.theta = new Float64Array(size * size);
    this.scatter = 0.15 * exp(0.4 * random.normal());
    this.phi = precisionOf(this.scatter);
    const start = (): number => log(0.05) + 0.6 * random.normal();
    this.logScale = [start(), start(), start(), start()];
    this.t = new Float64Array(2 * n);
    this.b = new Float64Array(8 * n);
    this.cell = new Int32Array(2 * n);
    this.step = new Float64Array(n).fill(1);
    this.f = new Float64Array(n);
    this.offset = new Float64Array(n);
    this.logLik = new Float64Array(n);
    this.itemsOfZ = items.z.map(likelihood.itemsOf);
    this.right = { x: times(x, items.x), y: times(y, items.y), z: times(z, this.itemsOfZ) };
    this.effect = new Float64Array(family === null ? 0 : Math.max(...family) + 1);
    this.familyScatter = family === null ? 0 : 0.1;
    this.room = roomFor(n, size * size);
    for (let at = 0; at < 2 * n; at++) {
      const [name, i] = [at % 2 === 0 ? "x" : "y", at >> 1] as const;
      const [k, m] = [this.right[name][i]!, items[name][i]!];
      this.t[at] =
        m === Infinity
          ? likelihood.exactLogit(counts[name][i]!)
          : log((k + 0.7) / (m - k + 0.7)) + 0.3 * random.normal();
      this.cell[at] = bsplines(segments, segments * this.abilityOf(name, i), this.b, 4 * at);
    }
    const first = this.right.z.map((k, i) => (k + 1) / (this.itemsOfZ[i]! + 2));
    this.weighPrior();
    this.approximate(this.room.q, first, this.room.mean);
    this.theta.set(this.room.mean);
    for (let i = 0; i < n; i++)
      this.f[i] = valueAt(this.theta, size, this.b, 8 * i, this.cell[2 * i]!, this.cell[2 * i + 1]!);
    this.gain(this.f, this.offset);
    this.logLik.set(this.room.nextLog);
  }

  /** Draws everything once. @param isTuning Steps may still be fitted to what is accepted. */
  sweep(at: number, isTuning: boolean): void {
    this.drawTheta(at < 20);
    this.drawScales();
    this.drawScatter();
    if (this.effect.length > 0) {
      this.drawFamilies();
      for (let move = 0; move < 3; move++) this.exchangePlane();
    }
    this.drawAbilities(isTuning);
    this.drawPopulation();
    this.stretch();
  }

  /** The surface at the points, and the log-likelihood of each z. */
  tell(fitted: Float32Array, logOfZ: Float32Array): void {
    for (let i = 0; i < this.n; i++) {
      fitted[i] = share(this.f[i]!);
      logOfZ[i] = this.logLik[i]! - logGamma(this.itemsOfZ[i]! + this.phi) + logGamma(this.phi);
    }
  }

  private accepts(logRatio: number): boolean {
    return log(this.random.unit()) < logRatio;
  }

  /** A point's ability on one axis, as a share. */
  private abilityOf(axis: "x" | "y", i: number): number {
    const { items, [axis]: scores } = this.counts;
    return items[axis][i] === Infinity ? scores[i]! : logistic(this.t[2 * i + (axis === "x" ? 0 : 1)]!);
  }

  /** Log density of point i's abilities given the population and the scores of x and y, without a constant. */
  private logAbility(i: number, s: number, r: number): number {
    const { mu, sigma, right } = this;
    const { x, y } = this.counts.items;
    const a = s - mu[0];
    const c = r - mu[1];
    const form = sigma[2] * a * a - 2 * sigma[1] * a * c + sigma[0] * c * c;
    let sum = (-0.5 * form) / (sigma[0] * sigma[2] - sigma[1] * sigma[1]);
    if (x[i] !== Infinity) sum += logBinomial(s, right.x[i]!, x[i]!);
    if (y[i] !== Infinity) sum += logBinomial(r, right.y[i]!, y[i]!);
    return sum;
  }

  /** Log-likelihood of point i's z where the surface and what its family adds are at f. */
  private logZ(i: number, f: number, phi = this.phi): number {
    return logLikelihood(f, this.right.z[i]!, this.itemsOfZ[i]!, phi);
  }

  /** Log-likelihood of all z at another surface and offset, less that of now; each to `room.nextLog`. */
  private gain(f: Float64Array, offset: Float64Array, phi = this.phi): number {
    const { nextLog } = this.room;
    let sum = 0;
    for (let i = 0; i < this.n; i++) {
      nextLog[i] = this.logZ(i, f[i]! + offset[i]!, phi);
      sum += nextLog[i]! - this.logLik[i]!;
    }
    return sum;
  }

  /** Gaussian approximation of theta's posterior around the surface f: factor into q, mean; returns log|q| / 2. */
  private approximate(q: Float64Array, f: Float64Array, mean: Float64Array): number {
    const { weight, pull, precision } = this.room;
    const { size } = this.prior;
    const order = size * size;
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
    q.set(precision);
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
    return -0.5 * quadraticForm(this.room.precision, theta);
  }

  /** The surface: by its Gaussian approximation, half the time near where it is; from there always at the start. */
  private drawTheta(isStart: boolean): void {
    const { q, q2, mean, mean2, next, noise, nextF, nextLog } = this.room;
    const { theta, random, b, cell, f } = this;
    const { size } = this.prior;
    const order = theta.length;
    const half = this.approximate(q, f, mean);
    const rho = isStart || random.unit() < 0.5 ? 0 : 0.8;
    const spread = Math.sqrt(1 - rho * rho);
    let forwardSquare = 0;
    for (let j = 0; j < order; j++) {
      noise[j] = random.normal();
      forwardSquare += noise[j]! * noise[j]!;
    }
    backwardSolve(q, order, noise);
    for (let j = 0; j < order; j++) next[j] = mean[j]! + rho * (theta[j]! - mean[j]!) + spread * noise[j]!;
    for (let i = 0; i < this.n; i++) nextF[i] = valueAt(next, size, b, 8 * i, cell[2 * i]!, cell[2 * i + 1]!);
    const gain = this.logPrior(next) - this.logPrior(theta) + this.gain(nextF, this.offset);
    const half2 = this.approximate(q2, nextF, mean2);
    for (let j = 0; j < order; j++) noise[j] = theta[j]! - mean2[j]! - rho * (next[j]! - mean2[j]!);
    const backSquare = squaredNorm(q2, noise) / (1 - rho * rho);
    const ratio = gain + half2 - half - 0.5 * (backSquare - forwardSquare);
    if (!isStart && !this.accepts(ratio)) return;
    theta.set(next);
    f.set(nextF);
    this.logLik.set(nextLog);
    this.accepted += 1;
  }

  private drawScales(): void {
    const { bend, product, interaction } = this.scales;
    const widths = [bend, bend, product, interaction];
    for (const [part, widest] of widths.entries()) {
      const square = quadraticForm(this.prior.precision[part + 1]!, this.theta);
      const logDensity = (value: number): number => {
        const scale = exp(value);
        const shrunk = this.prior.count[part + 1]! * value + (0.5 * square) / (scale * scale);
        return value - shrunk + logAbout0(scale, widest);
      };
      let current = logDensity(this.logScale[part]!);
      for (const width of [1, 0.4, 0.4]) {
        const value = this.logScale[part]! + width * this.random.normal();
        const proposed = logDensity(value);
        if (value < -9 || !this.accepts(proposed - current)) continue;
        this.logScale[part] = value;
        current = proposed;
      }
    }
    this.weighPrior();
  }

  private drawScatter(): void {
    const { scatter: width } = this.scales;
    const next = this.scatter * exp(0.4 * this.random.normal());
    if (next >= 0.95) return;
    const phi = precisionOf(next);
    let ratio = logAbout0(next, width) - logAbout0(this.scatter, width) + log(next / this.scatter);
    ratio += this.gain(this.f, this.offset, phi);
    // Most points have the same number of items.
    let [known, rising] = [0, 0];
    for (const m of this.itemsOfZ) {
      if (m !== known) {
        known = m;
        rising = logGamma(m + phi) - logGamma(phi) - logGamma(m + this.phi) + logGamma(this.phi);
      }
      ratio -= rising;
    }
    if (!this.accepts(ratio)) return;
    this.scatter = next;
    this.phi = phi;
    this.logLik.set(this.room.nextLog);
  }

  /** Effects shared by the models of a family, normal about 0, and their scale. */
  private drawFamilies(): void {
    const { effect, random, offset, f, logLik, familyScatter } = this;
    const { nextLog, nextOffset } = this.room;
    const family = this.counts.family!;
    const next = effect.map((value) => value + 1.2 * familyScatter * random.normal());
    const ratio = next.map(
      (value, at) => logAbout0(value, familyScatter) - logAbout0(effect[at]!, familyScatter),
    );
    for (const [i, own] of family.entries()) nextOffset[i] = next[own]!;
    this.gain(f, nextOffset);
    for (const [i, own] of family.entries()) ratio[own]! += nextLog[i]! - logLik[i]!;
    const taken = Array.from(ratio, (value) => this.accepts(value));
    for (const [i, own] of family.entries()) {
      if (!taken[own]) continue;
      effect[own] = offset[i] = nextOffset[i]!;
      logLik[i] = nextLog[i]!;
    }
    const square = effect.reduce((sum, value) => sum + value * value, 0);
    const logDensity = (scale: number): number =>
      (1 - effect.length) * log(scale) - square / (2 * scale * scale) + logAbout0(scale, FAMILY_SCATTER);
    const scale = familyScatter * exp(0.5 * random.normal());
    if (scale > 1e-3 && this.accepts(logDensity(scale) - logDensity(familyScatter)))
      this.familyScatter = scale;
  }

  /**
   * Moves a plane from the families' effects into the surface, or back: where families explain nearly all scatter, one
   * can hardly move without the other. Symmetric, so that the posterior's ratio decides.
   */
  private exchangePlane(): void {
    const { effect, offset, random, theta, f, familyScatter } = this;
    const { next, nextF, nextLog, nextOffset } = this.room;
    const { size } = this.prior;
    const family = this.counts.family!;
    const step = (1.5 * familyScatter) / Math.sqrt(effect.length);
    const level = step * random.normal();
    const slopeX = 2 * step * random.normal();
    const slopeY = 2 * step * random.normal();
    const plane = (u: number, v: number): number => level + slopeX * (u - 0.5) + slopeY * (v - 0.5);
    // A line's B-spline coefficients are its values at (j - 1) / (size - 3).
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++)
        next[a * size + b] = theta[a * size + b]! + plane((a - 1) / (size - 3), (b - 1) / (size - 3));
    const sums = new Float64Array(effect.length);
    const sizes = new Float64Array(effect.length);
    for (const [i, own] of family.entries()) {
      const added = plane(this.abilityOf("x", i), this.abilityOf("y", i));
      nextF[i] = f[i]! + added;
      sums[own]! += added;
      sizes[own]! += 1;
    }
    const moved = effect.map((value, at) => value - sums[at]! / sizes[at]!);
    for (const [i, own] of family.entries()) nextOffset[i] = moved[own]!;
    let ratio = this.logPrior(next) - this.logPrior(theta) + this.gain(nextF, nextOffset);
    for (const [at, value] of moved.entries())
      ratio += logAbout0(value, familyScatter) - logAbout0(effect[at]!, familyScatter);
    if (!this.accepts(ratio)) return;
    theta.set(next);
    f.set(nextF);
    this.logLik.set(nextLog);
    effect.set(moved);
    offset.set(nextOffset);
  }

  private drawAbilities(isTuning: boolean): void {
    const { t, b, cell, f, logLik, step, random, offset, theta } = this;
    const { x, y, items } = this.counts;
    const { trial } = this.room;
    const { size } = this.prior;
    const segments = size - 3;
    for (let i = 0; i < this.n; i++) {
      const exactX = items.x[i] === Infinity;
      const exactY = items.y[i] === Infinity;
      if (exactX && exactY) continue;
      let s = t[2 * i]!;
      let r = t[2 * i + 1]!;
      let current = this.logAbility(i, s, r);
      for (let attempt = 0; attempt < 2; attempt++) {
        const a = exactX ? s : s + step[i]! * random.normal();
        const c = exactY ? r : r + step[i]! * random.normal();
        const proposed = this.logAbility(i, a, c);
        const cx = bsplines(segments, segments * (exactX ? x[i]! : logistic(a)), trial, 0);
        const cy = bsplines(segments, segments * (exactY ? y[i]! : logistic(c)), trial, 4);
        const value = valueAt(theta, size, trial, 0, cx, cy);
        const logZ = this.logZ(i, value + offset[i]!);
        const isTaken = this.accepts(proposed - current + logZ - logLik[i]!);
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

  /** mu and Sigma given the abilities, by their conditional. */
  private drawPopulation(): void {
    const { t, n, random, mu } = this;
    let [mx, my] = [0, 0];
    for (let i = 0; i < n; i++) {
      mx += t[2 * i]! / n;
      my += t[2 * i + 1]! / n;
    }
    const pull = (KAPPA * n) / (KAPPA + n);
    let [a, b, c] = [1 + pull * mx * mx, SHARED + pull * mx * my, 1 + pull * my * my];
    for (let i = 0; i < n; i++) {
      const [dx, dy] = [t[2 * i]! - mx, t[2 * i + 1]! - my];
      a += dx * dx;
      b += dx * dy;
      c += dy * dy;
    }
    const nu = 4 + n;
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

  /**
   * Shifts and stretches the abilities of one axis, and their mean and spread with them: where few items tell little of
   * each ability, neither can move far alone (Yu & Meng 2011, doi:10.1198/jcgs.2011.203main, interweaving).
   */
  private stretch(): void {
    const { t, n, mu, random, b, cell, f } = this;
    const { nextT, nextB, nextCell, nextF, nextLog } = this.room;
    const { size } = this.prior;
    const segments = size - 3;
    const [axis, name] = random.unit() < 0.5 ? ([0, "x"] as const) : ([1, "y"] as const);
    const [known, k] = [this.counts.items[name], this.right[name]];
    if (known.includes(Infinity)) return;
    const width = 2.2 / Math.sqrt(n);
    const grow = exp(width * random.normal());
    const [from, to] = [mu[axis], mu[axis] + width * random.normal()];
    const next: [number, number] = [...mu];
    next[axis] = to;
    const [growX, growY] = axis === 0 ? [grow, 1] : [1, grow];
    const [xx, xy, yy] = this.sigma;
    const sigma = [xx * growX * growX, xy * grow, yy * growY * growY] as const;
    let ratio = 3 * log(grow) + logPopulation(next, sigma) - logPopulation(mu, this.sigma);
    nextB.set(b);
    nextCell.set(cell);
    for (let i = 0; i < n; i++) {
      const now = t[2 * i + axis]!;
      nextT[i] = to + grow * (now - from);
      ratio += logBinomial(nextT[i]!, k[i]!, known[i]!) - logBinomial(now, k[i]!, known[i]!);
      nextCell[2 * i + axis] = bsplines(segments, segments * logistic(nextT[i]!), nextB, 8 * i + 4 * axis);
      nextF[i] = valueAt(this.theta, size, nextB, 8 * i, nextCell[2 * i]!, nextCell[2 * i + 1]!);
    }
    if (!this.accepts(ratio + this.gain(nextF, this.offset))) return;
    for (let i = 0; i < n; i++) t[2 * i + axis] = nextT[i]!;
    b.set(nextB);
    cell.set(nextCell);
    f.set(nextF);
    this.logLik.set(nextLog);
    mu[axis] = to;
    this.sigma = sigma;
  }
}
