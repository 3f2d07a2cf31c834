import { shortText } from "../shared/escape.js";
import { listed } from "../shared/text.js";
import type { Points } from "../spline/types.js";
import { pointsAmong } from "./pointsAmong.js";
import { wideData } from "./wideData.js";
import type { AnyFrame } from "./types.js";

/**
 * The models as points of a surface z = f(x, y), each labelled with its name. Only models with all three scores.
 * What is known beside the scores goes along: the items behind each, the models' families, whether they are simulated,
 * and whether z was computed from x or y.
 *
 * @param say Told, in a line, which models are left out, or why there are no points: `console.log` in a cell.
 * @param families A model's family, where its name misleads `familyOf`.
 * @returns Null when a column is missing or no model has all three.
 */
export function pointsOf(
  wide: AnyFrame,
  x: string,
  y: string,
  z: string,
  say: (line: string) => void = () => {},
  families: Readonly<Record<string, string>> = {},
): Points | null {
  const data = wideData(wide, families);
  const names = data.columns.map(({ name }) => name);
  const skip = `Missing columns for ${x}/${y}/${z}; skip.`;
  const missing = [...new Set([x, y, z])].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    say(`${skip} No scores for ${shown(missing)}; there are scores for ${shown(names) || "nothing"}.`);
    return null;
  }
  const points = pointsAmong(data, [x, y, z]);
  if (points === null) {
    say(`${skip} No model has a score on all three.`);
    return null;
  }
  const models = data.models.map(({ name }) => name);
  const left = models.filter((name) => !points.label!.includes(name));
  const lack = left.length === 1 ? "lacks a score and is" : "lack a score and are";
  if (left.length > 0)
    say(`${x}/${y}/${z}: ${left.length} of ${models.length} models ${lack} left out: ${shown(left)}.`);
  return points;
}

/** Names from outside, each on one line; those past the twelfth are counted. */
function shown(names: readonly string[]): string {
  const short = names.map((name) => shortText(name, 60));
  return listed(short, 12);
}
