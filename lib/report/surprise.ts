import { shortName } from "../shared/escape.js";
import { formatValue } from "../shared/text.js";
import type { Surface } from "../spline/types.js";
import { pointName, shortNames, type AxisNames } from "./surfaceCaption.js";

/** A model's own score with its 95 % interval, as far as it is known. */
interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/** A model against the surface, all in units of the score. */
interface Miss extends AxisNames {
  readonly model: string;
  readonly score: number;
  readonly foretold: number;
  /** Half the width of the surface's 95 % band there. */
  readonly half: number;
}

/**
 * Which model lies farthest off a surface, measured by the surface's own band there, and whether that may be chance:
 * "m7 surprises most: its coding is 0.33, where 0.81 ± 0.16 is foretold by …".
 *
 * @param intervalOf A model's own interval on a facet; undefined where it is not known.
 * @returns "" where no surface has a band.
 */
export function surpriseText(
  surfaces: readonly (AxisNames & { readonly surface: Surface })[],
  intervalOf: (model: string, facet: string) => Interval | undefined,
): string {
  const misses = surfaces.flatMap(missesOf);
  const [miss] = misses.toSorted((a, b) => share(b) - share(a));
  if (miss === undefined) return "";
  const { model, score, foretold, half } = miss;
  const { x, y, z } = shortNames(miss);
  const said =
    `its ${z} is ${formatValue(score)}, where ${x} and ${y} foretell ` +
    `${formatValue(foretold)} ± ${formatValue(half)} (95 %)`;
  const name = shortName(model, 32);
  if (share(miss) <= 1) return `No model lies outside of a surface's band; farthest off is ${name}: ${said}`;
  const { low = null, high = null } = intervalOf(model, miss.z) ?? {};
  const far = `${name} surprises most: ${said}, ${share(miss).toFixed(1)} times as far off as the band reaches`;
  if (low === null || high === null) return far;
  const isApart = low > foretold + half || high < foretold - half;
  const own = `its own score is known from ${formatValue(low)} to ${formatValue(high)}`;
  return `${far}; ${own}, so this ${isApart ? "is more than the chance of its questions" : "may be chance"}`;
}

/** How far off, in halves of the band. */
function share({ score, foretold, half }: Miss): number {
  return Math.abs(score - foretold) / half;
}

function missesOf({ surface, x, y, z }: AxisNames & { readonly surface: Surface }): readonly Miss[] {
  const { points } = surface;
  const at = surface.predict(points.x, points.y);
  return Array.from(points.z, (score, i) => {
    const half = (at.high[i]! - at.low[i]!) / 2;
    return { x, y, z, model: pointName(points.label[i], i), score, foretold: at.z[i]!, half };
  }).filter(({ score, foretold, half }) => half > 0 && Number.isFinite(score - foretold - half));
}
