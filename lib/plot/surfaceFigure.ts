import type { PlotlyFigure } from "./types.js";
import type { Surface } from "../spline/types.js";
import type { Range } from "./axes.js";
import { CATEGORIES, SOFT_INK, UNKNOWN_GREY } from "./colours.js";
import { describeSurface } from "../report/index.js";
import { escapePlotly } from "../shared/escape.js";
import { gridAxis } from "./gridData.js";
import { heightColours } from "./heightColours.js";
import type { SurfaceLabels } from "../report/index.js";
import type { Mesh } from "./meshData.js";
import { meshPlaces, meshRows } from "./meshData.js";
import { surfaceMesh } from "./mesh.js";
import type { Spot } from "./points.js";
import { spots } from "./points.js";
import { pointTrace3d } from "./pointTrace.js";
import { decimalsFor, rounded } from "./round.js";
import { sceneOf } from "./scene.js";
import { surfaceRanges } from "./surfaceRanges.js";
import { drawSurface } from "./svg/surfacePicture.js";
import { BASE_CONFIG, baseLayout, titleHeight, titleLines } from "./title.js";

/**
 * The fitted surface in 3-D: hills and troughs coloured by height, the models as red points with a stem to the
 * surface, and the 95 % band as two sheets that a click in the legend shows.
 *
 * Where the fit has no support the surface has a gap. A method without a surface (points only, a curve) shows its
 * points alone. Scores keep their axes within 0–1; whatever of the surface leaves that range is cut off there, and
 * the caption says so.
 *
 * @returns Plain data. Names are escaped for Plotly and for SVG already; `alt` and `caption` are plain text.
 */
export function surfaceFigure(surface: Surface, labels: SurfaceLabels): PlotlyFigure {
  const grid = surface.grid(40);
  const words = describeSurface(surface, grid, labels);
  const ranges = surfaceRanges(surface, grid);
  const places = spots(surface.points, "xyz");
  const feet = places
    .map((spot) => surface.predict(spot.x, spot.y))
    .map(({ z, supported }) => (supported ? z : null));
  const lines = titleLines(words.title);
  const hasSurface = grid.z.some((z) => Number.isFinite(z));
  const legend = {
    orientation: "h",
    x: 0.5,
    xanchor: "center",
    y: 0,
    yanchor: "bottom",
    bgcolor: "#ffffffcc",
  };
  const mesh = hasSurface ? surfaceMesh(surface, 40) : [];
  const coarse = hasSurface ? surfaceMesh(surface, 28) : [];
  return {
    data: [
      ...(hasSurface ? [surfaceTrace(mesh, ranges.colour, labels)] : []),
      ...(surface.curve === undefined ? [] : [curveTrace(surface.curve)]),
      ...stemTraces(places, feet),
      pointTrace3d(places, labels),
      ...bandTraces(surface, coarse, ranges.z),
    ],
    layout: {
      ...baseLayout(words.title, Math.round(500 + titleHeight(lines))),
      margin: { l: 0, r: 0, t: Math.round(titleHeight(lines)), b: 0 },
      scene: sceneOf(labels, ranges),
      coloraxis: heightColours(ranges.colour, labels.z, { len: 0.6 }),
      showlegend: true,
      legend,
    },
    narrow: {
      height: 370,
      scene: sceneOf(labels, ranges, { isNarrow: true }),
      coloraxis: heightColours(ranges.colour, labels.z, { len: 0.6, isNarrow: true }),
      legend: { ...legend, font: { size: 11 } },
    },
    config: BASE_CONFIG,
    svg: drawSurface({
      title: words.title,
      alt: words.alt,
      axes: labels,
      ranges,
      mesh: coarse,
      spots: places,
      feet,
      curve: surface.curve ?? null,
    }),
    alt: words.alt,
    title: words.title,
    caption: words.caption,
  };
}

function surfaceTrace(mesh: Mesh, range: Range, labels: SurfaceLabels): Readonly<Record<string, unknown>> {
  const decimals = decimalsFor(range[1] - range[0]) + 1;
  const hasSe = mesh.some((column) => column.some((node) => Number.isFinite(node.se)));
  const [x, y, z] = [labels.x, labels.y, labels.z].map((name) => escapePlotly(name, 40));
  return {
    type: "surface",
    name: "surface",
    ...meshPlaces(mesh),
    z: meshRows(mesh, (node) => node.z, decimals),
    ...(hasSe ? { customdata: meshRows(mesh, (node) => node.se, decimals - 1) } : {}),
    coloraxis: "coloraxis",
    opacity: 0.92,
    connectgaps: false,
    contours: { x: { highlight: false }, y: { highlight: false }, z: { highlight: false } },
    lighting: { ambient: 0.85, diffuse: 0.4, specular: 0.05, roughness: 0.9 },
    hovertemplate: `${x} %{x:.2f}<br>${y} %{y:.2f}<br><b>${z} %{z:.2f}</b>${hasSe ? "<br>SE %{customdata:.3f}" : ""}<extra></extra>`,
    showlegend: false,
  };
}

function curveTrace(curve: NonNullable<Surface["curve"]>): Readonly<Record<string, unknown>> {
  const line = { color: CATEGORIES[0], width: 5 };
  const [x, y, z] = [curve.x, curve.y, curve.z].map((values) => gridAxis(values));
  return { type: "scatter3d", mode: "lines", name: "curve", x, y, z, line, hoverinfo: "skip" };
}

function bandTraces(
  surface: Surface,
  mesh: Mesh,
  range: Range,
): readonly Readonly<Record<string, unknown>>[] {
  if (!mesh.some((column) => column.some((node) => Number.isFinite(node.se)))) return [];
  const width = surface.tQuantile ?? 1.96;
  const decimals = decimalsFor(range[1] - range[0]);
  return [1, -1].map((side) => ({
    type: "surface",
    name: `± ${width.toFixed(2)} SE (95 % band)`,
    ...meshPlaces(mesh),
    z: meshRows(mesh, (node) => node.z + side * width * node.se, decimals),
    colorscale: [
      [0, SOFT_INK],
      [1, SOFT_INK],
    ],
    showscale: false,
    opacity: 0.3,
    hoverinfo: "skip",
    contours: { x: { highlight: false }, y: { highlight: false }, z: { highlight: false } },
    visible: "legendonly",
    legendgroup: "band",
    showlegend: side === 1,
  }));
}

function stemTraces(
  places: readonly Spot[],
  feet: readonly (number | null)[],
): readonly Readonly<Record<string, unknown>>[] {
  const x: (number | null)[] = [];
  const y: (number | null)[] = [];
  const z: (number | null)[] = [];
  for (const [i, spot] of places.entries()) {
    const foot = feet[i] ?? null;
    if (foot === null) continue;
    x.push(spot.x, spot.x, null);
    y.push(spot.y, spot.y, null);
    z.push(spot.z, rounded(foot, 6), null);
  }
  // A hundred stems would hide the surface.
  const line = places.length > 40 ? { color: UNKNOWN_GREY, width: 1.5 } : { color: SOFT_INK, width: 3 };
  if (x.length === 0) return [];
  return [
    { type: "scatter3d", mode: "lines", name: "distance to the surface", x, y, z, line, hoverinfo: "skip" },
  ];
}
