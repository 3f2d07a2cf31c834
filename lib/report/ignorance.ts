import type { Surface, SurfaceGrid } from "../spline/types.js";

/**
 * How little the fit knows, at every node of a grid: the standard error in units of one observation's scatter,
 * SE / sqrt(sigma2). From 0.5 on a picture greys the surface; at 1 the surface knows less there than a single new
 * observation would tell.
 *
 * @returns NaN outside the support; null where the method has no standard error or no scatter.
 */
export function ignorance(surface: Surface, grid: SurfaceGrid): Float64Array | null {
  const { sigma2 } = surface;
  if (sigma2 === null || !(sigma2 > 0) || !grid.se.some((se) => Number.isFinite(se))) return null;
  const scatter = Math.sqrt(sigma2);
  return grid.se.map((se) => se / scatter);
}

/** Whether anything of the surface is greyed at all. */
export function isGreyedSomewhere(little: Float64Array | null): little is Float64Array {
  return little !== null && little.some((share) => share >= GREY_FROM[0]);
}

/** From here on the surface is greyed, in steps up to the last. */
export const GREY_FROM = [0.5, 0.75, 1] as const;
