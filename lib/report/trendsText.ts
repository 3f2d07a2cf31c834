import type { Surface } from "../spline/types.js";
import { heightText } from "./extremes.js";
import { slicesAlong, stepsAlong, type Slice } from "./slicesAlong.js";
import { shortNames, type AxisNames } from "./surfaceCaption.js";

/**
 * What a surface says of z: "rises with reasoning (0.00 to 0.53), but shows no clear change with coding". Each facet
 * is followed while the other is at its median. A change is claimed only where no level line fits into the 95 % band;
 * where neither facet shows one, both are followed together, over the middle three fifths of what is shown.
 *
 * @returns "" where there is no surface.
 */
export function trendsText(surface: Surface, labels: AxisNames): string {
  const names = shortNames(labels);
  const height = heightText(surface);
  const found = (["x", "y"] as const).flatMap((axis) => {
    const slice = slicesAlong(surface, axis).find((one) => one.level === "median");
    return slice === undefined ? [] : [{ name: names[axis], trend: trendOf(slice), slice }];
  });
  const said = found.flatMap(({ name, trend, slice }, i) => {
    if (trend === "unclear") return [];
    const [verb, preposition] = VERBS[trend];
    const start = i > 0 && found[i - 1]?.trend === trend ? preposition : `${verb} ${preposition}`;
    return [`${start} ${name} (${height(slice.z[0] ?? NaN)} to ${height(slice.z.at(-1) ?? NaN)})`];
  });
  const parts = said.length > 0 ? [said.join(" and ")] : [];
  const unclear = found.filter(({ trend }) => trend === "unclear").map(({ name }) => name);
  const joint = unclear.length === 2 ? jointTrend(surface, height) : "";
  if (unclear.length > 0) parts.push(`shows no clear change with ${unclear.join(" or ")}${joint}`);
  return parts.join(", but ");
}

/** Facets that go together leave open which of them matters, though z may surely change where both do. */
function jointTrend(surface: Surface, height: (z: number) => string): string {
  const [x, y] = [stepsAlong(surface.domain!.x, 50), stepsAlong(surface.domain!.y, 50)];
  const { z, supported } = surface.predict(x, y);
  const shown = [...supported.keys()].filter((i) => supported[i] === 1);
  const ends = [0.2, 0.8].map((share) => shown[Math.round(share * (shown.length - 1))] ?? 0);
  const { low, high } = surface.contrast({ x: ends.map((i) => x[i]!), y: ends.map((i) => y[i]!) }, [-1, 1]);
  if (!(low > 0 || high < 0)) return " alone";
  const [from, to] = ends.map((i) => height(z[i]!));
  return ` alone, but ${low > 0 ? "rises" : "falls"} where both rise (${from} to ${to})`;
}

/** How the surface goes along a facet, where the band allows to say so. */
type Trend = "up" | "down" | "bent" | "unclear";

const VERBS: Readonly<Record<Exclude<Trend, "unclear">, readonly [verb: string, preposition: string]>> = {
  up: ["rises", "with"],
  down: ["falls", "with"],
  bent: ["bends", "along"],
};

function trendOf({ z, low, high }: Slice): Trend {
  const known = (ends: readonly number[]): number[] =>
    ends.map((end, i) => (Number.isNaN(end) ? z[i]! : end));
  const [lowest, highest] = [Math.min(...known(high)), Math.max(...known(low))];
  // One height that lies within the band all along: the line may be level.
  if (highest <= lowest) return "unclear";
  const change = (z.at(-1) ?? NaN) - (z[0] ?? NaN);
  const span = Math.max(...z) - Math.min(...z);
  if (Math.abs(change) < span / 2) return "bent";
  return change > 0 ? "up" : "down";
}
