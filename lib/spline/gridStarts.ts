import type { Criterion } from "./reml.js";

const GRID_POINTS = 9;
const GRID_REACH = 5 * Math.LN10;
const MIDDLE = (GRID_POINTS - 1) / 2;
/** How far above the best so far, in log likelihood, the surroundings of a grid point may lie to be looked at. */
const PRUNE = { centres: 15, between: 5 };
/** Up to this many points the whole grid costs less than the search for what to leave out. */
const CHEAP_POINTS = 30;
const MAX_STARTS = 6;

/** Local minima of the criterion on the grid, lowest first. */
export function gridStarts(criterion: Criterion, axes: 1 | 2): readonly [number, number][] {
  const columns = axes === 1 ? 1 : GRID_POINTS;
  const cheap = criterion.problem.n <= CHEAP_POINTS;
  const reach = cheap ? { centres: Infinity, between: Infinity } : PRUNE;
  const values = refinedGrid(criterion, columns, reach);
  const best = Math.min(...values);
  const at = (i: number, j: number): number =>
    i < 0 || j < 0 || i >= GRID_POINTS || j >= columns ? Infinity : values[i * columns + j]!;
  const minima: { value: number; start: [number, number] }[] = [];
  for (let i = 0; i < GRID_POINTS; i++)
    for (let j = 0; j < columns; j++) {
      const value = at(i, j);
      const lowest = Math.min(at(i - 1, j), at(i + 1, j), at(i, j - 1), at(i, j + 1));
      if (value <= best + reach.between && value <= lowest)
        minima.push({ value, start: [gridRho(i), gridRho(j)] });
    }
  minima.sort((a, b) => a.value - b.value);
  return minima.slice(0, MAX_STARTS).map(({ start }) => start);
}

function gridRho(i: number): number {
  return -GRID_REACH + (2 * GRID_REACH * i) / (GRID_POINTS - 1);
}

/**
 * The criterion on the grid, coarse to fine: every second point of each axis first, then the points between.
 * A point between is left out (Infinity) when all its neighbours of the coarser step lie far above the best.
 */
function refinedGrid(criterion: Criterion, columns: number, reach: typeof PRUNE): Float64Array {
  const values = new Float64Array(GRID_POINTS * columns).fill(Infinity);
  const rays = new Map<number, (t: number) => number>();
  let best = Infinity;
  const evaluate = (i: number, j: number): void => {
    const ratio = i - j;
    let ray = rays.get(ratio);
    if (ray === undefined) {
      ray = criterion.ray(gridRho(ratio / 2 + MIDDLE), gridRho(MIDDLE - ratio / 2));
      rays.set(ratio, ray);
    }
    const value = ray(gridRho((i + j) / 2));
    values[i * columns + j] = value;
    best = Math.min(best, value);
  };
  const coarse: (readonly [number, number])[] = [];
  const centres: (readonly [number, number])[] = [];
  const between: (readonly [number, number])[] = [];
  for (let i = 0; i < GRID_POINTS; i++)
    for (let j = 0; j < columns; j++) {
      const odd = columns === 1 ? 0 : (i % 2) + (j % 2);
      (odd === 0 ? coarse : odd === 1 ? between : centres).push([i, j]);
    }
  for (const [i, j] of coarse) evaluate(i, j);
  const near = (i: number, j: number, di: number, dj: number): number =>
    j + dj < 0 || j + dj >= columns ? Infinity : (values[(i + di) * columns + j + dj] ?? Infinity);
  for (const [i, j] of centres) {
    const lowest = Math.min(near(i, j, -1, -1), near(i, j, -1, 1), near(i, j, 1, -1), near(i, j, 1, 1));
    if (lowest <= best + reach.centres) evaluate(i, j);
  }
  for (const [i, j] of between) {
    const lowest = Math.min(near(i, j, -1, 0), near(i, j, 1, 0), near(i, j, 0, -1), near(i, j, 0, 1));
    if (lowest <= best + reach.between) evaluate(i, j);
  }
  return values;
}
