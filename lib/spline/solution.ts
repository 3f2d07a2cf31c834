import { backwardSolve } from "./cholesky.js";
import { eigenCovariance } from "./covariance.js";
import { dualPart, dualStatistics, solveDual } from "./dualSolution.js";
import { once } from "./once.js";
import { edfOf, type FitStatistics, type PenalisedPart, primalPart } from "./penalisedPart.js";
import { residualStatistics } from "./residuals.js";
import { unrotateCovariance, unrotateVector } from "./rotate.js";
import type { TensorSystem } from "./tensor.js";

/** The P-spline at one pair of smoothing parameters. */
export interface TensorFit extends FitStatistics {
  readonly system: TensorSystem;
  readonly rho: readonly [number, number];
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
  const { problem } = system;
  const { rows } = problem;
  if (rows === undefined) {
    const part = primalPart(problem, rho);
    const { beta, covariance } = rotateBack(system, part);
    const edf = edfOf(problem, part);
    const statistics = { edf, ...residualStatistics(system, beta, covariance()) };
    return describeFit(system, rho, { beta, covariance, statistics, penalised: part.penalised });
  }
  const solved = solveDual(rows, rho);
  const back = rotateBack(system, dualPart(problem, rows, solved, rho));
  const statistics = dualStatistics(problem, rows, solved);
  return describeFit(system, rho, { ...back, statistics, penalised: solved.penalised });
}

function describeFit(
  system: TensorSystem,
  rho: readonly [number, number],
  {
    beta,
    covariance,
    statistics,
    penalised,
  }: Pick<TensorFit, "beta" | "covariance"> & {
    readonly statistics: FitStatistics;
    readonly penalised: number;
  },
): TensorFit {
  const { n, f } = system.problem;
  return {
    system,
    rho,
    beta,
    covariance,
    ...statistics,
    phi: penalised / (n - f),
    sigma2: statistics.rss / (n - statistics.edf),
  };
}

/** The solution in B-spline coefficients. */
function rotateBack(system: TensorSystem, part: PenalisedPart): Pick<TensorFit, "beta" | "covariance"> {
  const { marginX, marginY } = system;
  return {
    beta: unrotateVector(marginX, marginY, coefficients(system, part.theta)),
    covariance: once(() =>
      unrotateCovariance(marginX, marginY, eigenCovariance(system, part.d, part.inverse())),
    ),
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
