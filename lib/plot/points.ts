import type { Surface } from "../spline/types.js";
import { pointName } from "../report/index.js";

/** One place in the figure with everything that stands on it. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  /** Mean z of those who stand here; for spots by x, y and z simply their z. */
  readonly z: number;
  readonly members: readonly { readonly name: string; readonly z: number }[];
}

/**
 * The points grouped by place, so that models with equal scores are listed together instead of hiding each other.
 *
 * @param by "xyz": equal in all three, for the 3-D view. "xy": seen from above, for the flat view.
 * @param digits Values that agree to this many decimals are the same place. Default 9.
 */
export function spots(points: Surface["points"], by: "xyz" | "xy", digits = 9): readonly Spot[] {
  const groups = new Map<string, { x: number; y: number; members: { name: string; z: number }[] }>();
  for (let i = 0; i < points.x.length; i++) {
    const [x, y, z] = [points.x[i] ?? NaN, points.y[i] ?? NaN, points.z[i] ?? NaN];
    const place = by === "xyz" ? [x, y, z] : [x, y];
    const key = place.map((value) => (value + 0).toFixed(Math.min(20, digits))).join(" ");
    const group = groups.get(key) ?? { x, y, members: [] };
    group.members.push({ name: pointName(points.label[i], i), z });
    groups.set(key, group);
  }
  return [...groups.values()].map(({ x, y, members }) => ({
    x,
    y,
    z: members.reduce((sum, member) => sum + member.z, 0) / members.length,
    members,
  }));
}
