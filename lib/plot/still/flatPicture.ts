import { contours } from "d3-contour";

import { shareOf, tickTexts, ticks } from "../figures/axes.js";
import { colourAt, FAINT_GREY, SOFT_INK } from "../figures/colourScale.js";
import type { Room, StillAxis, StillGrid, StillLayout, StillNote, StillTrace } from "./spec.js";
import type { Pixel } from "./svg.js";
import {
  axisName,
  element,
  fillOf,
  lineThrough,
  markerOf,
  pathData,
  plainText,
  px,
  strokeOf,
  textAt,
} from "./svg.js";

/** From data units to the picture. */
type At = (x: number, y: number) => Pixel;
type Fill = (value: number) => ReturnType<typeof fillOf>;

/** A flat figure: each panel's grid, ground, frame and points, then what is written over them. */
export function drawFlat(traces: readonly StillTrace[], layout: StillLayout, room: Room): string {
  const names = Object.keys(layout).filter((name) => /^xaxis\d*$/.test(name));
  const panels = names.map((name) => drawPanel(traces, layout, name, room));
  const [first] = panels;
  const notes = first === undefined ? [] : (layout.annotations ?? []);
  return [...panels.map(({ svg }) => svg), ...notes.map((note) => drawNote(note, room, first!.at))].join("");
}

/** One pair of axes with all that is on it. */
function drawPanel(
  traces: readonly StillTrace[],
  layout: StillLayout,
  name: string,
  room: Room,
): { readonly svg: string; readonly at: At } {
  const [x, y] = [layout[name], layout[name.replace("x", "y")]] as [StillAxis, StillAxis];
  const [from, to] = x.domain ?? [0, 1];
  const [low, high] = y.domain ?? [0, 1];
  const [left, top] = [room.left + from * room.width, room.top + (1 - high) * room.height];
  const [width, height] = [(to - from) * room.width, (high - low) * room.height];
  const at: At = (vx, vy) => [left + shareOf(vx, x.range) * width, top + (1 - shareOf(vy, y.range)) * height];
  if (x.visible === false) return { svg: "", at };
  const id = name.replace("axis", "");
  const own = traces.filter((trace) => (trace.xaxis ?? "x") === id);
  const { grid, frame } = drawAxes(x, y, { left, top, width, height }, at);
  const clip = element("rect", { x: left, y: top, width, height });
  const ground = own.map((trace) => (trace.mode === "markers" ? "" : drawGround(trace, layout, at)));
  const points = own.map((trace) => (trace.mode === "markers" ? drawPoints(trace, at) : ""));
  const svg = [
    grid,
    element("clipPath", { id }, clip),
    element("g", { "clip-path": `url(#${id})` }, ground.join("")),
    frame,
    ...points,
  ];
  return { svg: svg.join(""), at };
}

function textsOf(axis: StillAxis, values: readonly number[]): readonly string[] {
  return axis.ticktext?.map(plainText) ?? (axis.tickvals ?? tickTexts(values)).map(String);
}

/** Grid lines, to go under the content; frame, tick texts and names, to go over it. */
function drawAxes(x: StillAxis, y: StillAxis, { left, top, width, height }: Room, at: At) {
  const [xs, ys] = [x, y].map((axis) => axis.tickvals ?? ticks(axis.range, 5)) as [number[], number[]];
  const grid = [
    ...(x.showgrid === false ? [] : xs.map((value) => [at(value, y.range[0]), at(value, y.range[1])])),
    ...(y.showgrid === false ? [] : ys.map((value) => [at(x.range[0], value), at(x.range[1], value)])),
  ];
  const bottom = top + height;
  const xTexts = textsOf(x, xs).map((text, i) => {
    const place: Pixel = [at(xs[i]!, 0)[0], bottom + 17];
    const turn = { "text-anchor": "end", transform: `rotate(${x.tickangle} ${place.map(px).join(" ")})` };
    const style = x.tickangle === undefined ? { "text-anchor": "middle" } : turn;
    return textAt(place, text, { "font-size": 11, ...style });
  });
  const yTexts = textsOf(y, ys).map((text, i) =>
    textAt([left - 8, at(0, ys[i]!)[1] + 4], text, { "font-size": 11, "text-anchor": "end" }),
  );
  const box = { x: left, y: top, width, height, fill: "none", stroke: SOFT_INK };
  const frame = [
    x.mirror === true ? element("rect", box) : "",
    ...xTexts,
    ...(y.showticklabels === false ? [] : yTexts),
    axisName([left + width / 2, bottom + 38], plainText(x.title?.text)),
    axisName([left - 42, top + height / 2], plainText(y.title?.text), -90),
  ];
  return { grid: grid.map((line) => lineThrough(line, FAINT_GREY)).join(""), frame: frame.join("") };
}

