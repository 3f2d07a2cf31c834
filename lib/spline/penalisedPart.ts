import { inverseFromCholesky } from "./choleskyInverse.js";
import { once } from "./once.js";
import type { Problem } from "./problem.js";
import { solvePenalised } from "./reml.js";

/** The penalised coefficients at one pair of smoothing parameters, in the eigenbasis. */
export interface PenalisedPart {
  /** Penalty of each coefficient, shape (q,). */
  readonly d: Float64Array;
  /** Coefficients, shape (q,). */
  readonly theta: Float64Array;
  /** Penalised residual sum of squares, rss + beta' S beta. */
  readonly penalised: number;
  /** Lower triangle of C^-1, C = I + D^-1/2 M D^-1/2; made when first asked for. */
  inverse(): Float64Array;
}

/** What a fit tells of its points. */
export interface FitStatistics {
  readonly edf: number;
  /** Weighted residual sum of squares. */
  readonly rss: number;
  /** Root mean squared leave-one-out error at fixed smoothing parameters. */
  readonly looRmse: number;
  /** Leave-one-out residuals r / (1 - h), times the root of the weights, in the points' order, shape (n,). */
  left(): Float64Array;
  /** Residual variance among near neighbours over residual variance; below 1 the basis is too small. */
  readonly kIndex: number;
}

/** The penalised coefficients from the normal equations, in q x q form. */
export function primalPart(problem: Problem, rho: readonly [number, number]): PenalisedPart {
  const { q } = problem;
  const { u, d, penalised, factor } = solvePenalised(problem, rho[0], rho[1]);
  return {
    d,
    theta: u.map((value, i) => value / Math.sqrt(d[i]!)),
    penalised,
    inverse: once(() => {
      const out = new Float64Array(q * q);
      inverseFromCholesky(factor, q, out, new Float64Array(q * q));
      return out;
    }),
  };
}

/** Effective degrees of freedom, f + sum (1 - Ci_ii). */
export function edfOf({ f, q }: Problem, part: PenalisedPart): number {
  const inverse = part.inverse();
  let edf = f;
  for (let i = 0; i < q; i++) edf += 1 - inverse[i * q + i]!;
  return edf;
}
