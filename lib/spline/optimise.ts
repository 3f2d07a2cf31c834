import type { Criterion } from "./reml.js";

/** Box of the smoothing parameters, in natural logarithms. */
export const RHO_BOUND = Math.log(1e8);

const GRID_POINTS = 9;
const GRID_REACH = 5 * Math.LN10;
const MAX_STARTS = 6;
const MAX_ITERATIONS = 100;
const GRADIENT_TOLERANCE = 1e-6;
const MAX_STEP = 4;

/** The best smoothing parameters found. */
export interface Optimum {
  readonly rho: readonly [number, number];
  readonly value: number;
  readonly gradient: readonly [number, number];
  /** At a bound of the box the data ask for more (or less) smoothing than can be told apart. */
  readonly atBound: readonly [boolean, boolean];
  readonly converged: boolean;
}

/**
 * Global minimum over the box: Newton from every local minimum of a coarse grid, since the criterion often
 * has several.
 *
 * @param axes 1 for a curve, whose criterion does not depend on the second parameter.
 */
export function minimise(criterion: Criterion, axes: 1 | 2 = 2): Optimum {
  let best: Optimum | null = null;
  for (const start of gridStarts(criterion, axes)) {
    const found = newton(criterion, start);
    if (best === null || isBetter(found, best)) best = found;
  }
  if (best === null) throw new Error("minimise: the grid has no local minimum; is the criterion finite?");
  return best;
}

/** Lower wins; of two equal ones, the smoother. */
function isBetter(a: Optimum, b: Optimum): boolean {
  const gap = 1e-9 * (1 + Math.abs(b.value));
  if (Math.abs(a.value - b.value) > gap) return a.value < b.value;
  return a.rho[0] + a.rho[1] > b.rho[0] + b.rho[1];
}

/** Local minima of the criterion on the grid, lowest first. */
function gridStarts(criterion: Criterion, axes: 1 | 2): readonly [number, number][] {
  const columns = axes === 1 ? 1 : GRID_POINTS;
  const values = new Float64Array(GRID_POINTS * columns);
  const rho = (i: number): number => -GRID_REACH + (2 * GRID_REACH * i) / (GRID_POINTS - 1);
  for (let i = 0; i < GRID_POINTS; i++)
    for (let j = 0; j < columns; j++) values[i * columns + j] = criterion.value(rho(i), rho(j));
  const at = (i: number, j: number): number =>
    i < 0 || j < 0 || i >= GRID_POINTS || j >= columns ? Infinity : values[i * columns + j]!;
  const minima: { value: number; start: [number, number] }[] = [];
  for (let i = 0; i < GRID_POINTS; i++)
    for (let j = 0; j < columns; j++) {
      const value = at(i, j);
      const lowest = Math.min(at(i - 1, j), at(i + 1, j), at(i, j - 1), at(i, j + 1));
      if (value <= lowest) minima.push({ value, start: [rho(i), rho(j)] });
    }
  minima.sort((a, b) => a.value - b.value);
  return minima.slice(0, MAX_STARTS).map(({ start }) => start);
}

/** Newton on rho with |eigenvalues| of the Hessian, step halving, and components frozen at their bound. */
export function newton(criterion: Criterion, start: readonly [number, number]): Optimum {
  let rho: [number, number] = [start[0], start[1]];
  let now = criterion.derivatives(rho[0], rho[1]);
  let converged = false;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    const free = [0, 1].map((k) => !pushesOut(rho[k]!, now.gradient[k]!));
    const slope = Math.max(...[0, 1].map((k) => (free[k] ? Math.abs(now.gradient[k]!) : 0)));
    if (slope < GRADIENT_TOLERANCE) {
      converged = true;
      break;
    }
    const step = newtonStep(now.gradient, now.hessian, free);
    const next = lineSearch(criterion, rho, now.value, step) ?? fellnerSchall(criterion, rho, now);
    if (next === null) break;
    rho = next;
    now = criterion.derivatives(rho[0], rho[1]);
  }
  const atBound = [Math.abs(rho[0]) >= RHO_BOUND, Math.abs(rho[1]) >= RHO_BOUND] as const;
  return { rho, value: now.value, gradient: now.gradient, atBound, converged };
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

function lineSearch(
  criterion: Criterion,
  rho: readonly [number, number],
  value: number,
  step: readonly [number, number],
): [number, number] | null {
  for (let halving = 0, t = 1; halving < 25; halving++, t /= 2) {
    const next: [number, number] = [clampRho(rho[0] + t * step[0]), clampRho(rho[1] + t * step[1])];
    if (next[0] === rho[0] && next[1] === rho[1]) return null;
    if (criterion.value(next[0], next[1]) <= value) return next;
  }
  return null;
}

/**
 * One generalised Fellner-Schall step, which cannot raise the criterion: for when Newton's line search fails.
 *
 * @see Wood & Fasiolo 2017, doi:10.1111/biom.12666.
 */
function fellnerSchall(
  criterion: Criterion,
  rho: readonly [number, number],
  now: ReturnType<Criterion["derivatives"]>,
): [number, number] | null {
  if (now.fellnerSchall === null) return null;
  const factors = now.fellnerSchall;
  const move = (k: 0 | 1): number => {
    const factor = factors[k];
    return factor > 0 && Number.isFinite(factor) ? clampRho(rho[k] + Math.log(factor)) : rho[k];
  };
  const next: [number, number] = [move(0), move(1)];
  return criterion.value(next[0], next[1]) < now.value ? next : null;
}
