import { shareOf } from "../figures/axes.js";
import { colourAt, GRID_GREY, SOFT_INK } from "../figures/colourScale.js";
import type { Room, StillAxis, StillColours, StillGrid, StillScene, StillTrace } from "./spec.js";
import type { Pixel } from "./svg.js";
import { axisName, element, lineThrough, markerOf, pathData, plainText, strokeOf, textAt } from "./svg.js";

/** Something drawn, and its distance from the eye. */
interface Item {
  readonly svg: string;
  readonly depth: number;
}

/** From a place, in shares of the box or in data units, to the picture: right, down, distance from the eye. */
type Place = (x: number, y: number, z: number) => readonly [number, number, number];

/** A scene in space: the walls, then everything in the box, far from the eye first (painter's algorithm). */
export function drawScene(
  traces: readonly StillTrace[],
  scene: StillScene,
  colours: StillColours | undefined,
  room: Room,
): string {
  const place = placing(scene, room);
  const [x, y, z] = [scene.xaxis.range, scene.yaxis.range, scene.zaxis.range];
  const at: Place = (vx, vy, vz) =>
    place(shareOf(vx, x), shareOf(vy, y), Math.min(1, Math.max(0, shareOf(vz, z))));
  const items = traces
    .filter((trace) => trace.visible === undefined)
    .flatMap((trace) => {
      if (trace.type === "surface") return facesOf(trace as unknown as StillGrid, colours, at);
      return trace.mode === "lines" ? segmentsOf(trace, at) : pointsOf(trace, at);
    })
    .toSorted((a, b) => b.depth - a.depth);
  // The stroke in each face's own colour closes the hairlines between neighbours.
  const open = '<g fill="currentColor" stroke="currentColor" stroke-width=".7">';
  return `${drawWalls(scene, place)}${open}${items.map((item) => item.svg).join("")}</g>`;
}

/** The unit cube seen along the camera's direction, in parallel projection, as large as there is room. */
function placing({ camera: { eye }, aspectratio: aspect }: StillScene, room: Room): Place {
  const flat = Math.hypot(eye.x, eye.y);
  const [far, up] = [flat / Math.hypot(flat, eye.z), eye.z / Math.hypot(flat, eye.z)];
  const project: Place = (x, y, z) => {
    const [a, b, c] = [x * aspect.x, y * aspect.y, z * aspect.z];
    const away = -(a * eye.x + b * eye.y) / flat;
    return [(b * eye.x - a * eye.y) / flat, -c * far - away * up, away * far - c * up];
  };
  const ends = [0, 1];
  const corners = ends.flatMap((x) => ends.flatMap((y) => ends.map((z) => project(x, y, z))));
  const [us, vs] = [corners.map(([u]) => u), corners.map(([, v]) => v)];
  const [u, v] = [Math.min(...us), Math.min(...vs)];
  // The texts of the axes stand outside the box, and the legend below it.
  const [wide, high] = [Math.max(...us) - u, Math.max(...vs) - v];
  const scale = Math.min((room.width - 150) / wide, (room.height - 100) / high);
  const left = room.left + (room.width - scale * wide) / 2;
  return (x, y, z) => {
    const p = project(x, y, z);
    return [left + (p[0] - u) * scale, room.top + 12 + (p[1] - v) * scale, p[2]];
  };
}

/** Colours enough to show no steps. */
const SHADES = 128;

function facesOf({ x, y, z }: StillGrid, colours: StillColours | undefined, at: Place): readonly Item[] {
  const { colorscale = [], cmin = 0, cmax = 1 } = colours ?? {};
  const shades = Array.from({ length: SHADES + 1 }, (_, i) => colourAt(colorscale, i / SHADES));
  const nodes = z.map((row, r) => row.map((height, c) => ({ height, place: at(x[c]!, y[r]![c]!, height) })));
  return nodes.slice(1).flatMap((row, r) =>
    row.slice(1).map((node, c) => {
      const corners = [nodes[r]![c]!, nodes[r]![c + 1]!, node, row[c]!];
      const mean = corners.reduce((sum, { height }) => sum + height, 0) / 4;
      const share = Math.min(1, Math.max(0, shareOf(mean, [cmin, cmax])));
      const depth = corners.reduce((sum, { place }) => sum + place[2], 0) / 4;
      const d = pathData(
        corners.map(({ place }) => place),
        true,
      );
      return { svg: `<path color="${shades[Math.round(share * SHADES)]}" d="${d}"/>`, depth };
    }),
  );
}

/** Lines in space, cut where they have a gap; drawn after the face that they end on. */
function segmentsOf({ x, y, z, line }: StillTrace, at: Place): readonly Item[] {
  const style = strokeOf({ ...line, width: (line?.width ?? 2) * 0.45 });
  return x.slice(1).flatMap((to, i) => {
    const from = x[i]!;
    if (to === null || from === null) return [];
    const [a, b] = [at(from, y[i]!, z![i]!), at(to, y[i + 1]!, z![i + 1]!)];
    return [{ svg: element("path", { d: pathData([a, b]), ...style }), depth: Math.min(a[2], b[2]) - 0.05 }];
  });
}

/** Points, each drawn after the face that it lies on. */
function pointsOf({ x, y, z, marker }: StillTrace, at: Place): readonly Item[] {
  return x.map((value, i) => {
    const [right, down, depth] = at(value!, y[i]!, z![i]!);
    return { svg: markerOf(marker!, i, [right, down]), depth: depth - 0.06 };
  });
}

/** The floor and the two far walls with their grids, tick texts and axis names. */
function drawWalls({ xaxis, yaxis, zaxis }: StillScene, place: Place): string {
  // At share t of each axis: from the edge with its texts across the one wall, and on across the other.
  const x = edgeOf(xaxis, (t) => [place(t, 0, 0), place(t, 1, 0), place(t, 1, 1)], [10, 40]);
  const y = edgeOf(yaxis, (t) => [place(0, t, 0), place(1, t, 0), place(1, t, 1)], [-24, 36]);
  const z = edgeOf(zaxis, (t) => [place(0, 1, t), place(1, 1, t), place(1, 0, t)], [-44, 0]);
  return x + y + z;
}

/** @param away From the middle of the edge to the middle of its axis' name, in px; tick texts go the same way. */
function edgeOf(axis: StillAxis, across: (t: number) => readonly Pixel[], away: Pixel): string {
  const style = { "font-size": 11, "text-anchor": away[0] > 0 ? "start" : "end" };
  const lines = (axis.tickvals ?? []).flatMap((value, i) => {
    const places = across(shareOf(value, axis.range));
    const [x, y] = places[0]!;
    const at: Pixel = [x + (away[0] > 0 ? 3 : -7), y + (away[1] > 0 ? 14 : 4)];
    return [lineThrough(places, GRID_GREY), textAt(at, plainText(axis.ticktext?.[i]), style)];
  });
  const [from, to] = [across(0)[0]!, across(1)[0]!];
  const slope = (Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI;
  const middle: Pixel = [(from[0] + to[0]) / 2 + away[0], (from[1] + to[1]) / 2 + away[1]];
  // Never upside down.
  const name = axisName(middle, plainText(axis.title?.text), Math.abs(slope) > 95 ? slope + 180 : slope);
  return [...lines, lineThrough([from, to], SOFT_INK), name].join("");
}
