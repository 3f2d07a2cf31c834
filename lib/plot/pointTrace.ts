import { POINT_RED } from "./colours.js";
import { escapePlotly } from "../shared/escape.js";
import type { SurfaceLabels } from "../report/index.js";
import type { Spot } from "./points.js";
import { spotText } from "./spotText.js";

type Trace = Readonly<Record<string, unknown>>;

/** The models seen from above: red points, larger where several stand on one place. */
export function pointTrace(places: readonly Spot[], labels: SurfaceLabels): Trace {
  const red = markers(places, labels, (count) => 9 + Math.min(8, 2 * (count - 1)), 1.2);
  return { type: "scatter", ...red, cliponaxis: false };
}

/** The models in space. */
export function pointTrace3d(places: readonly Spot[], labels: SurfaceLabels): Trace {
  const red = markers(places, labels, (count) => 7 + Math.min(5, count - 1), 1);
  return { type: "scatter3d", ...red, z: places.map((spot) => spot.z) };
}

function markers(
  places: readonly Spot[],
  labels: SurfaceLabels,
  sizeOf: (count: number) => number,
  border: number,
): Trace {
  return {
    mode: "markers",
    name: escapePlotly(labels.unit ?? "models", 30),
    x: places.map((spot) => spot.x),
    y: places.map((spot) => spot.y),
    marker: {
      color: POINT_RED,
      size: places.map((spot) => sizeOf(spot.members.length)),
      line: { color: "#ffffff", width: border },
    },
    text: places.map((spot) => spotText(spot, labels)),
    hoverinfo: "text",
  };
}
