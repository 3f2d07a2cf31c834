import type { Surface } from "../spline/types.js";
import { heightText } from "./extremes.js";
import { slicesAlong, type Slice } from "./slicesAlong.js";
import { shortNames, type AxisNames } from "./surfaceCaption.js";

/**
 * What a surface says of z: "rises with reasoning (0.00 to 0.53), but shows no clear change with coding". Each facet
 * is followed while the other is at its median. A change is claimed only where no level line fits into the 95 % band.
 *
 * @returns "" where there is no surface.
 */
export function trendsText(surface: Surface, labels: AxisNames): string {
  const names = shortNames(labels);
  const height = heightText(surface);
  const found = (["x", "y"] as const).flatMap((axis) => {
    const slice = slicesAlong(surface, axis).find((one) => one.level === "median");
    if (slice === undefined) return [];
    return [{ name: names[axis], trend: trendOf(slice), slice }];
  });
  const said = found.flatMap(({ name, trend, slice }, i) => {
    if (trend === "unclear") return [];
    const [verb, preposition] = VERBS[trend];
    const start = i > 0 && found[i - 1]?.trend === trend ? preposition : `${verb} ${preposition}`;
    return [`${start} ${name} (${height(slice.z[0] ?? NaN)} to ${height(slice.z.at(-1) ?? NaN)})`];
  });
  const parts = said.length > 0 ? [said.join(" and ")] : [];
  const unclear = found.filter(({ trend }) => trend === "unclear").map(({ name }) => name);
  if (unclear.length > 0) parts.push(`shows no clear change with ${unclear.join(" or ")}`);
  return parts.join(", but ");
}

/** How the surface goes along a facet, where the band allows to say so. */
type Trend = "up" | "down" | "bent" | "unclear";

const VERBS: Readonly<Record<Exclude<Trend, "unclear">, readonly [verb: string, preposition: string]>> = {
  up: ["rises", "with"],
  down: ["falls", "with"],
  bent: ["bends", "along"],
};

function trendOf({ z, low, high }: Slice): Trend {
  const lowest = Math.min(...z.map((value, i) => high[i] || value));
  const highest = Math.max(...z.map((value, i) => low[i] || value));
  // One height that lies within the band all along: the line may be level.
  if (highest <= lowest) return "unclear";
  const change = (z.at(-1) ?? NaN) - (z[0] ?? NaN);
  const span = Math.max(...z) - Math.min(...z);
  if (Math.abs(change) < span / 2) return "bent";
  return change > 0 ? "up" : "down";
}
