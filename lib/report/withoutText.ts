import { shortText } from "../shared/escape.js";
import { count } from "../shared/text.js";
import { fitSurface } from "../spline/index.js";
import { pointsAmong, wideData, type AnyFrame } from "../table/index.js";
import { shortNames, type AxisNames } from "./surfaceCaption.js";

/** Families tried, the largest first: each takes a fit. */
const MOST_FAMILIES = 12;

/**
 * What would be found without the models of one family, of that whose leaving moves a surface most: how far, on average
 * where the models are. Scores are taken as exact; the interaction has its verdict from the surface that is shown, which
 * knows errors and families, and is not given a second one here.
 *
 * @returns "" for fewer than three families, and where every model is a family of its own.
 */
export function withoutText(wide: AnyFrame, names: AxisNames): string {
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
      return { family, size, by: changes.reduce((sum, change) => sum + change / changes.length, 0) };
    })
    .toSorted((a, b) => b.by - a.by);
  if (most === undefined || most.by === 0) return "";
  const { x, y, z } = shortNames(names);
  const who = `${shortText(most.family, 32)} (${most.size} of ${count(points.x.length, "model")})`;
  return (
    `${z} over ${x} and ${y} leans most on ${who}: without them it moves by ${most.by.toFixed(3)} on average. ` +
    `Scores are taken as exact here; the explorer leaves out others`
  );
}
