import type { Criterion, Derivatives } from "./criterion.js";

/** Box of the smoothing parameters, in natural logarithms. */
export const RHO_BOUND = Math.log(1e8);

const MAX_ITERATIONS = 100;
const GRADIENT_TOLERANCE = 1e-6;
const MAX_STEP = 4;
/** A Newton step shorter than this, in log lambda, ends within about its square of the optimum. */
const LAST_STEP = 1e-3;
/** Paths closer to a known optimum than this, in log lambda, are taken to lead to it. */
const NEAR = 0.1;
/** A path is given up only when its forecast misses a known optimum by this much, in log likelihood. */
const DOUBT = 0.5;
/** An axis whose penalty leaves less than this has no curvature. */
const FLAT_EDF = 1e-3;

/** The best smoothing parameters found. */
export interface Optimum {
  readonly rho: readonly [number, number];
  readonly value: number;
  /** At a bound of the box the data ask for more (or less) smoothing than can be told apart. */
  readonly atBound: readonly [boolean, boolean];
  readonly converged: boolean;
  /** The edf that each axis's penalty leaves, as seen at the last look. */
  readonly traces: readonly [number, number];
}

/**
 * Newton on rho with |eigenvalues| of the Hessian, step halving, and components frozen at their bound.
 *
 * @param known Optima found before: a path that comes close to one, or cannot get below it, is given up.
 * @returns null when given up.
 */
export function newton(
  criterion: Criterion,
  start: readonly [number, number],
  known: readonly Optimum[] = [],
): Optimum | null {
  let point = pointAt(criterion, start);
  let converged = false;
  for (let iteration = 0; iteration < MAX_ITERATIONS && !converged; iteration++) {
    if (known.some((optimum) => isNear(optimum.rho, point.rho)) || isHopeless(point, known)) return null;
    const free = [0, 1].map((k) => !pushesOut(point.rho[k]!, point.gradient[k]!));
    const slope = Math.max(...[0, 1].map((k) => (free[k] ? Math.abs(point.gradient[k]!) : 0)));
    if (slope < GRADIENT_TOLERANCE) {
      converged = true;
      break;
    }
    const step = newtonStep(point.gradient, point.hessian, free);
    if (isLast(point, step, free)) return finish(point, step);
    const next =
      flatten(criterion, point) ?? lineSearch(criterion, point, step) ?? fellnerSchall(criterion, point);
    if (next === null) break;
    point = next;
  }
  return { ...finish(flatten(criterion, point) ?? point, [0, 0]), converged };
}

/** The optimum a step away from a point; by Newton's forecast, which needs no further look at the criterion. */
function finish({ rho, value, gradient, traces }: Point, step: readonly [number, number]): Optimum {
  const fall = (gradient[0] * step[0] + gradient[1] * step[1]) / 2;
  const end = [rho[0] + step[0], rho[1] + step[1]] as const;
  const atBound = [Math.abs(end[0]) >= RHO_BOUND, Math.abs(end[1]) >= RHO_BOUND] as const;
  return { rho: end, value: value + fall, atBound, converged: true, traces };
}

/** True of a short step to the bottom of a bowl, along the axes that are free; a flat axis may go further. */
function isLast(point: Point, step: readonly [number, number], free: readonly boolean[]): boolean {
  const [h11, h12, h22] = point.hessian;
  const inBowl =
    (!free[0] || h11 > 0) && (!free[1] || h22 > 0) && !(free[0] && free[1] && h11 * h22 <= h12 * h12);
  return inBowl && [0, 1].every((k) => Math.abs(step[k]!) < LAST_STEP && !isFlat(point, k as 0 | 1));
}

/** A place on the way, with the criterion's derivatives there. */
interface Point extends Derivatives {
  readonly rho: readonly [number, number];
}

function pointAt(criterion: Criterion, rho: readonly [number, number]): Point {
  return { ...criterion.derivatives(rho[0], rho[1]), rho };
}

/** In a bowl whose bottom, by twice Newton's own forecast, lies above an optimum already found. */
function isHopeless({ value, gradient, hessian }: Point, known: readonly Optimum[]): boolean {
  const [h11, h12, h22] = hessian;
  const determinant = h11 * h22 - h12 * h12;
  if (known.length === 0 || !(h11 > 0 && determinant > 0)) return false;
  const [g1, g2] = gradient;
  const fall = (h22 * g1 * g1 - 2 * h12 * g1 * g2 + h11 * g2 * g2) / (2 * determinant);
  return known.some((optimum) => value - 2 * fall > optimum.value + DOUBT);
}

