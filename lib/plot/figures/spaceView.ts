import type { PlotlyFigure, Trace } from "../types.js";
import { escapePlotly } from "../../shared/escape.js";
import type { Surface } from "../../spline/types.js";
import type { Range } from "./axes.js";
import { cubeTicks, decimalsFor, rounded, roundedAll, tickTexts } from "./axes.js";
import { CATEGORIES, GRID_GREY, heightColours, SOFT_INK, UNKNOWN_GREY } from "./colourScale.js";
import { makeFigure } from "./makeFigure.js";
import type { Spot } from "./spots.js";
import { pointTrace, spots } from "./spots.js";
import type { SurfaceDrawing } from "./surfaceDrawing.js";
import { gridRows } from "./surfaceDrawing.js";

/** Where the 3-D view is seen from, in units of the scene's box. */
const CAMERA = { eye: { x: -0.92, y: -1.43, z: 0.84 }, center: { x: 0, y: 0, z: -0.22 } };
const LEGEND = { orientation: "h", x: 0.5, xanchor: "center", y: 0, yanchor: "bottom", bgcolor: "#ffffffcc" };

/** The view in 3-D: see `surfaceFigure`. */
export function spaceView(drawing: SurfaceDrawing): PlotlyFigure {
  const { surface, labels, ranges, words } = drawing;
  const places = spots(surface.points, "xyz");
  const [ground, ...sheets] = surfaceTraces(drawing);
  // The legend stands below, in two rows where there is little room.
  const scene = { ...sceneOf(drawing), domain: { x: [0, 1], y: [0.07, 1] } };
  return makeFigure({
    ...words,
    data: [
      ...(ground === undefined ? [] : [ground]),
      ...curveTraces(surface),
      ...stemTraces(surface, places),
      pointTrace(places, "xyz", labels),
      ...sheets,
    ],
    layout: {
      height: 526,
      margin: { l: 0, r: 0, t: 26, b: 0 },
      scene,
      coloraxis: heightColours(ranges.colour, labels.z, 0.6),
      showlegend: true,
      legend: LEGEND,
    },
    narrow: { height: 370, scene: { ...scene, domain: { x: [0, 1], y: [0.15, 1] } } },
  });
}

const MESH = {
  type: "surface",
  contours: { x: { highlight: false }, y: { highlight: false }, z: { highlight: false } },
};
const GROUND = {
  name: "surface",
  coloraxis: "coloraxis",
  opacity: 0.92,
  lighting: { ambient: 0.85, diffuse: 0.4, specular: 0.05, roughness: 0.9 },
  showlegend: false,
};
const GREY = [0, 1].map((share) => [share, SOFT_INK]);
const SHEET = { colorscale: GREY, showscale: false, opacity: 0.3, hoverinfo: "skip", visible: "legendonly" };
const LINES = { type: "scatter3d", mode: "lines", hoverinfo: "skip" };
const CUBE_AXIS = { autorange: false, tickmode: "array", zeroline: false, showspikes: false };

/** Columns of the drawn mesh, and nodes in each. */
const SIZE = 28;

/**
 * The surface and the two sheets of its band, on a mesh that fills the support: even steps in x, and at each even
 * steps in y from border to border.
 */
