import { backwardSolve } from "./cholesky.js";
import { eigenCovariance } from "./covariance.js";
import { dualFit } from "./dualSolution.js";
import { once } from "./once.js";
import { edfOf, type FitStatistics, primalPart } from "./penalisedPart.js";
import { residualStatistics } from "./residuals.js";
import { unrotateCovariance, unrotateVector } from "./rotate.js";
import type { TensorSystem } from "./tensor.js";

/** The P-spline at one pair of smoothing parameters. */
export interface TensorFit extends FitStatistics {
  readonly system: TensorSystem;
  /** B-spline coefficients without the system's offset, index ix * sizeY + iy. */
  readonly beta: Float64Array;
  /** (X'WX + S)^-1, shape (K, K); made when first asked for. */
  covariance(): Float64Array;
  /** REML estimate of the residual variance: what standard errors are scaled by. */
  readonly phi: number;
  /** rss / (n - edf). */
  readonly sigma2: number;
}

/** Coefficients and residual statistics at given smoothing parameters; the covariance when it is wanted. */
export function solveTensor(system: TensorSystem, rho: readonly [number, number]): TensorFit {
  const { problem, marginX, marginY } = system;
  const { n, f, rows } = problem;
  const dual = rows === undefined ? null : dualFit(problem, rows, rho);
  const part = dual === null ? primalPart(problem, rho) : dual.part;
  const beta = unrotateVector(marginX, marginY, coefficients(system, part.theta));
  const covariance = once(() =>
    unrotateCovariance(marginX, marginY, eigenCovariance(system, part.d, part.inverse())),
  );
  const statistics =
    dual === null
      ? { edf: edfOf(problem, part), ...residualStatistics(system, beta, covariance()) }
      : dual.statistics;
  return {
    system,
    beta,
    covariance,
    ...statistics,
    phi: part.penalised / (n - f),
    sigma2: statistics.rss / (n - statistics.edf),
  };
}

/** Coefficients of all columns in the eigenbasis, without the offset. */
function coefficients(system: TensorSystem, penalisedTheta: Float64Array): Float64Array {
  const { fixed, penalised, marginX, marginY } = system;
  const f = fixed.kept.length;
  const theta = new Float64Array(marginX.size * marginY.size);
  const lean = new Float64Array(f);
  penalised.forEach((p, i) => {
    const value = penalisedTheta[i]!;
    theta[p] = value;
    for (let t = 0; t < f; t++) lean[t]! += fixed.z[i * f + t]! * value;
  });
  backwardSolve(fixed.l, f, lean);
  fixed.kept.forEach((p, t) => (theta[p] = system.thetaF[t]! - lean[t]!));
  return theta;
}
