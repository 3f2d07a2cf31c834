import { shortText } from "../shared/escape.js";
import { listed } from "../shared/text.js";
import type { Points } from "../spline/types.js";
import { facetColumns, provenanceOf, numberColumn, textColumn } from "./frame.js";
import type { AnyFrame } from "./types.js";

/**
 * The models as points of a surface z = f(x, y), each labelled with its name. Only models with all three scores.
 * Points of simulated models say that they are.
 *
 * @param say Told, in a line, which models are left out, or why there are no points: `console.log` in a cell.
 * @returns Null when a column is missing or no model has all three.
 */
export function pointsOf(
  wide: AnyFrame,
  x: string,
  y: string,
  z: string,
  say: (line: string) => void = () => {},
): Points | null {
  const names = facetColumns(wide);
  const skip = `Missing columns for ${x}/${y}/${z}; skip.`;
  const missing = [...new Set([x, y, z])].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    say(`${skip} No scores for ${shown(missing)}; there are scores for ${shown(names) || "nothing"}.`);
    return null;
  }
  const [xs, ys, zs] = [numberColumn(wide, x), numberColumn(wide, y), numberColumn(wide, z)];
  const models = textColumn(wide, "model");
  const isComplete = (i: number): boolean => [xs, ys, zs].every((values) => Number.isFinite(values[i]));
  const complete = [...xs.keys()].filter(isComplete);
  if (complete.length === 0) {
    say(`${skip} No model has a score on all three.`);
    return null;
  }
  const left = models.filter((_, i) => !isComplete(i));
  if (left.length > 0)
    say(
      `${x}/${y}/${z}: ${left.length} of ${models.length} models lack a score and are left out: ${shown(left)}.`,
    );
  const pick = (values: Float64Array): Float64Array => Float64Array.from(complete, (i) => values[i] ?? NaN);
  const label = complete.map((i) => models[i] ?? "");
  return { x: pick(xs), y: pick(ys), z: pick(zs), label, ...provenanceOf(wide) };
}

/** Names from outside, each on one line; those past the twelfth are counted. */
function shown(names: readonly string[]): string {
  const short = names.map((name) => shortText(name, 60));
  return listed(short, 12);
}
