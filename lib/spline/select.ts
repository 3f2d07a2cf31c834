import { inverseFromCholesky } from "./choleskyInverse.js";
import { dualStatistics } from "./dualStatistics.js";
import { gcvCriterion } from "./gcv.js";
import { RHO_BOUND } from "./newton.js";
import { minimise } from "./optimise.js";
import type { Problem } from "./problem.js";
import { remlCriterion, solvePenalised } from "./reml.js";

/** Smoothing parameters, and how they came about. */
export interface Selection {
  /** Natural logarithms of lambda. */
  readonly rho: readonly [number, number];
  /** The REML criterion there. */
  readonly reml: number;
  /** Effective degrees of freedom that the data alone asked for, when it was held lower; null otherwise. */
  readonly edfAsked: number | null;
  /** The search ended at the edge of its box along this axis. */
  readonly atBound: readonly [boolean, boolean];
}

/** A few points can be followed through all their noise: up to this many, the edf are held down. */
const CAP_POINTS = 20;

/** Chooses the smoothing parameters by a criterion; with 20 points or fewer edf stays within f + (n - f) / 3. */
export function selectLambda(problem: Problem, by: "reml" | "gcv", axes: 1 | 2 = 2): Selection {
  const reml = remlCriterion(problem);
  const { rho, value, atBound } = minimise(by === "reml" ? reml : gcvCriterion(problem), axes);
  const { n, f } = problem;
  const cap = f + (n - f) / 3;
  const edf = n <= CAP_POINTS ? edfAt(problem, rho, 0) : 0;
  if (edf <= cap) {
    return { rho, reml: by === "reml" ? value : reml.value(...rho), edfAsked: null, atBound };
  }
  const shift = shiftToEdf(problem, rho, cap);
  const held: [number, number] = [rho[0] + shift, rho[1] + shift];
  return {
    rho: held,
    reml: reml.value(...held),
    edfAsked: edf,
    atBound: [held[0] >= RHO_BOUND, held[1] >= RHO_BOUND],
  };
}

/** The log factor on both lambdas at which the edf, which only falls, reaches the cap: bisection. */
function shiftToEdf(problem: Problem, rho: readonly [number, number], cap: number): number {
  let [lo, hi] = [0, 8];
  while (edfAt(problem, rho, hi) > cap && hi < 128) hi *= 2;
  for (let i = 0; i < 60 && hi - lo > 1e-10; i++) {
    const middle = (lo + hi) / 2;
    if (edfAt(problem, rho, middle) > cap) lo = middle;
    else hi = middle;
  }
  return (lo + hi) / 2;
}

function edfAt(problem: Problem, rho: readonly [number, number], shift: number): number {
  const { q, f } = problem;
  if (problem.rows !== undefined) {
    return dualStatistics(problem, problem.rows, [rho[0] + shift, rho[1] + shift]).edf;
  }
  const { factor } = solvePenalised(problem, rho[0] + shift, rho[1] + shift);
  const inverse = new Float64Array(q * q);
  inverseFromCholesky(factor, q, inverse, new Float64Array(q * q));
  let edf = f;
  for (let i = 0; i < q; i++) edf += 1 - inverse[i * q + i]!;
  return edf;
}
