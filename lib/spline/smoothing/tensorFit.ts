import { cellPolynomials, crossProduct, evaluateCells, type Places } from "../basis/cells.js";
import { turnMatrix, turnRows } from "../basis/penalty.js";
import { backwardSolve, dot, forwardSolve, mirrorLower, solveRows } from "../linear/cholesky.js";
import { reflectBack } from "../linear/householder.js";
import { lazy } from "../linear/lazy.js";
import { byColumns, factorRows, type Penalised, penalisedSolver, type Rho, rowKernel } from "./penalised.js";
import type { Problem, ProblemRows } from "./reduceSystem.js";
import type { TensorSystem } from "./tensorSystem.js";

/** A P-spline at one pair of smoothing parameters, with standard errors in units of phi's root. */
export interface TensorFit extends FitStatistics, Band {
  readonly system: TensorSystem;
  /** B-spline coefficients without the system's offset, index ix * sizeY + iy. */
  readonly beta: Float64Array;
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
  /** rss / (n - edf). */
  readonly sigma2: number;
  /** REML estimate of the residual variance: what squared standard errors are scaled by. */
  readonly phi: number;
  /** Leave-one-out residuals r / (1 - h), times the root of the weights, shape (n,). */
  readonly left: Float64Array;
  /** Root mean squared leave-one-out error; null where a point alone fixes a coefficient and cannot be left out. */
  readonly looRmse: number | null;
  readonly influence: Influence;
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
  const { rows } = problem;
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
  const residuals = rows === null ? cellResiduals(system, band.evaluate) : rowResiduals(problem, rows, rho);
  return { system, beta, ...band, ...statisticsOf(problem, solved, residuals) };
}

/** A point whose leverage is nearer to 1 than this cannot be left out. */
const FIXES_ALONE = 1e-9;

function statisticsOf({ n, f }: Problem, solved: Penalised, { r, own, kIndex }: Residuals): FitStatistics {
  const edf = f + solved.edf();
  const phi = solved.rss / (n - f);
  const left = new Float64Array(n);
  let [rss, squares, least] = [0, 0, 1];
  // By how much the fit moves, in sums of squares, without the point that moves it most, and without each in turn.
  let [point, most, all] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const error = r[i]! / own[i]!;
    left[i] = error;
    rss += r[i]! * r[i]!;
    squares += error * error;
    least = Math.min(least, own[i]!);
    const moved = error * error * (1 - own[i]!);
    all += moved;
    if (moved > most) [point, most] = [i, moved];
  }
  const looRmse = least > FIXES_ALONE ? Math.sqrt(squares / n) : null;
  const influence = { point, distance: most / (edf * phi), share: most / all };
  return { edf, rss, sigma2: rss / (n - edf), phi, left, looRmse, influence, kIndex };
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

/** Residuals r times the root of the weights, 1 less the leverages, and the k-index. */
interface Residuals {
  readonly r: Float64Array;
  readonly own: Float64Array;
  readonly kIndex: number;
}

/**
 * From the rows that the unpenalised columns leave, with S = I + R D^-1 R': the residuals are Q2 S^-1 r, and 1 less the
 * leverages is the diagonal of Q2 S^-1 Q2', which keeps its digits where it is small.
 */
function rowResiduals(problem: Problem, rows: ProblemRows, rho: Rho): Residuals {
  const { n, f } = problem;
  const { count, residual, reflections } = rows;
  const factor = factorRows(rowKernel(problem, rows, rho), 1, count);
  const r = new Float64Array(n);
  r.set(backwardSolve(factor, count, forwardSolve(factor, count, residual.slice())), f);
  reflectBack(reflections, r, 1);
  // Q2, a row a point.
  const complement = new Float64Array(n * count);
  for (let i = 0; i < count; i++) complement[(f + i) * count + i] = 1;
  reflectBack(reflections, complement, count);
  solveRows(factor, count, complement, n);
  const own = r.map((_, i) => {
    const row = complement.subarray(i * count, (i + 1) * count);
    return dot(row, row);
  });
  return { r, own, kIndex: 1 };
}

/**
 * From the surface and its variance at the points. The k-index is half the mean squared difference between residuals
 * of near neighbours, points that follow each other in one of up to 60 bins an axis, over their mean square: 1 by
 * chance alone.
 */
function cellResiduals({ sample, axes }: TensorSystem, evaluate: Band["evaluate"]): Residuals {
  const { n, x, y, z, weight } = sample;
  const { z: r, s: own } = evaluate(sample);
  const bins = Math.max(1, Math.round(Math.min(60, Math.sqrt(n / 3))));
  const [loX, scaleX] = [axes.x.lo, bins / (axes.x.hi - axes.x.lo)];
  const [loY, scaleY] = [axes.y.lo, bins / (axes.y.hi - axes.y.lo)];
  const last = new Float64Array(bins * bins).fill(NaN);
  let [rss, differences, pairs] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const w = weight === null ? 1 : weight[i]!;
    const residual = Math.sqrt(w) * (z[i]! - r[i]!);
    r[i] = residual;
    own[i] = 1 - w * own[i]! * own[i]!;
    rss += residual * residual;
    const row = Math.min(bins - 1, ((x[i]! - loX) * scaleX) | 0);
    const bin = row * bins + Math.min(bins - 1, ((y[i]! - loY) * scaleY) | 0);
    const gap = residual - last[bin]!;
    last[bin] = residual;
    // NaN: the bin's first.
    if (gap !== gap) continue;
    differences += gap * gap;
    pairs++;
  }
  return { r, own, kIndex: pairs > 0 && rss > 0 ? differences / (2 * pairs) / (rss / n) : 1 };
}
