import { submatrix } from "../linear/cholesky.js";
import { lazy } from "../linear/lazy.js";
import { type Criterion, type CriterionName, criterionOf, type Derivatives } from "./criterion.js";
import type { Rho } from "./penalised.js";
import type { Problem } from "./reduceSystem.js";

/** Box of the smoothing parameters, in natural logarithms. */
export const RHO_BOUND = Math.log(1e8);
/** As smooth as can be: where nothing is left over to choose by. */
export const SMOOTHEST: Rho = [RHO_BOUND, RHO_BOUND];

/** The best smoothing parameters found. */
export interface Optimum {
  readonly rho: Rho;
  readonly value: number;
  /** At a bound of the box the data ask for more (or less) smoothing than can be told apart. */
  readonly atBound: readonly [boolean, boolean];
  readonly converged: boolean;
  /** The edf that each axis's penalty leaves, as seen at the last look. */
  readonly traces: readonly [number, number];
}

/**
 * The global minimum over the box: Newton from every local minimum of a coarse grid, since the criterion often has
 * several. The grid is looked at on the smoothest columns alone, where a look costs little; what the others change,
 * Newton finds.
 *
 * @param axes 1 for a curve, whose criterion does not depend on the second parameter.
 * @param near Where the minimum of nearly the same problem lies: the search then starts from there alone.
 * @throws Error when the criterion is finite nowhere.
 */
export function minimise(problem: Problem, by: CriterionName = "reml", axes: 1 | 2 = 2, near?: Rho): Optimum {
  const criterion = criterionOf(problem, by);
  const found: Optimum[] = [];
  for (const start of near ? [near] : gridMinima(criterionOf(partOf(problem, problem.smoothest), by), axes)) {
    const optimum = newton(criterion, start, found);
    if (optimum !== null) found.push(optimum);
  }
  if (found.length === 0) {
    const there = criterion.value([0, 0]);
    throw new Error(`minimise: ${by} of ${problem.n} points is ${there}, and finite nowhere; is z?`);
  }
  return found.reduce((best, other) => (isBetter(other, best) ? other : best));
}

/** The problem on some of its penalised columns. */
export function partOf(problem: Problem, columns: readonly number[]): Problem {
  const { q, sx, sy, rows } = problem;
  const part = (a: Float64Array, of: readonly number[]): Float64Array => submatrix(a, q, of, columns);
  const smoothest = new Set(problem.smoothest);
  return {
    ...problem,
    q: columns.length,
    smoothest: [...columns.keys()].filter((i) => smoothest.has(columns[i]!)),
    sx: part(sx, [0]),
    sy: part(sy, [0]),
    rows: rows && { ...rows, r: part(rows.r, [...Array(rows.count).keys()]) },
    normal: lazy(() => {
      const { m, b } = problem.normal();
      return { m: part(m, columns), b: part(b, [0]) };
    }),
  };
}

/** Criteria closer than this are equal: a difference of logarithms, the same whatever the unit of z. */
const SAME = 1e-8;

/** Lower wins; of two equal ones, the smoother. */
function isBetter(a: Optimum, b: Optimum): boolean {
  return Math.abs(a.value - b.value) > SAME ? a.value < b.value : a.rho[0] + a.rho[1] > b.rho[0] + b.rho[1];
}

/** The grid: 9 points an axis, about 10^-5 to 10^5. The step is a binary fraction, so that ratios repeat exactly. */
const GRID_POINTS = 9;
const GRID_STEP = 2.875;
/** A minimum this far above the lowest, in log likelihood, is not followed. */
const REACH = 5;
/** Minima of the grid that are followed at most. */
const MAX_STARTS = 6;

/** Local minima of the criterion on the grid, lowest first. */
function gridMinima(criterion: Criterion, axes: 1 | 2): Rho[] {
  const columns = axes === 1 ? 1 : GRID_POINTS;
  const rhoAt = (at: number): Rho => {
    const middle = (GRID_POINTS - 1) / 2;
    return [GRID_STEP * (Math.floor(at / columns) - middle), GRID_STEP * ((at % columns) - middle)];
  };
  const values = Array.from({ length: GRID_POINTS * columns }, (_, at) => criterion.value(rhoAt(at)));
  const best = Math.min(...values);
  /** Lower than those beside it; and the way to a lower one across, where it would end too, does not fall at once. */
  const isStart = (at: number): boolean => {
    const [here, j] = [rhoAt(at), at % columns];
    const falls = (across: number, along: number): boolean => {
      const to = at + across * columns + along;
      if (j + along < 0 || j + along >= columns || !(values[to]! < values[at]!)) return false;
      if (across === 0 || along === 0) return true;
      const half = rhoAt(to).map((rho, k) => (rho + here[k]!) / 2);
      return criterion.value(half as [number, number]) < values[at]!;
    };
    return [-1, 0, 1].every((across) => [-1, 0, 1].every((along) => !falls(across, along)));
  };
  return [...values.keys()]
    .filter((at) => values[at]! <= best + REACH && isStart(at))
    .toSorted((a, b) => values[a]! - values[b]!)
    .slice(0, MAX_STARTS)
    .map(rhoAt);
}

