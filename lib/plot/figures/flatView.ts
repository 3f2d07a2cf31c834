import type { PlotlyFigure, Trace } from "../types.js";
import type { SurfaceWords } from "../../report/index.js";
import { GREY_FROM, ignorance, isGreyedSomewhere } from "../../report/index.js";
import { escapePlotly } from "../../shared/escape.js";
import type { Range } from "./axes.js";
import { contourLevels, decimalsFor, rounded, roundedAll } from "./axes.js";
import { FAINT_GREY, heightColours, INK, UNKNOWN_GREY } from "./colourScale.js";
import { makeFigure } from "./makeFigure.js";
import { pointTrace, spots } from "./spots.js";
import type { SurfaceDrawing } from "./surfaceDrawing.js";
import { gridRows } from "./surfaceDrawing.js";

const LEGEND = { orientation: "h", x: 0.5, xanchor: "center", y: -0.14, yanchor: "top" };
const GREY_NOTE =
  "Greyed where the standard error is more than half the scatter of the single points: little is known there.";

/** The view from above: see `contourFigure`. */
export function flatView(drawing: SurfaceDrawing): PlotlyFigure {
  const { surface, labels, ranges, words } = drawing;
  const scaleratio = (ranges.x[1] - ranges.x[0]) / (ranges.y[1] - ranges.y[0]);
  const isGreyed = isGreyedSomewhere(ignorance(surface, drawing.grid));
  return makeFigure({
    ...words,
    alt: `Seen from above. ${words.alt}`,
    note: isGreyed ? GREY_NOTE : null,
    data: [
      ...groundTraces(drawing, isGreyed),
      pointTrace(spots(surface.points, "xy"), "xy", labels),
      ...extremeTraces(words),
    ],
    layout: {
      height: 536,
      margin: { l: 60, r: 20, t: 30, b: 95 },
      xaxis: flatAxis(labels.x, ranges.x),
      // One panel as wide as it is high, whatever the units and the page's width.
      yaxis: { ...flatAxis(labels.y, ranges.y), scaleanchor: "x", scaleratio },
      coloraxis: heightColours(ranges.colour, labels.z, 0.85),
      showlegend: true,
      legend: LEGEND,
    },
    narrow: { height: 430, margin: { l: 50, r: 4, t: 26, b: 100 }, legend: { ...LEGEND, y: -0.22 } },
  });
}

/**
 * The bands, the grey veil over them, and a white cover on all that lies outside the support, so that the drawn edge
 * is the support's own and not the grid's steps. What a reader can point at is a layer of its own that has nothing
 * but the fit's values.
 */
function groundTraces(drawing: SurfaceDrawing, isGreyed: boolean): readonly Trace[] {
  const { surface, labels, ranges, grid, whole } = drawing;
  if (whole === null) return [];
  const decimals = decimalsFor(ranges.colour[1] - ranges.colour[0]);
  const levels = contourLevels(ranges.colour);
  const [start = ranges.colour[0], next = ranges.colour[1]] = levels;
  const [nameX, nameY, nameZ] = [labels.x, labels.y, labels.z].map((name) => escapePlotly(name, 40));
  const [x, y] = [grid.x, grid.y].map(roundedAll);
  const bands = {
    ...BANDS,
    x,
    y,
    z: gridRows(whole, whole.z, decimals + 1),
    contours: { start, end: levels.at(-1) ?? start, size: next - start },
  };
  const hovertemplate = `${nameX} %{x:.2f}<br>${nameY} %{y:.2f}<br><b>${nameZ} %{z:.2f}</b><extra></extra>`;
  const heights = { ...HEIGHTS, x, y, z: gridRows(grid, grid.z, decimals), hovertemplate };
  const little = isGreyed ? ignorance(surface, whole)?.map((share) => Math.min(2, share)) : undefined;
  const veil = little === undefined ? [] : [{ ...VEIL, x, y, z: gridRows(whole, little, 4) }];
  return [bands, ...veil, heights, coverTrace(drawing)];
}

const SILENT = { hoverinfo: "skip", showlegend: false };
const BANDS = {
  type: "contour",
  name: "surface",
  coloraxis: "coloraxis",
  autocontour: false,
  line: { width: 0.6, color: "rgba(255,255,255,0.65)" },
  ...SILENT,
};
/** Unseen: values to be read off where the fit speaks, and nowhere else. */
const HEIGHTS = {
  type: "heatmap",
  name: "height",
  opacity: 0,
  // Painted in as many pixels as it has values.
  zsmooth: "fast",
  showscale: false,
  hoverongaps: false,
  showlegend: false,
};
const [FROM, , TO] = GREY_FROM;
/** Clear up to the first level, then greyer in steps. */
const VEIL = {
  type: "contour",
  name: "little known",
  contours: { start: FROM, end: TO, size: (TO - FROM) / 2 },
  autocontour: false,
  zmin: FROM - 0.125,
  zmax: TO + 0.125,
  colorscale: [
    [0, `${UNKNOWN_GREY}00`],
    [0.2, `${UNKNOWN_GREY}00`],
    [0.21, `${UNKNOWN_GREY}5a`],
    [0.6, `${UNKNOWN_GREY}96`],
    [1, `${UNKNOWN_GREY}d7`],
  ],
  line: { width: 0 },
  showscale: false,
  hoverinfo: "skip",
  showlegend: true,
};

/** The box less the support: the support runs against the box, and so it is a hole in it. */
function coverTrace({ surface, grid }: SurfaceDrawing): Trace {
  const ring = (axis: 0 | 1, values: Float64Array, corners: readonly (0 | 1)[]): (number | null)[] => {
    const ends: Range = [values[0]!, values.at(-1)!];
    const span = ends[1] - ends[0];
    // A hair beyond the box, where the bands' own edge would shine through.
    const box = corners.map((end) => ends[end] + (end === 0 ? -span : span) / 200);
    const hole = [...surface.support, surface.support[0]!].map((corner) => corner[axis]);
    const toPage = (value: number): number | null => rounded(value, decimalsFor(span) + 1);
    return [...box.map(toPage), null, ...hole.map(toPage)];
  };
  const [x, y] = [ring(0, grid.x, [0, 0, 1, 1, 0]), ring(1, grid.y, [0, 1, 1, 0, 0])];
  const white = { fill: "toself", fillcolor: "#ffffff", line: { width: 0 } };
  return { type: "scatter", mode: "lines", name: "no model near", x, y, ...white, ...SILENT };
}

function extremeTraces(words: SurfaceWords): readonly Trace[] {
  return (["hill", "trough"] as const).flatMap((kind) => {
    const place = words[kind];
    if (place === null) return [];
    const name = `${kind} ${place.height}`;
    const symbol = kind === "hill" ? "triangle-up" : "triangle-down";
    const marker = { symbol, size: 13, color: "#ffffff", line: { color: INK, width: 1.6 } };
    const [x, y] = [[place.x], [place.y]];
    const hover = { hovertemplate: `${name}<extra></extra>`, cliponaxis: false };
    return [{ type: "scatter", mode: "markers", name, x, y, marker, ...hover }];
  });
}

function flatAxis(name: string, range: Range): Readonly<Record<string, unknown>> {
  const frame = { gridcolor: FAINT_GREY, linecolor: INK, ticks: "outside", mirror: true };
  const title = { text: escapePlotly(name, 40) };
  return { title, range, constrain: "domain", zeroline: false, nticks: 7, ...frame };
}
