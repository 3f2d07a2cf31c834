import type { Surface, SurfaceGrid } from "../spline/types.js";
import { contourLevels } from "./axes.js";
import { UNKNOWN_GREY } from "./colours.js";
import { escapePlotly } from "../shared/escape.js";
import { gridAxis, gridRows } from "./gridData.js";
import { GREY_FROM, ignorance } from "../report/index.js";
import type { SurfaceLabels } from "../report/index.js";
import { decimalsFor, rounded } from "./round.js";
import type { Place } from "./support.js";
import type { SurfaceRanges } from "./surfaceRanges.js";

type Trace = Readonly<Record<string, unknown>>;

/** What the flat view's coloured ground is made of. */
interface ContourParts {
  readonly surface: Surface;
  /** The fit's own values, for hovering. */
  readonly grid: SurfaceGrid;
  /** From `carriedGrid`, for drawing: the same size, with values a little past the border of the support. */
  readonly carried: SurfaceGrid;
  /** From `supportOutline`. */
  readonly outline: readonly Place[];
  readonly ranges: SurfaceRanges;
  readonly labels: SurfaceLabels;
  readonly isGreyed: boolean;
}

/**
 * The bands, the grey veil over them, and a white cover on all that lies outside the support, so that the drawn edge
 * is the support's own and not the grid's steps. What a reader can point at is a layer of its own that has nothing
 * but the fit's values.
 */
export function contourTraces(parts: ContourParts): readonly Trace[] {
  const little = ignorance(parts.surface, parts.carried);
  return [
    bandTrace(parts),
    ...(parts.isGreyed && little !== null ? [greyTrace(parts.carried, little)] : []),
    hoverTrace(parts),
    coverTrace(parts.carried, parts.outline),
  ];
}

function bandTrace({ carried, ranges }: ContourParts): Trace {
  const levels = contourLevels(ranges.colour);
  const [start = ranges.colour[0], next = ranges.colour[1]] = levels;
  return {
    type: "contour",
    name: "surface",
    x: gridAxis(carried.x),
    y: gridAxis(carried.y),
    z: gridRows(carried, (i) => carried.z[i] ?? NaN, decimalsFor(ranges.colour[1] - ranges.colour[0]) + 1),
    coloraxis: "coloraxis",
    autocontour: false,
    contours: { start, end: levels.at(-1) ?? start, size: next - start },
    connectgaps: false,
    line: { width: 0.6, color: "rgba(255,255,255,0.65)" },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** Unseen: values to be read off where the fit speaks, and nowhere else. */
function hoverTrace({ grid, ranges, labels }: ContourParts): Trace {
  const [x, y, z] = [labels.x, labels.y, labels.z].map((name) => escapePlotly(name, 40));
  return {
    type: "heatmap",
    name: "height",
    x: gridAxis(grid.x),
    y: gridAxis(grid.y),
    z: gridRows(grid, (i) => grid.z[i] ?? NaN, decimalsFor(ranges.colour[1] - ranges.colour[0])),
    opacity: 0,
    showscale: false,
    hoverongaps: false,
    hovertemplate: `${x} %{x:.2f}<br>${y} %{y:.2f}<br><b>${z} %{z:.2f}</b><extra></extra>`,
    showlegend: false,
  };
}

function grey(alpha: number): string {
  return `${UNKNOWN_GREY}${alpha.toString(16).padStart(2, "0")}`;
}

function greyTrace(grid: SurfaceGrid, little: Float64Array): Trace {
  const [from, , to] = GREY_FROM;
  return {
    type: "contour",
    name: "little known",
    x: gridAxis(grid.x),
    y: gridAxis(grid.y),
    z: gridRows(grid, (i) => Math.min(2, little[i] ?? NaN), 4),
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

/** The box less the support: the outline runs against the box, and so it is a hole in it. */
function coverTrace(grid: SurfaceGrid, outline: readonly Place[]): Trace {
  const [left, right, low, high] = [grid.x[0], grid.x.at(-1), grid.y[0], grid.y.at(-1)] as [
    number,
    number,
    number,
    number,
  ];
  // A hair beyond the box, where the bands' own edge would shine through.
  const [dx, dy] = [(right - left) / 200, (high - low) / 200];
  const box: readonly Place[] = [
    [left - dx, low - dy],
    [left - dx, high + dy],
    [right + dx, high + dy],
    [right + dx, low - dy],
    [left - dx, low - dy],
  ];
  const hole = [...outline, outline[0] as Place];
  const ring = (axis: 0 | 1): (number | null)[] => {
    const decimals = decimalsFor(axis === 0 ? right - left : high - low) + 1;
    const values = (places: readonly Place[]) => places.map((place) => rounded(place[axis], decimals));
    return [...values(box), null, ...values(hole)];
  };
  return {
    type: "scatter",
    mode: "lines",
    name: "no model near",
    x: ring(0),
    y: ring(1),
    fill: "toself",
    fillcolor: "#ffffff",
    line: { width: 0 },
    hoverinfo: "skip",
    showlegend: false,
  };
}