const MAX_ITERATIONS = 100;
/** A slope below this, in log likelihood by log lambda, is level. */
const GRADIENT_TOLERANCE = 1e-6;
/** Longest Newton step, in log lambda: a factor of 55. */
const MAX_STEP = 4;
/** Paths closer to a known optimum than this, in log lambda, are taken to lead to it. */
const NEAR = 0.1;
/** An axis whose penalty leaves less than this has no curvature. */
const FLAT_EDF = 1e-3;

/** A place on the way, with the criterion's derivatives there. */
interface Point extends Derivatives {
  readonly rho: Rho;
}

const AXES = [0, 1] as const;

/**
 * Newton on rho with |eigenvalues| of the Hessian, step halving, and components frozen at their bound.
 *
 * @param known Optima found before: a path that comes close to one is given up.
 * @returns null when given up.
 */
export function newton(criterion: Criterion, start: Rho, known: readonly Optimum[] = []): Optimum | null {
  let point = pointAt(criterion, start);
  let isLevel = false;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    if (known.some(({ rho }) => AXES.every((k) => Math.abs(rho[k] - point.rho[k]) < NEAR))) return null;
    const free = AXES.map((k) => !pushesOut(point, k));
    isLevel = AXES.every((k) => !free[k] || Math.abs(point.gradient[k]) < GRADIENT_TOLERANCE);
    if (isLevel) break;
    const next = flatten(criterion, point) ?? lineSearch(criterion, point, newtonStep(point, free));
    if (next === null) break;
    point = next;
  }
  const { rho, value, traces } = flatten(criterion, point) ?? point;
  const atBound = [Math.abs(rho[0]) >= RHO_BOUND, Math.abs(rho[1]) >= RHO_BOUND] as const;
  return { rho, value, atBound, converged: isLevel, traces };
}

function pointAt(criterion: Criterion, rho: Rho): Point {
  return { ...criterion.derivatives(rho), rho };
}

/**
 * In the flat tail where an axis has no curvature left, the optimum is at infinity: its lambda goes to the bound
 * at once, where that is no worse, so that the result does not depend on where the slope became too small to see.
 */
function flatten(criterion: Criterion, point: Point): Point | null {
  const [x, y] = point.rho.map((rho, k) => (isFlat(point, k as 0 | 1) ? RHO_BOUND : rho)) as [number, number];
  if (x === point.rho[0] && y === point.rho[1]) return null;
  const next = pointAt(criterion, [x, y]);
  return next.value <= point.value + SAME ? next : null;
}

/** True of an axis along which no curvature is left, short of its bound, and more smoothing does no harm. */
function isFlat({ traces, gradient, rho }: Point, k: 0 | 1): boolean {
  return traces[k] < FLAT_EDF && gradient[k] <= GRADIENT_TOLERANCE && rho[k] < RHO_BOUND;
}

/** True of an axis that stands at its bound and would go on. */
function pushesOut({ rho, gradient }: Point, k: 0 | 1): boolean {
  return (rho[k] >= RHO_BOUND && gradient[k] < 0) || (rho[k] <= -RHO_BOUND && gradient[k] > 0);
}

/** Newton's step along the axes that are free, downhill whatever the curvature, and of bounded length. */
function newtonStep({ gradient, hessian: [h00, h01, h11] }: Point, free: readonly boolean[]): Rho {
  const [g0, g1] = AXES.map((k) => (free[k] ? gradient[k] : 0)) as [number, number];
  const across = free[0] && free[1] ? h01 : 0;
  const [a, b] = [free[0] ? h00 : h11, free[1] ? h11 : h00];
  const spread = Math.sqrt(((a - b) / 2) ** 2 + across ** 2);
  const lowest = (a + b) / 2 - spread;
  // Where it does not bend upwards, the Hessian is lifted until it does (Levenberg).
  const floor = 1e-7 * (1 + Math.abs(lowest) + 2 * spread);
  const lift = lowest > floor ? 0 : floor + 2 * Math.max(0, -lowest);
  const det = (a + lift) * (b + lift) - across ** 2;
  const [x, y] = [(across * g1 - (b + lift) * g0) / det, (across * g0 - (a + lift) * g1) / det];
  const scale = Math.min(1, MAX_STEP / Math.max(Math.abs(x), Math.abs(y)));
  return [x * scale, y * scale];
}

/** The first place along a step, halved again and again, where the criterion is no higher; null when there is none. */
function lineSearch(criterion: Criterion, { rho, value }: Point, step: Rho): Point | null {
  const along = (k: 0 | 1, t: number): number =>
    Math.min(RHO_BOUND, Math.max(-RHO_BOUND, rho[k] + t * step[k]));
  for (let halving = 0, t = 1; halving < 25; halving++, t /= 2) {
    const next = [along(0, t), along(1, t)] as const;
    if (next[0] === rho[0] && next[1] === rho[1]) return null;
    // The first try mostly succeeds, and then its derivatives are wanted anyway.
    if (halving > 0 && criterion.value(next) > value) continue;
    const tried = pointAt(criterion, next);
    if (tried.value <= value) return tried;
  }
  return null;
}
