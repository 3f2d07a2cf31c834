import { cellPolynomials, crossProduct, evaluateCells, type Places } from "../basis/cells.js";
import { turnMatrix, turnRows } from "../basis/penalty.js";
import { backwardSolve, dot, forwardSolve, mirrorLower, solveRows } from "../linear/cholesky.js";
import { reflectBack } from "../linear/householder.js";
import { lazy } from "../linear/lazy.js";
import {
  byColumns,
  edfOf,
  factorRows,
  type Penalised,
  penalisedSolver,
  type Rho,
  rowKernel,
} from "./penalised.js";
import type { Problem, ProblemRows } from "./reduceSystem.js";
import type { TensorSystem } from "./tensorSystem.js";

/** A P-spline at one pair of smoothing parameters, with standard errors in units of phi's root. */
export interface TensorFit extends FitStatistics, Band {
  readonly system: TensorSystem;
  /** B-spline coefficients without the system's offset, index ix * sizeY + iy. */
  readonly beta: Float64Array;
  /** REML estimate of the residual variance: what squared standard errors are scaled by. */
  readonly phi: number;
  /** rss / (n - edf). */
  readonly sigma2: number;
  readonly influence: Influence;
}

/**
 * Who holds the fit most: Cook's distance is how far the fit moves, at all points together, when that one is left out, in
 * units of its own error (edf phi).
 *
 * @see Cook 1977, doi:10.1080/00401706.1977.10489493.
 */
export interface Influence {
  readonly point: number;
  readonly distance: number;
  /** Of the distances of all points. */
  readonly share: number;
}

/** A surface and its errors, as far as a covariance of its coefficients knows them. */
export interface Band {
  /** Values and standard errors at n places inside both axes. */
  evaluate(places: Places): { z: Float64Array; s: Float64Array };
  /** A weighted sum of values at such places, and its standard error. */
  sum(places: Places, weights: Float64Array): { z: number; s: number };
}

/** @param covariance Of the B-spline coefficients, shape (K, K); made when first asked for. */
export function bandOf(
  { axes, offset }: TensorSystem,
  beta: Float64Array,
  covariance: () => Float64Array,
): Band {
  const polynomials = lazy(() => cellPolynomials(axes, beta, covariance()));
  return {
    evaluate: (places) => evaluateCells(axes, polynomials(), places, offset),
    sum(places, weights) {
      const of = crossProduct(axes, places, weights);
      const size = of.length;
      const known = of.map((_, i) => dot(covariance().subarray(i * size, (i + 1) * size), of));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return { z: dot(of, beta) + offset * total, s: Math.sqrt(Math.max(0, dot(of, known))) };
    },
  };
}

/** What a fit tells of its points. */
interface FitStatistics {
  readonly edf: number;
  /** Weighted residual sum of squares. */
  readonly rss: number;
  /** Leave-one-out residuals r / (1 - h), times the root of the weights, shape (n,). */
  readonly left: Float64Array;
  /** Root mean squared leave-one-out error; null where a point alone fixes a coefficient and cannot be left out. */
  readonly looRmse: number | null;
  /** The point without which the fit moves most, by what sum of squares, and that sum over all points left out in turn. */
  readonly mover: { readonly point: number; readonly square: number; readonly all: number };
  /** Residual variance among near neighbours over residual variance; below 1 the basis is too small. */
  readonly kIndex: number;
}

/**
 * The surface at given smoothing parameters. Standard errors are made when `evaluate` is first called: a fit of few
 * points knows its edf and leave-one-out errors without them.
 *
 * @param rho Natural logarithms of the smoothing parameters, for weights with mean 1.
 * @see Wahba 1983, doi:10.1111/j.2517-6161.1983.tb01239.x, and Nychka 1988: the Bayesian covariance.
 */
