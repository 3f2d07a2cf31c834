import { shortText } from "../shared/escape.js";
import { count, formatP } from "../shared/text.js";
import { fitSurface } from "../spline/index.js";
import type { Surface } from "../spline/types.js";
import { pointsAmong, wideData, type AnyFrame } from "../table/index.js";
import { shortNames, type AxisNames } from "./surfaceCaption.js";
import { LEVEL } from "./verdicts.js";

/** Families tried, the largest first: each takes a fit. */
const MOST_FAMILIES = 12;

/**
 * What would be found without the models of one family, of that whose leaving moves a surface most: how far, on average
 * where the models are, and whether the verdict on the interaction is another. Scores are taken as exact; a surface
 * over abilities has another verdict, and is not given a second one here.
 *
 * @param scale That of the surface that is shown.
 * @returns "" for fewer than three families, and where every model is a family of its own.
 */
export function withoutText(wide: AnyFrame, names: AxisNames, scale: Surface["scale"]): string {
  const data = wideData(wide);
  const pointsWithout = (family?: string) =>
    pointsAmong(data, [names.x, names.y, names.z], (i) => data.models[i]!.family === family);
  const points = pointsWithout();
  const sizes = new Map<string, number>();
  for (const family of points?.family ?? []) sizes.set(family, (sizes.get(family) ?? 0) + 1);
  if (points === null || sizes.size < 3) return "";
  const all = fitSurface(points, { scale: "score" });
  const before = all.predict(points.x, points.y).z;
  const [most] = [...sizes]
    .filter(([, size]) => size > 1)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_FAMILIES)
    .map(([family, size]) => {
      const rest = fitSurface(pointsWithout(family)!, { scale: "score" });
      const after = rest.predict(points.x, points.y).z;
      const changes = Array.from(before, (z, i) => Math.abs(z - after[i]!)).filter(Number.isFinite);
      return { family, size, rest, by: changes.reduce((sum, change) => sum + change / changes.length, 0) };
    })
    .toSorted((a, b) => b.by - a.by);
  if (most === undefined || most.by === 0) return "";
  const { x, y, z } = shortNames(names);
  const who = `${shortText(most.family, 32)} (${most.size} of ${count(points.x.length, "model")})`;
  // Only where they are told: the tests may take a second each.
  const [p, q] = scale === "ability" ? [null, null] : [all.interaction.p, most.rest.interaction.p];
  const verdict =
    p === null || q === null
      ? ""
      : `; whether ${x} and ${y} interact: ${p < LEVEL === q < LEVEL ? "the same" : "another"} verdict ` +
        `(${formatP(p)} becomes ${formatP(q)})`;
  return (
    `${z} over ${x} and ${y} leans most on ${who}: without them it moves by ${most.by.toFixed(3)} on average` +
    `${verdict}. Scores are taken as exact here; the explorer leaves out others`
  );
}
