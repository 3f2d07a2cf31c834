import { CriterionGrid, GRID_POINTS, type Step } from "./criterionGrid.js";
import type { Criterion } from "./criterion.js";

/** How far above the best so far, in log likelihood, the surroundings of a grid point may lie to be looked at. */
const PRUNE = { centres: 15, between: 5 };
/** Up to this many points the whole grid costs less than the search for what to leave out. */
const CHEAP_POINTS = 30;
const MAX_STARTS = 6;

/** Local minima of the criterion on the grid, lowest first. */
export function gridStarts(criterion: Criterion, axes: 1 | 2): readonly [number, number][] {
  const cheap = criterion.problem.n <= CHEAP_POINTS;
  const reach = cheap ? { centres: Infinity, between: Infinity } : PRUNE;
  const grid = new CriterionGrid(criterion, axes === 1 ? 1 : GRID_POINTS);
  refine(grid, reach);
  const minima: { value: number; at: Step }[] = [];
  for (let i = 0; i < GRID_POINTS; i++)
    for (let j = 0; j < grid.columns; j++) {
      const value = grid.value(i, j);
      if (value <= grid.best + reach.between && isLowest(grid, i, j)) minima.push({ value, at: [i, j] });
    }
  minima.sort((a, b) => a.value - b.value);
  return minima
    .slice(0, MAX_STARTS)
    .filter(({ at }) => !leadsDown(grid, ...at))
    .map(({ at }) => grid.rho(...at));
}

/** True when the way to a lower point across falls from the start on: its path would end where that one's does. */
function leadsDown(grid: CriterionGrid, i: number, j: number): boolean {
  const value = grid.value(i, j);
  return ACROSS.some(
    ([di, dj]) => grid.value(i + di, j + dj) < value && grid.look(i + di / 2, j + dj / 2) < value,
  );
}

function isLowest(grid: CriterionGrid, i: number, j: number): boolean {
  const value = grid.value(i, j);
  return BESIDE.every((step) => value <= grid.value(i + step[0], j + step[1]));
}

const BESIDE: readonly Step[] = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
];
const ACROSS: readonly Step[] = [
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
];

/**
 * Evaluates the grid coarse to fine: every second point of each axis first, then the points between. A point is
 * left out when it provably lies far above the best (all of its kind are visited from the lowest bound up), and
 * one between also when all its neighbours of the coarser step lie far above.
 */
function refine(grid: CriterionGrid, reach: typeof PRUNE): void {
  const coarse: Step[] = [];
  const centres: Step[] = [];
  const between: Step[] = [];
  for (let i = 0; i < GRID_POINTS; i++)
    for (let j = 0; j < grid.columns; j++) {
      const odd = grid.columns === 1 ? 0 : (i % 2) + (j % 2);
      (odd === 0 ? coarse : odd === 1 ? between : centres).push([i, j]);
    }
  // The ends of the diagonal bound all the others.
  for (const i of [0, GRID_POINTS - 1, (GRID_POINTS - 1) / 2])
    grid.evaluate(i, Math.min(i, grid.columns - 1));
  visit(grid, coarse, reach.between);
  const promising = centres.filter(
    (at) => grid.lowestBound(at[0], at[1], ACROSS) <= grid.best + reach.centres,
  );
  visit(grid, promising, reach.between);
  for (const at of between) {
    const limit = grid.best + reach.between;
    if (grid.bound(at[0], at[1]) <= limit && grid.lowestBound(at[0], at[1], BESIDE) <= limit)
      grid.evaluate(at[0], at[1]);
  }
}

/** Evaluates points from the lowest bound up, until the bounds of all that are left are too high. */
function visit(grid: CriterionGrid, points: readonly Step[], reach: number): void {
  const left = points.filter((at) => !grid.isKnown(at[0], at[1]));
  while (left.length > 0) {
    let next = 0;
    let lowest = Infinity;
    for (let k = 0; k < left.length; k++) {
      const bound = grid.bound(left[k]![0], left[k]![1]);
      if (bound >= lowest) continue;
      lowest = bound;
      next = k;
    }
    if (lowest > grid.best + reach) return;
    const [at] = left.splice(next, 1);
    grid.evaluate(at![0], at![1]);
  }
}