export function solveTensor(system: TensorSystem, rho: Rho): TensorFit {
  const { problem, axes } = system;
  const { n, f, rows } = problem;
  const solved = penalisedSolver(problem)(rho);
  const theta = coefficients(system, solved.u(), solved.d());
  const beta = turnRows(axes.x, axes.y, theta, "splines");
  const covariance = lazy(() =>
    turnMatrix(
      axes.x,
      axes.y,
      covarianceOf(system, rows === null ? solved : byColumns(problem)(rho)),
      "splines",
    ),
  );
  const band = bandOf(system, beta, covariance);
  const statistics =
    rows === null
      ? { edf: f + edfOf(solved.inverse(), problem.q), ...cellStatistics(system, band.evaluate) }
      : rowStatistics(problem, rows, rho);
  const phi = solved.rss / (n - f);
  const { point, square, all } = statistics.mover;
  return {
    system,
    beta,
    ...band,
    ...statistics,
    phi,
    influence: { point, distance: square / (statistics.edf * phi), share: square / all },
    sigma2: statistics.rss / (n - statistics.edf),
  };
}

/** Coefficients of all columns in the eigenbasis, without the offset. */
export function coefficients(system: TensorSystem, u: Float64Array, d: Float64Array): Float64Array {
  const { fixed, penalised, axes } = system;
  const f = fixed.kept.length;
  const theta = new Float64Array(axes.x.size * axes.y.size);
  const lean = new Float64Array(f);
  for (const [i, p] of penalised.entries()) {
    const value = u[i]! / Math.sqrt(d[i]!);
    theta[p] = value;
    for (let t = 0; t < f; t++) lean[t]! += fixed.z[i * f + t]! * value;
  }
  backwardSolve(fixed.l, f, lean);
  for (const [t, p] of fixed.kept.entries()) theta[p] = fixed.theta[t]! - lean[t]!;
  return theta;
}

/**
 * (X'WX + S)^-1 in the eigenbasis, shape (K, K): P = D^-1/2 C^-1 D^-1/2 in the penalised columns; the unpenalised ones
 * follow them by -Q, Q = Lf^-T Z', and add (Lf Lf')^-1 of their own.
 */
export function covarianceOf(system: TensorSystem, solved: Penalised): Float64Array {
  const { fixed, penalised, problem, axes } = system;
  const { q, f } = problem;
  const size = axes.x.size * axes.y.size;
  const out = new Float64Array(size * size);
  const inverse = mirrorLower(solved.inverse(), q);
  const root = solved.d().map((value) => 1 / Math.sqrt(value));
  for (let i = 0; i < q; i++)
    for (let j = 0; j < q; j++)
      out[penalised[i]! * size + penalised[j]!] = inverse[i * q + j]! * root[i]! * root[j]!;
  const lean = fixed.z.slice();
  for (let i = 0; i < q; i++) backwardSolve(fixed.l, f, lean.subarray(i * f, (i + 1) * f));
  for (const [t, column] of fixed.kept.entries()) {
    const unit = new Float64Array(f);
    unit[t] = 1;
    const own = backwardSolve(fixed.l, f, forwardSolve(fixed.l, f, unit));
    for (const [s, other] of fixed.kept.entries()) out[column * size + other] = own[s]!;
  }
  // First the unpenalised columns' rows, then, of whole rows, their columns.
  for (const [t, column] of fixed.kept.entries())
    for (let i = 0; i < q; i++)
      for (const p of penalised) out[column * size + p]! -= lean[i * f + t]! * out[penalised[i]! * size + p]!;
  for (let row = 0; row < size; row++)
    for (const [t, column] of fixed.kept.entries())
      for (let i = 0; i < q; i++)
        out[row * size + column]! -= lean[i * f + t]! * out[row * size + penalised[i]!]!;
  return out;
}

/** A point whose leverage is nearer to 1 than this cannot be left out. */
const FIXES_ALONE = 1e-9;

