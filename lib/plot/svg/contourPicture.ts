import type { SurfaceGrid } from "../../spline/types.js";
import type { Range } from "../axes.js";
import { contourLevels } from "../axes.js";
import { colourAt, INK, POINT_RED, SOFT_INK, UNKNOWN_GREY, VIRIDIS } from "../colours.js";
import type { Extreme } from "../../report/index.js";
import { regionAbove } from "../isolines.js";
import { GREY_FROM } from "../../report/index.js";
import type { SurfaceRanges } from "../surfaceRanges.js";
import type { Spot } from "../points.js";
import type { Place } from "../support.js";
import { colourBar } from "./colourBar.js";
import { panelAxes } from "./panel.js";
import type { Panel } from "./panel.js";
import { px, svgDocument, svgText, svgTitle } from "./svg.js";

/** What the flat picture is made of; values in data units. */
export interface ContourPicture {
  readonly title: readonly string[];
  readonly alt: string;
  readonly axes: { readonly x: string; readonly y: string; readonly z: string };
  readonly ranges: SurfaceRanges;
  /** From `carriedGrid`. Null: no surface, only points. */
  readonly grid: SurfaceGrid | null;
  /** From `ignorance`, on the same grid. */
  readonly little: Float64Array | null;
  /** From `supportOutline`: the bands and the veil are cut along it. */
  readonly outline: readonly Place[];
  readonly spots: readonly Spot[];
  readonly hill: Extreme | null;
  readonly trough: Extreme | null;
}

const WIDTH = 720;
const SIDE = 400;

/** The surface from above: filled bands, grey veil, points, hill and trough. */
export function drawContour(picture: ContourPicture): string {
  const title = svgTitle(picture.title);
  const { ranges, grid, little } = picture;
  const panel: Panel = {
    left: 120,
    top: title.height + 12,
    width: SIDE,
    height: SIDE,
    x: ranges.x,
    y: ranges.y,
  };
  const axes = panelAxes(panel, { x: picture.axes.x, y: picture.axes.y });
  const body = [
    title.svg,
    axes.grid,
    ...(grid === null
      ? []
      : [
          `<clipPath id="support"><path d="${path(picture.outline, axes.at)}"/></clipPath><g clip-path="url(#support)">`,
          ...bands(grid, ranges.colour, axes.at),
          ...(little === null ? [] : veil(grid, little, axes.at)),
          "</g>",
        ]),
    axes.frame,
    ...picture.spots.map((spot) => {
      const [x, y] = axes.at(spot.x, spot.y);
      const radius = px(4.2 + Math.min(4, spot.members.length - 1));
      return `<circle cx="${px(x)}" cy="${px(y)}" r="${radius}" fill="${POINT_RED}" stroke="#fff" stroke-width="1.2"/>`;
    }),
    extreme(picture.hill, "hill", axes.at, panel),
    extreme(picture.trough, "trough", axes.at, panel),
    ...(grid === null
      ? []
      : [
          colourBar({
            x: panel.left + SIDE + 45,
            y: panel.top + 60,
            height: 260,
            range: ranges.colour,
            name: picture.axes.z,
          }),
        ]),
    ...(little === null ? [] : [greyKey(panel.left + SIDE + 45, panel.top + 350)]),
  ].join("");
  return svgDocument(WIDTH, panel.top + SIDE + 60, picture.alt, body);
}

type At = (x: number, y: number) => readonly [number, number];

function bands(grid: SurfaceGrid, range: Range, at: At): readonly string[] {
  const [low, high] = range;
  const steps = contourLevels(range);
  return [low - (high - low), ...steps].map((level, i) => {
    const middle = ((i === 0 ? low : level) + (steps[i] ?? high)) / 2;
    const fill = colourAt(VIRIDIS, (middle - low) / (high - low || 1));
    const border = i === 0 ? "" : ' stroke="#fff" stroke-opacity=".5" stroke-width=".7"';
    return region(grid, grid.z, level, at, `fill="${fill}"${border}`);
  });
}

function veil(grid: SurfaceGrid, little: Float64Array, at: At): readonly string[] {
  return GREY_FROM.map((level) =>
    region(grid, little, level, at, `fill="${UNKNOWN_GREY}" fill-opacity=".45"`),
  );
}

/** Data value at a place in units of cells. */
function along(axis: Float64Array, place: number): number {
  const [first, last] = [axis[0] ?? 0, axis.at(-1) ?? 0];
  return first + ((last - first) * place) / (axis.length - 1);
}

function region(grid: SurfaceGrid, values: Float64Array, level: number, at: At, paint: string): string {
  const [nx, ny] = [grid.x.length, grid.y.length];
  const d = regionAbove(values, nx, ny, level).map((loop) =>
    path(
      loop.map(([gx, gy]) => [along(grid.x, gx), along(grid.y, gy)]),
      at,
    ),
  );
  return d.length === 0 ? "" : `<path fill-rule="evenodd" ${paint} d="${d.join("")}"/>`;
}

/** A closed path through places in data units. */
function path(places: readonly Place[], at: At): string {
  const points = places.map(([x, y]) => at(x, y));
  return `M${points.map(([x, y]) => `${px(x)} ${px(y)}`).join("L")}z`;
}

function extreme(mark: Extreme | null, kind: "hill" | "trough", at: At, panel: Panel): string {
  if (mark === null) return "";
  const [x, y] = at(mark.x, mark.y);
  const way = kind === "hill" ? -1 : 1;
  const outline = `M${px(x - 6.5)} ${px(y - way * 5)}h13l-6.5 ${px(way * 11)}z`;
  const label = `${kind} ${mark.height}`;
  // Beside the panel are the ticks' texts.
  const labelX = Math.min(panel.left + panel.width - 36, Math.max(panel.left + 36, x));
  const isNearEdge = way < 0 ? y < panel.top + 26 : y > panel.top + panel.height - 26;
  const labelY = y + (isNearEdge ? -way : way) * 17 + 4;
  return (
    `<path d="${outline}" fill="#fff" stroke="${INK}" stroke-width="1.5"/>` +
    `<g paint-order="stroke" stroke="#fff" stroke-width="3">${svgText(labelX, labelY, label, { size: 11, colour: INK, anchor: "middle" })}</g>`
  );
}

function greyKey(x: number, y: number): string {
  return (
    `<rect x="${px(x)}" y="${px(y)}" width="14" height="14" fill="${UNKNOWN_GREY}"/>` +
    svgText(x + 20, y + 11, "little known", { size: 11, colour: SOFT_INK })
  );
}
