import type { Criterion, CriterionParts } from "./criterion.js";

/** Points along each axis of the grid: 10^-5 to 10^5 in steps of 10^1.25. */
export const GRID_POINTS = 9;
const GRID_REACH = 5 * Math.LN10;
const MIDDLE = (GRID_POINTS - 1) / 2;

/** From a point to a neighbour. */
export type Step = readonly [number, number];

/**
 * A criterion on the grid of log smoothing parameters, evaluated point by point, with what its parts say of the
 * points not evaluated: the misfit rises with each lambda and the complexity falls, so that their values at
 * smaller and at larger lambdas together bound the criterion from below.
 */
export class CriterionGrid {
  /** Lowest value so far. */
  best = Infinity;
  readonly #values: Float64Array;
  readonly #known: Uint8Array;
  readonly #misfit: Float64Array;
  readonly #complexity: Float64Array;
  readonly #rays = new Map<number, (t: number) => CriterionParts>();

  /** @param columns GRID_POINTS, or 1 for a criterion of the first parameter alone. */
  constructor(
    private readonly criterion: Criterion,
    readonly columns: number,
  ) {
    const count = GRID_POINTS * columns;
    this.#values = new Float64Array(count).fill(Infinity);
    this.#known = new Uint8Array(count);
    this.#misfit = new Float64Array(count).fill(-Infinity);
    this.#complexity = new Float64Array(count).fill(-Infinity);
  }

  /** Log smoothing parameters of a point. */
  rho(i: number, j: number): [number, number] {
    return [gridRho(i), gridRho(j)];
  }

  /** The criterion; Infinity outside the grid and where it was not evaluated. */
  value(i: number, j: number): number {
    return this.#holds(i, j) ? this.#values[i * this.columns + j]! : Infinity;
  }

  isKnown(i: number, j: number): boolean {
    return this.#known[i * this.columns + j] === 1;
  }

  /** The criterion, or what it is at least; Infinity outside the grid. */
  bound(i: number, j: number): number {
    if (!this.#holds(i, j)) return Infinity;
    const at = i * this.columns + j;
    return this.#known[at] === 1 ? this.#values[at]! : this.#misfit[at]! + this.#complexity[at]!;
  }

  /** The lowest bound among the neighbours at these steps. */
  lowestBound(i: number, j: number, steps: readonly Step[]): number {
    let lowest = Infinity;
    for (const step of steps) lowest = Math.min(lowest, this.bound(i + step[0], j + step[1]));
    return lowest;
  }

  evaluate(i: number, j: number): void {
    const { value, misfit, complexity } = this.#ray(i - j)(gridRho((i + j) / 2));
    this.#values[i * this.columns + j] = value;
    this.#known[i * this.columns + j] = 1;
    this.best = Math.min(this.best, value);
    for (let a = i; a < GRID_POINTS; a++)
      for (let at = a * this.columns + j; at < (a + 1) * this.columns; at++)
        if (this.#misfit[at]! < misfit) this.#misfit[at] = misfit;
    for (let a = 0; a <= i; a++)
      for (let at = a * this.columns; at <= a * this.columns + j; at++)
        if (this.#complexity[at]! < complexity) this.#complexity[at] = complexity;
  }

  /** The criterion at a place between the points. */
  look(i: number, j: number): number {
    return this.#ray(i - j)(gridRho((i + j) / 2)).value;
  }

  #holds(i: number, j: number): boolean {
    return i >= 0 && j >= 0 && i < GRID_POINTS && j < this.columns;
  }

  /** Points of one ratio of the lambdas share their ray. */
  #ray(ratio: number): (t: number) => CriterionParts {
    let ray = this.#rays.get(ratio);
    if (ray === undefined) {
      ray = this.criterion.ray(gridRho(ratio / 2 + MIDDLE), gridRho(MIDDLE - ratio / 2));
      this.#rays.set(ratio, ray);
    }
    return ray;
  }
}

function gridRho(i: number): number {
  return -GRID_REACH + (2 * GRID_REACH * i) / (GRID_POINTS - 1);
}