function drawGround(trace: StillTrace, { coloraxis }: StillLayout, at: At): string {
  const { colorscale = coloraxis?.colorscale ?? [], opacity, fillcolor } = trace;
  const { zmin = coloraxis?.cmin ?? 0, zmax = coloraxis?.cmax ?? 1 } = trace;
  const colour: Fill = (value) => fillOf(colourAt(colorscale, shareOf(value, [zmin, zmax])));
  if (trace.type === "contour") return drawBands(trace as unknown as StillGrid, colour, at);
  if (opacity === 0) return "";
  if (trace.type === "heatmap") return drawCells(trace as unknown as StillGrid, colour, at);
  const stretches: Pixel[][] = [[]];
  for (const [i, x] of trace.x.entries()) {
    if (x === null) stretches.push([]);
    else stretches.at(-1)!.push(at(x, trace.y[i]!));
  }
  const d = stretches.map((places) => pathData(places, fillcolor !== undefined)).join("");
  if (fillcolor === undefined) return element("path", { ...strokeOf(trace.line), d });
  return element("path", { "fill-rule": "evenodd", ...fillOf(fillcolor), d });
}

/** Bands of equal height, each painted over the one below it, which reaches as far as there are values. */
function drawBands({ x, y, z, contours: levels, line }: StillGrid, colour: Fill, at: At): string {
  const { start, end, size } = levels!;
  const heights = Array.from({ length: Math.round((end - start) / size) + 1 }, (_, i) => start + i * size);
  const border = { stroke: "#fff", "stroke-opacity": ".5", "stroke-width": line?.width ?? 0 };
  const regions = contours()
    .size([x.length, y.length])
    .thresholds([-Infinity, ...heights])(z.flat());
  const bands = regions.map(({ coordinates }, i) => {
    const loops = coordinates
      .flat()
      .map((loop) => loop.map(([column, row]) => at(along(x, column!), along(y, row!))));
    const d = loops.map((loop) => pathData(loop, true)).join("");
    return element("path", { ...colour(start + (i - 0.5) * size), ...(i === 0 ? {} : border), d });
  });
  return bands.join("");
}

/** d3-contour's cells have their values in the middle; its regions end half a cell beyond the outermost. */
function along(values: readonly number[], place: number): number {
  const share = Math.min(1, Math.max(0, (place - 0.5) / (values.length - 1)));
  return values[0]! + share * (values.at(-1)! - values[0]!);
}

function drawCells({ x, y, z }: StillGrid, colour: Fill, at: At): string {
  const cells = z.flatMap((row, iy) =>
    row.map((value: number | null, ix) => {
      const [left, top] = at(x[ix]! - 0.48, y[iy]! - 0.48);
      const [right, bottom] = at(x[ix]! + 0.48, y[iy]! + 0.48);
      const cell = { x: left, y: top, width: right - left, height: bottom - top };
      return value === null ? "" : element("rect", { ...cell, ...colour(value) });
    }),
  );
  return cells.join("");
}

/** Points with their whiskers. */
function drawPoints({ x, y, marker, error_x: whiskers }: StillTrace, at: At): string {
  const points = x.map((value, i) => {
    const [low, high] = [value! - (whiskers?.arrayminus[i] ?? 0), value! + (whiskers?.array[i] ?? 0)];
    const whisker = low < high ? lineThrough([at(low, y[i]!), at(high, y[i]!)], marker!.color, 1.6) : "";
    return whisker + markerOf(marker!, i, at(value!, y[i]!));
  });
  return points.join("");
}

/** A text on the first panel, its lines below each other, or at the upper left of a panel's frame. */
function drawNote({ text, x, y, xref, font }: StillNote, room: Room, at: At): string {
  const isOver = xref === "paper";
  const [left, top] = isOver ? [room.left + x * room.width, room.top + (1 - y) * room.height - 7] : at(x, y);
  const style = { "font-size": font.size, fill: font.color, "text-anchor": isOver ? "start" : "middle" };
  const lines = text.split("<br>").map((line, i) => {
    const weight = { "font-weight": line.startsWith("<b>") ? "600" : "400" };
    return textAt([left, top + 16 * i], plainText(line), { ...style, ...weight });
  });
  return lines.join("");
}
