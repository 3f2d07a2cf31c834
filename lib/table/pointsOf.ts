import { shortText } from "../shared/escape.js";
import { listed } from "../shared/text.js";
import type { Points } from "../spline/types.js";
import { familyOf } from "./familyOf.js";
import { factsOf } from "./columnFacts.js";
import { facetColumns, numberColumn, provenanceOf, textColumn } from "./frame.js";
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
  const counts = [x, y, z].map((facet) => factsOf(wide, facet).items);
  const [ix, iy, iz] = counts.map((items) => items && pick(items));
  const items = { ...(ix && { x: ix }), ...(iy && { y: iy }), ...(iz && { z: iz }) };
  const parts = new Set([z, ...(factsOf(wide, z).parts ?? [])]);
  const contains = (["x", "y"] as const).filter((axis) => parts.has(axis === "x" ? x : y));
  return {
    x: pick(xs),
    y: pick(ys),
    z: pick(zs),
    label,
    family: label.map((model) => families[model] ?? familyOf(model)),
    ...provenanceOf(wide),
    ...(Object.keys(items).length > 0 ? { items } : {}),
    ...(contains.length > 0 ? { contains } : {}),
  };
}

/** Names from outside, each on one line; those past the twelfth are counted. */
function shown(names: readonly string[]): string {
  const short = names.map((name) => shortText(name, 60));
  return listed(short, 12);
}
