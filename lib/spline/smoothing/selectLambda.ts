import { type CriterionName, remlCriterion } from "./criterion.js";
import { minimise, RHO_BOUND } from "./minimise.js";
import { penalisedSolver, type Rho } from "./penalised.js";
import type { Problem } from "./reduceSystem.js";

/** Smoothing parameters, and how they came about. */
export interface Selection {
  readonly rho: Rho;
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

/** The most degrees of freedom that a fit is trusted with: f + (n - f) / 3 of 20 points or fewer. */
export function edfCap({ n, f }: Pick<Problem, "n" | "f">): number {
  return n <= CAP_POINTS ? f + (n - f) / 3 : Infinity;
}

/**
 * Chooses the smoothing parameters by a criterion; with 20 points or fewer edf stays within f + (n - f) / 3.
 *
 * @param axes, near As `minimise` takes them.
 */
export function selectLambda(problem: Problem, by: CriterionName, axes: 1 | 2 = 2, near?: Rho): Selection {
  const reml = remlCriterion(problem);
  const { rho, value, atBound, traces } = minimise(problem, by, axes, near);
  const cap = edfCap(problem);
  const solve = penalisedSolver(problem);
  const edfAt = (t: number): number => problem.f + solve([rho[0] + t, rho[1] + t]).edf();
  const edf = cap < Infinity ? edfAt(0) : 0;
  if (edf <= cap) {
    const there = by === "reml" ? value : reml.value(rho);
    return { rho, reml: there, edfAsked: null, atBound, curvature: traces };
  }
  const shift = shiftToEdf(edfAt, cap);
  const held = [rho[0] + shift, rho[1] + shift] as const;
  return {
    rho: held,
    reml: reml.value(held),
    edfAsked: edf,
    atBound: [held[0] >= RHO_BOUND, held[1] >= RHO_BOUND],
    curvature: null,
  };
}

/** The log factor on both lambdas at which the edf, which only falls, reaches the cap: bisection. */
function shiftToEdf(edfAt: (t: number) => number, cap: number): number {
  let [lo, hi] = [0, 8];
  while (edfAt(hi) > cap && hi < 128) hi *= 2;
  while (hi - lo > 1e-10) {
    const middle = (lo + hi) / 2;
    if (edfAt(middle) > cap) lo = middle;
    else hi = middle;
  }
  return (lo + hi) / 2;
}
