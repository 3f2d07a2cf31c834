import type { Range } from "../axes.js";
import { colourAt, POINT_RED, SOFT_INK, VIRIDIS } from "../colours.js";
import type { Spot } from "../points.js";
import type { SurfaceGrid } from "../../types.js";
import type { Projected } from "./camera.js";
import { projector } from "./camera.js";
import { colourBar } from "./colour-bar.js";
import type { PlaceInCube } from "./walls.js";
import { drawWalls } from "./walls.js";
import { px, svgDocument, svgLine, svgTitle } from "./svg.js";

/** What the 3-D picture is made of; values in data units. */
export interface SurfacePicture {
  readonly title: readonly string[];
  readonly alt: string;
  readonly axes: { readonly x: string; readonly y: string; readonly z: string };
  readonly ranges: { readonly x: Range; readonly y: Range; readonly z: Range };
  /** A coarse grid: about 28 × 28 draws smoothly and stays small. */
  readonly grid: SurfaceGrid;
  readonly spots: readonly Spot[];
  /** Surface height under each spot; null where it is hidden. */
  readonly feet: readonly (number | null)[];
}

const WIDTH = 720;
const VIEW_HEIGHT = 430;

/** The surface in perspective with its points: faces far from the eye first (painter's algorithm). */
export function drawSurface(picture: SurfacePicture): string {
  const title = svgTitle(picture.title);
  const { ranges, grid } = picture;
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
    ...faces(grid, ranges.z, at),
    ...picture.spots.flatMap((spot, i) => pointItems(spot, picture.feet[i] ?? null, at)),
  ].toSorted((a, b) => b.depth - a.depth);
  const body = [
    title.svg,
    drawWalls(picture, place),
    // The stroke in each face's own colour closes the hairlines between neighbours.
    '<g fill="currentColor" stroke="currentColor" stroke-width=".7">',
    ...items.map((item) => item.svg),
    "</g>",
    colourBar({ x: WIDTH - 62, y: title.height + 70, height: 250, range: ranges.z, name: picture.axes.z }),
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

function faces(grid: SurfaceGrid, range: Range, at: PlaceInCube): readonly Item[] {
  const items: Item[] = [];
  const ny = grid.y.length;
  const z = (ix: number, iy: number): number => grid.z[ix * ny + iy] ?? NaN;
  for (let ix = 0; ix + 1 < grid.x.length; ix++) {
    for (let iy = 0; iy + 1 < ny; iy++) {
      const heights = [z(ix, iy), z(ix + 1, iy), z(ix + 1, iy + 1), z(ix, iy + 1)] as const;
      const mean = heights.reduce((a, b) => a + b) / 4;
      if (!Number.isFinite(mean)) continue;
      const [x0, x1, y0, y1] = [grid.x[ix], grid.x[ix + 1], grid.y[iy], grid.y[iy + 1]] as [
        number,
        number,
        number,
        number,
      ];
      const corners = [
        at(x0, y0, heights[0]),
        at(x1, y0, heights[1]),
        at(x1, y1, heights[2]),
        at(x0, y1, heights[3]),
      ];
      items.push({
        svg: `<path color="${colourAt(VIRIDIS, share(mean, range))}" d="${outline(corners)}"/>`,
        depth: corners.reduce((sum, corner) => sum + corner[2], 0) / 4,
      });
    }
  }
  return items;
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

function pointItems(spot: Spot, foot: number | null, at: PlaceInCube): readonly Item[] {
  const [x, y, depth] = at(spot.x, spot.y, spot.z);
  const radius = px(3.6 + Math.min(3, spot.members.length - 1));
  const dot: Item = {
    svg: `<circle cx="${px(x)}" cy="${px(y)}" r="${radius}" fill="${POINT_RED}" stroke="#fff" stroke-width="1"/>`,
    // A point on the surface is drawn after the face it lies on.
    depth: depth - 0.06,
  };
  if (foot === null) return [dot];
  const [fx, fy, footDepth] = at(spot.x, spot.y, foot);
  return [{ svg: svgLine([x, y], [fx, fy], SOFT_INK, 1.2), depth: Math.min(depth, footDepth) - 0.05 }, dot];
}
