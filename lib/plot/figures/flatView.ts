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
    height: 510,
    margin: { l: 60, r: 20, t: 4, b: 95 },
    layout: {
      xaxis: flatAxis(labels.x, ranges.x),
      // One panel as wide as it is high, whatever the units and the page's width.
      yaxis: {
        ...flatAxis(labels.y, ranges.y),
        scaleanchor: "x",
        scaleratio: (ranges.x[1] - ranges.x[0]) / (ranges.y[1] - ranges.y[0]),
      },
      coloraxis: heightColours(ranges.colour, labels.z, 0.85),
      showlegend: true,
      legend: LEGEND,
    },
    narrow: {
      height: 430,
      margin: { l: 50, r: 4, t: 26, b: 100 },
      coloraxis: heightColours(ranges.colour, labels.z, 0.85, true),
      legend: { ...LEGEND, y: -0.22, font: { size: 11 } },
    },
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
  const [x, y, z] = [labels.x, labels.y, labels.z].map((name) => escapePlotly(name, 40));
  const axes = { x: roundedAll(grid.x), y: roundedAll(grid.y) };
  const bands = {
    type: "contour",
    name: "surface",
    ...axes,
    z: gridRows(whole, whole.z, decimals + 1),
    coloraxis: "coloraxis",
    autocontour: false,
    contours: { start, end: levels.at(-1) ?? start, size: next - start },
    line: { width: 0.6, color: "rgba(255,255,255,0.65)" },
    hoverinfo: "skip",
    showlegend: false,
  };
  // Unseen: values to be read off where the fit speaks, and nowhere else.
  const heights = {
    type: "heatmap",
    name: "height",
    ...axes,
    z: gridRows(grid, grid.z, decimals),
    opacity: 0,
    showscale: false,
    hoverongaps: false,
    hovertemplate: `${x} %{x:.2f}<br>${y} %{y:.2f}<br><b>${z} %{z:.2f}</b><extra></extra>`,
    showlegend: false,
  };
  const little = isGreyed ? ignorance(surface, whole) : null;
  const veil = little === null ? [] : [veilTrace({ ...axes, z: gridRows(whole, little.map(capped), 4) })];
  return [bands, ...veil, heights, coverTrace(drawing)];
}

const capped = (share: number): number => Math.min(2, share);

function veilTrace(values: Trace): Trace {
  const [from, , to] = GREY_FROM;
  return {
    type: "contour",
    name: "little known",
    ...values,
    contours: { start: from, end: to, size: (to - from) / 2 },
    autocontour: false,
    zmin: from - 0.125,
    zmax: to + 0.125,
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
}

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
  return {
    type: "scatter",
    mode: "lines",
    name: "no model near",
    x: ring(0, grid.x, [0, 0, 1, 1, 0]),
    y: ring(1, grid.y, [0, 1, 1, 0, 0]),
    fill: "toself",
    fillcolor: "#ffffff",
    line: { width: 0 },
    hoverinfo: "skip",
    showlegend: false,
  };
}

function extremeTraces(words: SurfaceWords): readonly Trace[] {
  return (["hill", "trough"] as const).flatMap((kind) => {
    const place = words[kind];
    if (place === null) return [];
    const name = `${kind} ${place.height}`;
    const symbol = kind === "hill" ? "triangle-up" : "triangle-down";
    return [
      {
        type: "scatter",
        mode: "markers",
        name,
        x: [place.x],
        y: [place.y],
        marker: { symbol, size: 13, color: "#ffffff", line: { color: INK, width: 1.6 } },
        hovertemplate: `${name}<extra></extra>`,
        cliponaxis: false,
      },
    ];
  });
}

function flatAxis(name: string, range: Range): Readonly<Record<string, unknown>> {
  return {
    title: { text: escapePlotly(name, 40) },
    range,
    constrain: "domain",
    zeroline: false,
    gridcolor: FAINT_GREY,
    linecolor: INK,
    ticks: "outside",
    mirror: true,
    nticks: 7,
  };
}
