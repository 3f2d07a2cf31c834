import type { Trace } from "../types.js";
import type { SurfaceLabels } from "../../report/index.js";
import { pointName } from "../../report/index.js";
import { escapePlotly, visibleText } from "../../shared/escape.js";
import { formatValue } from "../../shared/text.js";
import type { Surface } from "../../spline/types.js";
import { POINT_RED } from "./colourScale.js";

/** One place in the figure with everything that stands on it; z is their mean, the same for all in spots by x, y, z. */
export interface Spot extends Readonly<Record<"x" | "y" | "z", number>> {
  readonly members: readonly { readonly name: string; readonly z: number }[];
}

/**
 * The points grouped by place, so that models with equal scores are listed together instead of hiding each other.
 *
 * @param by "xyz": equal in all three to nine decimals, for the 3-D view. "xy": seen from above, for the flat view.
 */
export function spots(points: Surface["points"], by: "xyz" | "xy"): readonly Spot[] {
  const groups = new Map<string, { x: number; y: number; members: { name: string; z: number }[] }>();
  for (let i = 0; i < points.x.length; i++) {
    const [x, y, z] = [points.x[i] ?? NaN, points.y[i] ?? NaN, points.z[i] ?? NaN];
    const key = (by === "xyz" ? [x, y, z] : [x, y]).map((value) => (value + 0).toFixed(9)).join(" ");
    const group = groups.get(key) ?? { x, y, members: [] };
    group.members.push({ name: pointName(points.label[i], i), z });
    groups.set(key, group);
  }
  return [...groups.values()].map((group) => {
    const sum = group.members.reduce((total, { z }) => total + z, 0);
    return { ...group, z: sum / group.members.length };
  });
}

/** The models as red points, larger where several stand on one place, each with its names and values on hover. */
export function pointTrace(places: readonly Spot[], by: "xyz" | "xy", labels: SurfaceLabels): Trace {
  const [least, most, step, border] = by === "xyz" ? [7, 12, 1, 1] : [9, 17, 2, 1.2];
  return {
    type: by === "xyz" ? "scatter3d" : "scatter",
    mode: "markers",
    name: "models",
    x: places.map((spot) => spot.x),
    y: places.map((spot) => spot.y),
    ...(by === "xyz" ? { z: places.map((spot) => spot.z) } : { cliponaxis: false }),
    marker: {
      color: POINT_RED,
      size: places.map(({ members }) => Math.min(most, least + step * (members.length - 1))),
      line: { color: "#ffffff", width: border },
    },
    text: places.map((spot) => spotText(spot, labels)),
    customdata: places.map(({ members }) => members.map(({ name }) => visibleText(name))),
    hoverinfo: "text",
  };
}

/** More names than this in one hover label run off the page. */
const MOST_NAMES = 12;

/** A spot's hover label in Plotly's pseudo-HTML: every model that stands here by name, then the values. */
function spotText({ x, y, z, members }: Spot, labels: SurfaceLabels): string {
  const differ = members.some((member) => member.z !== members[0]?.z);
  const names = members.slice(0, MOST_NAMES).map((member) => {
    const name = `<b>${escapePlotly(member.name, 48)}</b>`;
    return differ ? `${name} ${formatValue(member.z)}` : name;
  });
  const rest = members.length - names.length;
  return [
    ...(members.length === 1 ? [] : [`${members.length} models here:`]),
    ...names,
    ...(rest > 0 ? [`… and ${rest} more`] : []),
    `${escapePlotly(labels.x, 40)} ${formatValue(x)}`,
    `${escapePlotly(labels.y, 40)} ${formatValue(y)}`,
    `${escapePlotly(labels.z, 40)} ${differ ? "as listed" : formatValue(z)}`,
  ].join("<br>");
}