function surfaceTraces({ surface, labels, ranges, whole }: SurfaceDrawing): readonly Trace[] {
  if (whole === null) return [];
  const ends = surface.support.map(([x]) => x);
  const x = evenSteps([Math.min(...ends), Math.max(...ends)]);
  const y = x.flatMap((at) => evenSteps(sectionAt(surface.support, at)));
  const { z, se, low, high } = surface.predict(
    y.map((_, i) => x[Math.floor(i / SIZE)]!),
    y,
  );
  const decimals = decimalsFor(ranges.colour[1] - ranges.colour[0]) + 1;
  const rows = (values: ArrayLike<number>, to: number) => gridRows({ x, y: x }, values, to);
  const mesh = { ...MESH, x: roundedAll(x), y: rows(y, decimalsFor(ranges.y[1] - ranges.y[0]) + 1) };
  const [nameX, nameY, nameZ] = [labels.x, labels.y, labels.z].map((name) => escapePlotly(name, 40));
  const values = `${nameX} %{x:.2f}<br>${nameY} %{y:.2f}<br><b>${nameZ} %{z:.2f}</b>`;
  const hasBand = se.some((value) => Number.isFinite(value));
  const ground = {
    ...mesh,
    ...GROUND,
    z: rows(z, decimals),
    ...(hasBand ? { customdata: rows(se, decimals - 1) } : {}),
    hovertemplate: `${values}${hasBand ? "<br>SE %{customdata:.3f}" : ""}<extra></extra>`,
  };
  const width = surface.tQuantile;
  const name = width === null ? "95 % band" : `± ${width.toFixed(2)} SE (95 % band)`;
  const sheets = [high, low].map((heights, i) => {
    const entry = { name, legendgroup: "band", showlegend: i === 0 };
    return { ...mesh, ...SHEET, ...entry, z: rows(heights, decimals - 1) };
  });
  return hasBand ? [ground, ...sheets] : [ground];
}

/** A hair within the ends: on the border itself rounding could hide a node. */
function evenSteps([low, high]: Range): readonly number[] {
  return Array.from({ length: SIZE }, (_, i) => {
    const share = Math.min(1 - 1e-6, Math.max(1e-6, i / (SIZE - 1)));
    return low + (high - low) * share;
  });
}

/** The interval of y in which a line at x crosses the convex polygon. */
function sectionAt(polygon: Surface["support"], x: number): Range {
  const crossings = polygon.flatMap(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length]!;
    return ax < x === bx < x ? [] : [ay + ((x - ax) / (bx - ax)) * (by - ay)];
  });
  return [Math.min(...crossings), Math.max(...crossings)];
}

function curveTraces({ curve }: Surface): readonly Trace[] {
  if (curve === undefined) return [];
  const [x, y, z] = [curve.x, curve.y, curve.z].map(roundedAll);
  return [{ ...LINES, name: "curve", x, y, z, line: { color: CATEGORIES[0], width: 5 } }];
}

/** A line from each spot to the surface, where there is one above or below it. */
function stemTraces(surface: Surface, places: readonly Spot[]): readonly Trace[] {
  const stems = places.flatMap((spot) => {
    const { z, supported } = surface.predict(spot.x, spot.y);
    return supported ? [{ ...spot, foot: rounded(z, 6) }] : [];
  });
  if (stems.length === 0) return [];
  const x = stems.flatMap((stem) => [stem.x, stem.x, null]);
  const y = stems.flatMap((stem) => [stem.y, stem.y, null]);
  const z = stems.flatMap((stem) => [stem.z, stem.foot, null]);
  // A hundred stems would hide the surface.
  const line = places.length > 40 ? { color: UNKNOWN_GREY, width: 1.5 } : { color: SOFT_INK, width: 3 };
  return [{ ...LINES, name: "distance to the surface", x, y, z, line }];
}

/** Plotly's scene: axes, camera and proportions. */
function sceneOf({ labels, ranges }: SurfaceDrawing): Readonly<Record<string, unknown>> {
  const [xaxis, yaxis, zaxis] = (["x", "y", "z"] as const).map((name) => {
    const range = ranges[name];
    const tickvals = cubeTicks(range);
    const title = { text: escapePlotly(labels[name], 24) };
    return { ...CUBE_AXIS, title, range, tickvals, ticktext: tickTexts(tickvals), gridcolor: GRID_GREY };
  });
  const aspectratio = { x: 1, y: 1, z: 0.72 };
  return { xaxis, yaxis, zaxis, camera: CAMERA, aspectmode: "manual", aspectratio };
}
