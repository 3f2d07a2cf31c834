import { formatValue } from "../shared/text.js";
import { escapePlotly } from "../shared/escape.js";
import type { SurfaceLabels } from "../report/index.js";
import type { Spot } from "./points.js";

/** More names than this in one hover label run off the page. */
const MOST_NAMES = 12;

/** A spot's hover label in Plotly's pseudo-HTML: every model that stands here by name, then the values. */
export function spotText(spot: Spot, labels: SurfaceLabels): string {
  const shown = spot.members.slice(0, MOST_NAMES);
  const isAlone = spot.members.length === 1;
  const differ = spot.members.some((member) => member.z !== spot.members[0]?.z);
  const names = shown.map((member) => {
    const name = `<b>${escapePlotly(member.name, 48)}</b>`;
    return differ ? `${name} ${formatValue(member.z)}` : name;
  });
  const rest = spot.members.length - shown.length;
  return [
    ...(isAlone ? [] : [`${spot.members.length} ${escapePlotly(labels.unit ?? "models", 30)} here:`]),
    ...names,
    ...(rest > 0 ? [`… and ${rest} more`] : []),
    `${escapePlotly(labels.x, 40)} ${formatValue(spot.x)}`,
    `${escapePlotly(labels.y, 40)} ${formatValue(spot.y)}`,
    ...(differ
      ? [`${escapePlotly(labels.z, 40)} as listed`]
      : [`${escapePlotly(labels.z, 40)} ${formatValue(spot.z)}`]),
  ].join("<br>");
}
