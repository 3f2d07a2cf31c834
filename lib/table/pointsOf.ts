import { shortText } from "../shared/escape.js";
import { listed } from "../shared/text.js";
import type { Points } from "../spline/types.js";
import { facetColumns, isSimulatedFrame, numberColumn, textColumn } from "./frame.js";
import type { AnyFrame } from "./types.js";

/**
 * The models as points of a surface z = f(x, y), each labelled with its name. Only models with all three scores.
 * Points of simulated models say that they are.
 *
 * @returns Null when a column is missing or no model has all three; `missingPoints` then says why.
 */
export function pointsOf(wide: AnyFrame, x: string, y: string, z: string): Points | null {
  const names = facetColumns(wide);
  if (![x, y, z].every((name) => names.includes(name))) return null;
  const [xs, ys, zs] = [numberColumn(wide, x), numberColumn(wide, y), numberColumn(wide, z)];
  const complete = [...xs.keys()].filter((i) => [xs, ys, zs].every((values) => Number.isFinite(values[i])));
  if (complete.length === 0) return null;
  const pick = (values: Float64Array): Float64Array => Float64Array.from(complete, (i) => values[i] ?? NaN);
  const models = textColumn(wide, "model");
  const label = complete.map((i) => models[i] ?? "");
  return { x: pick(xs), y: pick(ys), z: pick(zs), label, simulated: isSimulatedFrame(wide) };
}

/**
 * Why there are no points, in the seed's words and with the column that is missing; null when there are some.
 */
export function missingPoints(wide: AnyFrame, x: string, y: string, z: string): string | null {
  if (pointsOf(wide, x, y, z) !== null) return null;
  const names = facetColumns(wide);
  const skip = `Missing columns for ${x}/${y}/${z}; skip.`;
  const missing = [...new Set([x, y, z])].filter((name) => !names.includes(name));
  if (missing.length === 0) return `${skip} No model has a score on all three.`;
  return `${skip} No scores for ${shown(missing)}; there are scores for ${shown(names) || "nothing"}.`;
}

/** Names from outside, each on one line; those past the twelfth are counted. */
function shown(names: readonly string[]): string {
  const short = names.map((name) => shortText(name, 60));
  return listed(short, 12);
}
