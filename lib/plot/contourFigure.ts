import type { PlotlyFigure, Surface, SurfaceGrid } from "../types.js";
import type { Range } from "./axes.js";
import { plotlyScale, POINT_RED, INK, UNKNOWN_GREY, VIRIDIS } from "./colours.js";
import type { SurfaceWords } from "./describe.js";
import { describeSurface, formatValue } from "./describe.js";
import { escapePlotly } from "./escape/index.js";
import { gridRows, gridAxis } from "./gridData.js";
import { GREY_FROM, ignorance, isGreyedSomewhere } from "./knowledge.js";
import type { SurfaceLabels } from "./labels.js";
import type { Spot } from "./points.js";
import { spots } from "./points.js";
import { decimalsFor } from "./round.js";
import { spotText } from "./spotText.js";
import { surfaceRanges } from "./surfaceRanges.js";
import { drawContour } from "./svg/contourPicture.js";
import { BASE_CONFIG, baseLayout, titleHeight, titleLines } from "./title.js";

/**
 * The surface from above: bands of equal height, the models as red points, hill and trough marked, and the regions
 * greyed where the fit knows little. Most people read this view better than the one in 3-D.
 *
 * White is where there is no support: no model is near, and nothing is said.
 *
 * @returns Plain data. Names are escaped for Plotly and for SVG already; `alt` and `caption` are plain text.
 */
export function contourFigure(surface: Surface, labels: SurfaceLabels): PlotlyFigure {
  const grid = surface.grid(40);
  const words = describeSurface(surface, grid, labels);
  const ranges = surfaceRanges(surface, grid);
  // The picture has no smoothing of its own.
  const fine = surface.grid(64);
  const places = spots(surface.points, "xy");
  const ignored = ignorance(surface, grid);
  const little = isGreyedSomewhere(ignored) ? ignored : null;
  const top = Math.round(titleHeight(titleLines(words.title)));
  const hasSurface = surface.method !== "curve_1d" && grid.z.some((z) => Number.isFinite(z));
  return {
    data: [
      ...(hasSurface ? [heightTrace(grid, ranges.colour, labels)] : []),
      ...(hasSurface && little !== null ? [greyTrace(grid, little)] : []),
      pointTrace(places, labels),
      ...extremeTraces(words),
    ],
    layout: {
      ...baseLayout(words.title, top + 510),
      margin: { l: 60, r: 20, t: top + 4, b: 95 },
      xaxis: flatAxis(labels.x, ranges.x),
      // One panel as wide as it is high, whatever the units and the page's width.
      yaxis: {
        ...flatAxis(labels.y, ranges.y),
        scaleanchor: "x",
        scaleratio: (ranges.x[1] - ranges.x[0]) / (ranges.y[1] - ranges.y[0]),
      },
      showlegend: true,
      legend: { orientation: "h", x: 0.5, xanchor: "center", y: -0.14, yanchor: "top" },
      hovermode: "closest",
    },
    config: BASE_CONFIG,
    svg: drawContour({
      title: words.title,
      alt: words.alt,
      axes: labels,
      ranges,
      grid: hasSurface ? fine : null,
      little: hasSurface && little !== null ? ignorance(surface, fine) : null,
      spots: places,
      hill: words.hill,
      trough: words.trough,
    }),
    alt: `Seen from above. ${words.alt}`,
    caption: `${words.caption}${little === null ? "" : " " + GREY_NOTE}`,
  };
}

const GREY_NOTE =
  "Greyed where the standard error is more than half the scatter of the single points: little is known there.";

function flatAxis(name: string, range: Range): Readonly<Record<string, unknown>> {
  return {
    title: { text: escapePlotly(name, 40) },
    range,
    constrain: "domain",
    zeroline: false,
    gridcolor: "#eceef1",
    linecolor: INK,
    ticks: "outside",
    mirror: true,
    nticks: 7,
  };
}

function heightTrace(
  grid: SurfaceGrid,
  range: Range,
  labels: SurfaceLabels,
): Readonly<Record<string, unknown>> {
  const [x, y, z] = [labels.x, labels.y, labels.z].map((name) => escapePlotly(name, 40));
  return {
    type: "contour",
    name: "surface",
    x: gridAxis(grid.x),
    y: gridAxis(grid.y),
    z: gridRows(grid, (i) => grid.z[i] ?? NaN, decimalsFor(range[1] - range[0]) + 1),
    colorscale: plotlyScale(VIRIDIS),
    zmin: range[0],
    zmax: range[1],
    ncontours: 14,
    connectgaps: false,
    line: { width: 0.6, color: "rgba(255,255,255,0.65)" },
    colorbar: { title: { text: z }, thickness: 14, len: 0.85 },
    hovertemplate: `${x} %{x:.2f}<br>${y} %{y:.2f}<br><b>${z} %{z:.2f}</b><extra></extra>`,
    showlegend: false,
  };
}

function grey(alpha: number): string {
  return `${UNKNOWN_GREY}${alpha.toString(16).padStart(2, "0")}`;
}

function greyTrace(grid: SurfaceGrid, little: Float64Array): Readonly<Record<string, unknown>> {
  const [from, , to] = GREY_FROM;
  return {
    type: "contour",
    name: "little known",
    x: gridAxis(grid.x),
    y: gridAxis(grid.y),
    z: gridRows(grid, (i) => Math.min(2, little[i] ?? NaN), 2),
    contours: { start: from, end: to, size: (to - from) / 2 },
    autocontour: false,
    zmin: from - 0.125,
    zmax: to + 0.125,
    colorscale: [
      [0, grey(0)],
      [0.2, grey(0)],
      [0.21, grey(90)],
      [0.6, grey(150)],
      [1, grey(215)],
    ],
    line: { width: 0 },
    showscale: false,
    hoverinfo: "skip",
    connectgaps: false,
    showlegend: true,
  };
}

function pointTrace(places: readonly Spot[], labels: SurfaceLabels): Readonly<Record<string, unknown>> {
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

function extremeTraces(words: SurfaceWords): readonly Readonly<Record<string, unknown>>[] {
  return (["hill", "trough"] as const).flatMap((kind) => {
    const place = words[kind];
    if (place === null) return [];
    return [
      {
        type: "scatter",
        mode: "markers",
        name: `${kind} ${formatValue(place.z)}`,
        x: [place.x],
        y: [place.y],
        marker: {
          symbol: kind === "hill" ? "triangle-up" : "triangle-down",
          size: 13,
          color: "#ffffff",
          line: { color: INK, width: 1.6 },
        },
        hovertemplate: `${kind} ${formatValue(place.z)}<extra></extra>`,
        cliponaxis: false,
      },
    ];
  });
}
