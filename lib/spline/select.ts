import { dualEdf } from "./dualSolution.js";
import { gcvCriterion } from "./gcv.js";
import { RHO_BOUND } from "./newton.js";
import { minimise } from "./optimise.js";
import { edfOf, primalPart } from "./penalisedPart.js";
import type { Problem } from "./problem.js";
import { remlCriterion } from "./reml.js";

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
  /** The part of edf that each axis's penalty leaves, the curvature seen along x and along y; null when held down. */
  readonly curvature: readonly [number, number] | null;
}

/** A few points can be followed through all their noise: up to this many, the edf are held down. */
const CAP_POINTS = 20;

/** Chooses the smoothing parameters by a criterion; with 20 points or fewer edf stays within f + (n - f) / 3. */
export function selectLambda(problem: Problem, by: "reml" | "gcv", axes: 1 | 2 = 2): Selection {
  const reml = remlCriterion(problem);
  const { rho, value, atBound, traces } = minimise(by === "reml" ? reml : gcvCriterion(problem), axes);
  const { n, f } = problem;
  const cap = f + (n - f) / 3;
  const edfAt = n <= CAP_POINTS ? edfAlong(problem, rho) : null;
  const edf = edfAt === null ? 0 : edfAt(0);
  if (edfAt === null || edf <= cap) {
    const there = by === "reml" ? value : reml.value(...rho);
    return { rho, reml: there, edfAsked: null, atBound, curvature: traces };
  }
  const shift = shiftToEdf(edfAt, cap);
  const held: [number, number] = [rho[0] + shift, rho[1] + shift];
  return {
    rho: held,
    reml: reml.value(...held),
    edfAsked: edf,
    atBound: [held[0] >= RHO_BOUND, held[1] >= RHO_BOUND],
    curvature: null,
  };
}

/** The log factor on both lambdas at which the edf, which only falls, reaches the cap: bisection. */
function shiftToEdf(edfAt: (t: number) => number, cap: number): number {
  let [lo, hi] = [0, 8];
  while (edfAt(hi) > cap && hi < 128) hi *= 2;
  for (let i = 0; i < 60 && hi - lo > 1e-10; i++) {
    const middle = (lo + hi) / 2;
    if (edfAt(middle) > cap) lo = middle;
    else hi = middle;
  }
  return (lo + hi) / 2;
}

/** Effective degrees of freedom with both lambdas multiplied by e^t. */
function edfAlong(problem: Problem, rho: readonly [number, number]): (t: number) => number {
  if (problem.rows !== undefined) return dualEdf(problem, problem.rows, rho);
  return (t) => edfOf(problem, primalPart(problem, [rho[0] + t, rho[1] + t]));
}
