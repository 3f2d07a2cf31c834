import type { Surface, SurfaceGrid } from "../spline/types.js";
import { formatValue } from "../shared/text.js";

/** The highest or lowest place of a surface. */
export interface Extreme {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Its height in words: a number, or "above 1" and "below 0" where a fit leaves the range of scores. */
  readonly height: string;
}

/** Hill and trough; null where there is no surface or it is flat. */
export interface Extremes {
  readonly hill: Extreme | null;
  readonly trough: Extreme | null;
}

/** The highest and the lowest place that a surface shows. */
export function extremesOf(surface: Surface, grid: SurfaceGrid): Extremes {
  const height = heightText(surface);
  let [highest, lowest] = [-1, -1];
  for (const [i, z] of grid.z.entries()) {
    if (!Number.isFinite(z)) continue;
    if (highest < 0 || z > (grid.z[highest] ?? NaN)) highest = i;
    if (lowest < 0 || z < (grid.z[lowest] ?? NaN)) lowest = i;
  }
  const ny = grid.y.length;
  const extreme = (i: number): Extreme => {
    const z = grid.z[i] ?? NaN;
    return { x: grid.x[Math.floor(i / ny)] ?? NaN, y: grid.y[i % ny] ?? NaN, z, height: height(z) };
  };
  if (highest < 0) return { hill: null, trough: null };
  const [hill, trough] = [extreme(highest), extreme(lowest)];
  const isFlat = hill.z - trough.z < 1e-9 * (1 + Math.abs(hill.z));
  return isFlat ? { hill: null, trough: null } : { hill, trough };
}

/** How a surface's heights are named: on the scale of scores, what lies outside it is no score. */
export function heightText({ points }: Surface): (z: number) => string {
  return areScores(points.z) ? scoreText : formatValue;
}

function scoreText(z: number): string {
  const shown = formatValue(z);
  if (z > 1 && shown !== formatValue(1)) return "above 1";
  return z < 0 && shown !== formatValue(0) ? "below 0" : shown;
}

/** True when every finite value lies in 0–1, as scores do. */
export function areScores(values: Iterable<number>): boolean {
  for (const value of values) if (Number.isFinite(value) && (value < 0 || value > 1)) return false;
  return true;
}