/** What leaving out one of n points after the other tells. */
function leaveOneOut(n: number): {
  /** @param own 1 less the leverage of a point. */
  leave(residual: number, own: number): number;
  found(): Pick<FitStatistics, "looRmse" | "mover">;
} {
  let [squares, least, point, square, all] = [0, 1, 0, 0, 0];
  let at = 0;
  return {
    leave(residual, own) {
      const left = residual / own;
      squares += left * left;
      least = Math.min(least, own);
      const moved = left * left * (1 - own);
      all += moved;
      if (moved > square) [point, square] = [at, moved];
      at++;
      return left;
    },
    found: () => ({
      looRmse: least > FIXES_ALONE ? Math.sqrt(squares / n) : null,
      mover: { point, square, all },
    }),
  };
}

/**
 * From the rows that the unpenalised columns leave, with S = I + R D^-1 R': the residuals are Q2 S^-1 r, and 1 less the
 * leverages is the diagonal of Q2 S^-1 Q2', which keeps its digits where it is small.
 */
function rowStatistics(problem: Problem, rows: ProblemRows, rho: Rho): FitStatistics {
  const { n, f } = problem;
  const { count, residual, reflections } = rows;
  const factor = factorRows(rowKernel(problem, rows, rho), 1, count);
  const solved = backwardSolve(factor, count, forwardSolve(factor, count, residual.slice()));
  const left = new Float64Array(n);
  left.set(solved, f);
  reflectBack(reflections, left, 1);
  const rss = left.reduce((sum, value) => sum + value * value, 0);
  // Q2, a row a point.
  const complement = new Float64Array(n * count);
  for (let i = 0; i < count; i++) complement[(f + i) * count + i] = 1;
  reflectBack(reflections, complement, count);
  solveRows(factor, count, complement, n);
  let edf = n;
  const one = leaveOneOut(n);
  for (let i = 0; i < n; i++) {
    let own = 0;
    for (let j = i * count; j < (i + 1) * count; j++) own += complement[j]! ** 2;
    edf -= own;
    left[i] = one.leave(left[i]!, own);
  }
  return { edf, rss, left, ...one.found(), kIndex: 1 };
}

/**
 * From the surface and its variance at the points. The k-index is half the mean squared difference between residuals
 * of near neighbours, points that follow each other in one of up to 60 bins an axis, over their mean square: 1 by
 * chance alone.
 */
function cellStatistics(
  { sample, axes }: TensorSystem,
  evaluate: TensorFit["evaluate"],
): Omit<FitStatistics, "edf"> {
  const { n, x, y, z, weight } = sample;
  const { z: fitted, s: errors } = evaluate(sample);
  const bins = Math.max(1, Math.round(Math.min(60, Math.sqrt(n / 3))));
  const [loX, scaleX] = [axes.x.lo, bins / (axes.x.hi - axes.x.lo)];
  const [loY, scaleY] = [axes.y.lo, bins / (axes.y.hi - axes.y.lo)];
  const last = new Float64Array(bins * bins).fill(NaN);
  let rss = 0;
  const one = leaveOneOut(n);
  let differences = 0;
  let pairs = 0;
  for (let i = 0; i < n; i++) {
    const w = weight === null ? 1 : weight[i]!;
    const r = Math.sqrt(w) * (z[i]! - fitted[i]!);
    const own = 1 - w * errors[i]! * errors[i]!;
    fitted[i] = one.leave(r, own);
    rss += r * r;
    const row = Math.min(bins - 1, ((x[i]! - loX) * scaleX) | 0);
    const bin = row * bins + Math.min(bins - 1, ((y[i]! - loY) * scaleY) | 0);
    const gap = r - last[bin]!;
    last[bin] = r;
    // NaN: the bin's first.
    if (gap !== gap) continue;
    differences += gap * gap;
    pairs++;
  }
  return {
    rss,
    left: fitted,
    ...one.found(),
    kIndex: pairs > 0 && rss > 0 ? differences / (2 * pairs) / (rss / n) : 1,
  };
}
