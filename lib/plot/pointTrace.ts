import { POINT_RED } from "./colours.js";
import { escapePlotly } from "./escape/index.js";
import type { SurfaceLabels } from "./labels.js";
import type { Spot } from "./points.js";
import { spotText } from "./spotText.js";

/** The models seen from above: red points, larger where several stand on one place. */
export function pointTrace(
  places: readonly Spot[],
  labels: SurfaceLabels,
): Readonly<Record<string, unknown>> {
  return {
    type: "scatter",
    mode: "markers",
    name: escapePlotly(labels.unit ?? "models", 30),
    x: places.map((spot) => spot.x),
    y: places.map((spot) => spot.y),
    marker: {
      color: POINT_RED,
      size: places.map((spot) => 9 + Math.min(8, 2 * (spot.members.length - 1))),
      line: { color: "#ffffff", width: 1.2 },
    },
    text: places.map((spot) => spotText(spot, labels)),
    hoverinfo: "text",
    cliponaxis: false,
  };
}