function isNear(a: readonly [number, number], b: readonly [number, number]): boolean {
  return Math.abs(a[0] - b[0]) < NEAR && Math.abs(a[1] - b[1]) < NEAR;
}

/**
 * In the flat tail where an axis has no curvature left, the optimum is at infinity: its lambda goes to the bound
 * at once, where that is no worse, so that the result does not depend on where the slope became too small to see.
 */
function flatten(criterion: Criterion, point: Point): Point | null {
  const flat = [isFlat(point, 0), isFlat(point, 1)];
  if (!flat[0] && !flat[1]) return null;
  const next = pointAt(criterion, [flat[0] ? RHO_BOUND : point.rho[0], flat[1] ? RHO_BOUND : point.rho[1]]);
  return next.value <= point.value + 1e-9 * (1 + Math.abs(point.value)) ? next : null;
}

function isFlat({ traces, gradient, rho }: Point, k: 0 | 1): boolean {
  return traces[k] < FLAT_EDF && gradient[k] <= GRADIENT_TOLERANCE && rho[k] < RHO_BOUND;
}

function pushesOut(rho: number, gradient: number): boolean {
  return (rho >= RHO_BOUND && gradient < 0) || (rho <= -RHO_BOUND && gradient > 0);
}

function newtonStep(
  gradient: readonly [number, number],
  hessian: readonly [number, number, number],
  free: readonly boolean[],
): [number, number] {
  const g0 = free[0] ? gradient[0] : 0;
  const g1 = free[1] ? gradient[1] : 0;
  const h01 = free[0] && free[1] ? hessian[1] : 0;
  const mean = (hessian[0] + hessian[2]) / 2;
  const half = (hessian[0] - hessian[2]) / 2;
  const spread = Math.hypot(half, h01);
  const angle = Math.atan2(h01, half) / 2;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const [e0, e1] = [mean + spread, mean - spread];
  const floor = 1e-7 * (1 + Math.max(Math.abs(e0), Math.abs(e1)));
  const a = -(c * g0 + s * g1) / Math.max(Math.abs(e0), floor);
  const b = -(c * g1 - s * g0) / Math.max(Math.abs(e1), floor);
  const step: [number, number] = [c * a - s * b, s * a + c * b];
  const longest = Math.max(Math.abs(step[0]), Math.abs(step[1]));
  const scale = longest > MAX_STEP ? MAX_STEP / longest : 1;
  return [step[0] * scale, step[1] * scale];
}

function clampRho(rho: number): number {
  return Math.min(RHO_BOUND, Math.max(-RHO_BOUND, rho));
}

function lineSearch(criterion: Criterion, point: Point, step: readonly [number, number]): Point | null {
  const { rho } = point;
  for (let halving = 0, t = 1; halving < 25; halving++, t /= 2) {
    const next: [number, number] = [clampRho(rho[0] + t * step[0]), clampRho(rho[1] + t * step[1])];
    if (next[0] === rho[0] && next[1] === rho[1]) return null;
    // The first try mostly succeeds, and then its derivatives are wanted anyway.
    if (halving === 0) {
      const tried = pointAt(criterion, next);
      if (tried.value <= point.value) return tried;
    } else if (criterion.value(next[0], next[1]) <= point.value) return pointAt(criterion, next);
  }
  return null;
}

/**
 * One generalised Fellner-Schall step, which cannot raise the criterion: for when Newton's line search fails.
 *
 * @see Wood & Fasiolo 2017, doi:10.1111/biom.12666.
 */
function fellnerSchall(criterion: Criterion, { rho, value, fellnerSchall: factors }: Point): Point | null {
  if (factors === null) return null;
  const move = (k: 0 | 1): number => {
    const factor = factors[k];
    return factor > 0 && Number.isFinite(factor) ? clampRho(rho[k] + Math.log(factor)) : rho[k];
  };
  const next = pointAt(criterion, [move(0), move(1)]);
  return next.value < value ? next : null;
}
