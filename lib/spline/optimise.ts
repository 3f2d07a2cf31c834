import type { Criterion } from "./criterion.js";
import { gridStarts } from "./gridStarts.js";
import { newton, type Optimum } from "./newton.js";

/**
 * Global minimum over the box: Newton from every local minimum of a coarse grid, since the criterion often
 * has several.
 *
 * @param axes 1 for a curve, whose criterion does not depend on the second parameter.
 */
export function minimise(criterion: Criterion, axes: 1 | 2 = 2): Optimum {
  const found: Optimum[] = [];
  for (const start of gridStarts(criterion, axes)) {
    const optimum = newton(criterion, start, found);
    if (optimum !== null) found.push(optimum);
  }
  if (found.length === 0)
    throw new Error("minimise: the grid has no local minimum; is the criterion finite?");
  return found.reduce((best, other) => (isBetter(other, best) ? other : best));
}

/** Lower wins; of two equal ones, the smoother. */
function isBetter(a: Optimum, b: Optimum): boolean {
  const gap = 1e-9 * (1 + Math.abs(b.value));
  if (Math.abs(a.value - b.value) > gap) return a.value < b.value;
  return a.rho[0] + a.rho[1] > b.rho[0] + b.rho[1];
}
