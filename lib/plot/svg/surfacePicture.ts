import type { Range } from "../axes.js";
import { CATEGORIES, colourAt, POINT_RED, SOFT_INK, UNKNOWN_GREY, VIRIDIS } from "../colours.js";
import type { SurfaceRanges } from "../surfaceRanges.js";
import type { MeshNode } from "../mesh.js";
import type { Spot } from "../points.js";
import type { Surface } from "../../spline/types.js";
import type { Projected } from "./camera.js";
import { projector } from "./camera.js";
import { colourBar } from "./colourBar.js";
import type { PlaceInCube } from "./walls.js";
import { drawWalls } from "./walls.js";
import { px, svgDocument, svgLine, svgTitle } from "./svg.js";

/** What the 3-D picture is made of; values in data units. */
export interface SurfacePicture {
  readonly title: readonly string[];
  readonly alt: string;
  readonly axes: { readonly x: string; readonly y: string; readonly z: string };
  readonly ranges: SurfaceRanges;
  /** From `surfaceMesh`; about 28 × 28 draws smoothly and stays small. Empty: no surface. */
  readonly mesh: readonly (readonly MeshNode[])[];
  readonly spots: readonly Spot[];
  /** Surface height under each spot; null where it is hidden. */
  readonly feet: readonly (number | null)[];
  /** A curve in place of a surface, when all points lie on one line. */
  readonly curve: NonNullable<Surface["curve"]> | null;
}

const WIDTH = 720;
const VIEW_HEIGHT = 430;

/** The surface in perspective with its points: faces far from the eye first (painter's algorithm). */
export function drawSurface(picture: SurfacePicture): string {
  const title = svgTitle(picture.title);
  const { ranges, mesh } = picture;
  const project = projector();
  // The whole box fits between the z axis' labels and the colour bar.
  const corners = [0, 1].flatMap((x) => [0, 1].flatMap((y) => [0, 1].map((z) => project(x, y, z))));
  const span = (pick: (p: Projected) => number): Range => [
    Math.min(...corners.map(pick)),
    Math.max(...corners.map(pick)),
  ];
  const [u, v] = [span((p) => p.u), span((p) => p.v)];
  const scale = Math.min((WIDTH - 215) / (u[1] - u[0]), (VIEW_HEIGHT - 70) / (v[1] - v[0]));
  const left = 75 + (WIDTH - 215 - scale * (u[1] - u[0])) / 2;
  const place = (x: number, y: number, z: number): readonly [number, number, number] => {
    const p = project(x, y, z);
    return [left + (p.u - u[0]) * scale, title.height + 12 + (p.v - v[0]) * scale, p.depth];
  };
  const at = (x: number, y: number, z: number): readonly [number, number, number] =>
    place(share(x, ranges.x), share(y, ranges.y), Math.min(1, Math.max(0, share(z, ranges.z))));

  const items = [
    ...faces(mesh, ranges.colour, at),
    ...(picture.curve === null ? [] : curveItems(picture.curve, at)),
    ...picture.spots.flatMap((spot, i) =>
      pointItems(spot, picture.feet[i] ?? null, at, picture.spots.length > 40),
    ),
  ].toSorted((a, b) => b.depth - a.depth);
  const body = [
    title.svg,
    drawWalls(picture, place),
    // The stroke in each face's own colour closes the hairlines between neighbours.
    '<g fill="currentColor" stroke="currentColor" stroke-width=".7">',
    ...items.map((item) => item.svg),
    "</g>",
    mesh.length > 0
      ? colourBar({
          x: WIDTH - 62,
          y: title.height + 70,
          height: 250,
          range: ranges.colour,
          name: picture.axes.z,
        })
      : "",
  ].join("");
  return svgDocument(WIDTH, title.height + VIEW_HEIGHT, picture.alt, body);
}

function share(value: number, range: Range): number {
  return (value - range[0]) / (range[1] - range[0] || 1);
}

interface Item {
  readonly svg: string;
  readonly depth: number;
}

function faces(mesh: readonly (readonly MeshNode[])[], range: Range, at: PlaceInCube): readonly Item[] {
  return mesh.slice(1).flatMap((column, ix) =>
    column.slice(1).flatMap((node, iy) => {
      const previous = mesh[ix] ?? [];
      const corners = [previous[iy], column[iy], node, previous[iy + 1]].filter(
        (corner) => corner !== undefined && Number.isFinite(corner.z),
      ) as readonly MeshNode[];
      if (corners.length < 3) return [];
      const mean = corners.reduce((sum, corner) => sum + corner.z, 0) / corners.length;
      const places = corners.map((corner) => at(corner.x, corner.y, corner.z));
      const depth = places.reduce((sum, place) => sum + place[2], 0) / places.length;
      return [
        { svg: `<path color="${colourAt(VIRIDIS, share(mean, range))}" d="${outline(places)}"/>`, depth },
      ];
    }),
  );
}

/** A closed path to a tenth of a pixel, in SVG's shortest writing: there are hundreds of them. */
function outline(corners: readonly (readonly [number, number, number])[]): string {
  let [cx, cy] = [0, 0];
  const steps = corners.map(([x, y], i) => {
    const [nx, ny] = [Math.round(x * 10), Math.round(y * 10)];
    const step = `${i === 0 ? "M" : "l"}${px((nx - cx) / 10)} ${px((ny - cy) / 10)}`;
    [cx, cy] = [nx, ny];
    return step.replace(" -", "-");
  });
  return `${steps.join("")}z`;
}

function curveItems(curve: NonNullable<Surface["curve"]>, at: PlaceInCube): readonly Item[] {
  const places = Array.from(curve.z, (z, i) => at(curve.x[i] ?? NaN, curve.y[i] ?? NaN, z));
  return places.slice(1).map(([x, y, depth], i) => {
    const [fromX, fromY] = places[i] ?? [x, y];
    return { svg: svgLine([fromX, fromY], [x, y], CATEGORIES[0] ?? SOFT_INK, 2.4), depth };
  });
}

function pointItems(spot: Spot, foot: number | null, at: PlaceInCube, isCrowded: boolean): readonly Item[] {
  const [x, y, depth] = at(spot.x, spot.y, spot.z);
  const radius = px((isCrowded ? 2.8 : 3.8) + Math.min(3, spot.members.length - 1));
  const dot: Item = {
    svg: `<circle cx="${px(x)}" cy="${px(y)}" r="${radius}" fill="${POINT_RED}" stroke="#fff" stroke-width="1"/>`,
    // A point on the surface is drawn after the face it lies on.
    depth: depth - 0.06,
  };
  if (foot === null) return [dot];
  const [fx, fy, footDepth] = at(spot.x, spot.y, foot);
  return [
    {
      svg: svgLine([x, y], [fx, fy], isCrowded ? UNKNOWN_GREY : SOFT_INK, isCrowded ? 0.6 : 1.2),
      depth: Math.min(depth, footDepth) - 0.05,
    },
    dot,
  ];
}
