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

/** Where the 3-D view is seen from, in units of the scene's box, and the lengths of that box. */
const CAMERA = {
  eye: { x: -0.92, y: -1.43, z: 0.84 },
  center: { x: 0, y: 0, z: -0.22 },
  up: { x: 0, y: 0, z: 1 },
};
const ASPECT = { x: 1, y: 1, z: 0.72 };

const LEGEND = { orientation: "h", x: 0.5, xanchor: "center", y: 0, yanchor: "bottom", bgcolor: "#ffffffcc" };

/** The view in 3-D: see `surfaceFigure`. */
export function spaceView(drawing: SurfaceDrawing): PlotlyFigure {
  const { surface, labels, ranges, words } = drawing;
  const places = spots(surface.points, "xyz");
  const [ground, ...sheets] = surfaceTraces(drawing);
  return makeFigure({
    ...words,
    data: [
      ...(ground === undefined ? [] : [ground]),
      ...(surface.curve === undefined ? [] : [curveTrace(surface.curve)]),
      ...stemTraces(surface, places),
      pointTrace(places, "xyz", labels),
      ...sheets,
    ],
    height: 500,
    margin: { l: 0, r: 0, t: 0, b: 0 },
    layout: {
      scene: scene(drawing, false),
      coloraxis: heightColours(ranges.colour, labels.z, 0.6),
      showlegend: true,
      legend: LEGEND,
    },
    narrow: {
      height: 370,
      scene: scene(drawing, true),
      coloraxis: heightColours(ranges.colour, labels.z, 0.6, true),
      legend: { ...LEGEND, font: { size: 11 } },
    },
  });
}

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
  const nodes = { x: Float64Array.from(x), y: Float64Array.from(x) };
  const { z, se } = surface.predict(
    y.map((_, i) => x[Math.floor(i / SIZE)]!),
    y,
  );
  const decimals = decimalsFor(ranges.colour[1] - ranges.colour[0]) + 1;
  const place = {
    type: "surface",
    x: roundedAll(x),
    y: gridRows(nodes, y, decimalsFor(ranges.y[1] - ranges.y[0]) + 1),
    contours: { x: { highlight: false }, y: { highlight: false }, z: { highlight: false } },
  };
  const [nameX, nameY, nameZ] = [labels.x, labels.y, labels.z].map((name) => escapePlotly(name, 40));
  const hasBand = se.some((value) => Number.isFinite(value));
  const values = `${nameX} %{x:.2f}<br>${nameY} %{y:.2f}<br><b>${nameZ} %{z:.2f}</b>`;
  const sheet = {
    ...place,
    name: `± ${(surface.tQuantile ?? 1.96).toFixed(2)} SE (95 % band)`,
    colorscale: [0, 1].map((share) => [share, SOFT_INK]),
    showscale: false,
    opacity: 0.3,
    hoverinfo: "skip",
    visible: "legendonly",
    legendgroup: "band",
  };
  const sheets = [1, -1].map((side) => ({
    ...sheet,
    z: gridRows(
      nodes,
      z.map((value, i) => value + side * (surface.tQuantile ?? 1.96) * se[i]!),
      decimals - 1,
    ),
    showlegend: side === 1,
  }));
  return [
    {
      ...place,
      name: "surface",
      z: gridRows(nodes, z, decimals),
      ...(hasBand ? { customdata: gridRows(nodes, se, decimals - 1) } : {}),
      coloraxis: "coloraxis",
      opacity: 0.92,
      lighting: { ambient: 0.85, diffuse: 0.4, specular: 0.05, roughness: 0.9 },
      hovertemplate: `${values}${hasBand ? "<br>SE %{customdata:.3f}" : ""}<extra></extra>`,
      showlegend: false,
    },
    ...(hasBand ? sheets : []),
  ];
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

function curveTrace(curve: NonNullable<Surface["curve"]>): Trace {
  const [x, y, z] = [curve.x, curve.y, curve.z].map(roundedAll);
  const line = { color: CATEGORIES[0], width: 5 };
  return { type: "scatter3d", mode: "lines", name: "curve", x, y, z, line, hoverinfo: "skip" };
}

/** A line from each spot to the surface, where there is one above or below it. */
function stemTraces(surface: Surface, places: readonly Spot[]): readonly Trace[] {
  const feet = surface.predict(
    places.map((spot) => spot.x),
    places.map((spot) => spot.y),
  );
  const stems = places.flatMap((spot, i) =>
    feet.supported[i] === 1 ? [{ ...spot, foot: rounded(feet.z[i]!, 6) }] : [],
  );
  if (stems.length === 0) return [];
  return [
    {
      type: "scatter3d",
      mode: "lines",
      name: "distance to the surface",
      x: stems.flatMap(({ x }) => [x, x, null]),
      y: stems.flatMap(({ y }) => [y, y, null]),
      z: stems.flatMap(({ z, foot }) => [z, foot, null]),
      // A hundred stems would hide the surface.
      line: places.length > 40 ? { color: UNKNOWN_GREY, width: 1.5 } : { color: SOFT_INK, width: 3 },
      hoverinfo: "skip",
    },
  ];
}

/** Plotly's scene: axes, camera and proportions. A narrow one has smaller texts. */
function scene({ labels, ranges }: SurfaceDrawing, isNarrow: boolean): Readonly<Record<string, unknown>> {
  const axis = (name: "x" | "y" | "z"): Readonly<Record<string, unknown>> => {
    const values = cubeTicks(ranges[name]);
    return {
      title: {
        text: escapePlotly(labels[name], isNarrow ? 18 : 40),
        ...(isNarrow ? { font: { size: 11 } } : {}),
      },
      range: ranges[name],
      autorange: false,
      tickmode: "array",
      tickvals: values,
      ticktext: tickTexts(values),
      ...(isNarrow ? { tickfont: { size: 9 } } : {}),
      gridcolor: GRID_GREY,
      zeroline: false,
      showspikes: false,
    };
  };
  return {
    xaxis: axis("x"),
    yaxis: axis("y"),
    zaxis: axis("z"),
    camera: CAMERA,
    aspectmode: "manual",
    aspectratio: ASPECT,
    // The legend stands below, in two rows where there is little room.
    domain: { x: [0, 1], y: [isNarrow ? 0.15 : 0.07, 1] },
  };
}
