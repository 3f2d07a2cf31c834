import { backwardSolve } from "./cholesky.js";
import { inverseFromCholesky } from "./choleskyInverse.js";
import { eigenCovariance } from "./covariance.js";
import { dualStatistics } from "./dualStatistics.js";
import type { Problem } from "./problem.js";
import { residualStatistics } from "./residuals.js";
import { type Solved, solvePenalised } from "./reml.js";
import { unrotateCovariance, unrotateVector } from "./rotate.js";
import type { TensorSystem } from "./tensor.js";

/** The P-spline at one pair of smoothing parameters. */
export interface TensorFit {
  readonly system: TensorSystem;
  readonly rho: readonly [number, number];
  /** B-spline coefficients without the system's offset, index ix * sizeY + iy. */
  readonly beta: Float64Array;
  /** (X'WX + S)^-1, shape (K, K); made when first asked for. */
  covariance(): Float64Array;
  readonly edf: number;
  /** The part of edf that each axis's penalty leaves: the curvature seen along x and along y. */
  readonly curvature: readonly [number, number];
  /** Weighted residual sum of squares. */
  readonly rss: number;
  /** REML estimate of the residual variance: what standard errors are scaled by. */
  readonly phi: number;
  /** rss / (n - edf). */
  readonly sigma2: number;
  /** Root mean squared leave-one-out error at fixed smoothing parameters. */
  readonly looRmse: number;
  /** Leave-one-out residuals, times the root of the weights, shape (n,). */
  readonly left: Float64Array;
  /** Residual variance among near neighbours over residual variance; below 1 the basis is too small. */
  readonly kIndex: number;
}

/** Coefficients and residual statistics at given smoothing parameters; the covariance when it is wanted. */
export function solveTensor(system: TensorSystem, rho: readonly [number, number]): TensorFit {
  const { problem, marginX, marginY, sample } = system;
  const solved = solvePenalised(problem, rho[0], rho[1]);
  const beta = unrotateVector(marginX, marginY, coefficients(system, solved));
  let known: Float64Array | null = null;
  let inverse: Float64Array | null = null;
  const inverseC = (): Float64Array => (inverse ??= inverseOf(solved, problem.q));
  const covariance = (): Float64Array =>
    (known ??= unrotateCovariance(marginX, marginY, eigenCovariance(system, solved.d, inverseC())));
  const { edf, curvature, rss, left, kIndex } =
    problem.rows === undefined
      ? {
          ...penaltyTraces(problem, solved, inverseC(), rho),
          ...residualStatistics(system, beta, covariance()),
        }
      : { ...dualStatistics(problem, problem.rows, rho), kIndex: 1 };
  return {
    system,
    rho,
    beta,
    covariance,
    edf,
    curvature,
    rss,
    phi: solved.penalised / (problem.n - problem.f),
    sigma2: rss / (sample.n - edf),
    left,
    looRmse: rootMeanSquare(left),
    kIndex,
  };
}

function rootMeanSquare(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * values[i]!;
  return Math.sqrt(sum / values.length);
}

function inverseOf({ factor }: Solved, q: number): Float64Array {
  const out = new Float64Array(q * q);
  inverseFromCholesky(factor, q, out, new Float64Array(q * q));
  return out;
}

/** theta in the eigenbasis, without the offset. */
function coefficients(system: TensorSystem, { u, d }: Solved): Float64Array {
  const { fixed, penalised, marginX, marginY } = system;
  const f = fixed.kept.length;
  const theta = new Float64Array(marginX.size * marginY.size);
  const lean = new Float64Array(f);
  penalised.forEach((p, i) => {
    const value = u[i]! / Math.sqrt(d[i]!);
    theta[p] = value;
    for (let t = 0; t < f; t++) lean[t]! += fixed.z[i * f + t]! * value;
  });
  backwardSolve(fixed.l, f, lean);
  fixed.kept.forEach((p, t) => (theta[p] = system.thetaF[t]! - lean[t]!));
  return theta;
}

/** edf = f + sum (1 - Ci_ii), and the parts of it that each axis's penalty leaves. */
function penaltyTraces(
  { f, q, sx }: Problem,
  { d }: Solved,
  ci: Float64Array,
  rho: readonly [number, number],
): { edf: number; curvature: [number, number] } {
  const lx = Math.exp(rho[0]);
  let edf = f;
  const curvature: [number, number] = [0, 0];
  for (let i = 0; i < q; i++) {
    const e = 1 - ci[i * q + i]!;
    const w1 = (lx * sx[i]!) / d[i]!;
    edf += e;
    curvature[0] += w1 * e;
    curvature[1] += (1 - w1) * e;
  }
  return { edf, curvature };
}
