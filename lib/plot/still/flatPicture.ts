import { contours } from "d3-contour";

import { shareOf, tickTexts, ticks } from "../figures/axes.js";
import { colourAt, FAINT_GREY, INK, SOFT_INK } from "../figures/colourScale.js";
import type { Room, StillAxis, StillGrid, StillLayout, StillNote, StillTrace } from "./spec.js";
import type { Pixel } from "./svg.js";
import { markerOf, paint, pathData, plainText, strokeOf, svgLine, svgRect, svgText } from "./svg.js";

/** From data units to the picture. */
type At = (x: number, y: number) => Pixel;
type Paint = (value: number) => string;

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
  const svg = [
    grid,
    `<clipPath id="${id}">${svgRect([left, top], width, height, "")}</clipPath><g clip-path="url(#${id})">`,
    ...own.map((trace) => (trace.mode === "markers" ? "" : drawGround(trace, layout, at))),
    `</g>${frame}`,
    ...own.map((trace) => (trace.mode === "markers" ? drawPoints(trace, at) : "")),
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
  const turn = x.tickangle ?? 0;
  const below = { size: 11, anchor: turn === 0 ? "middle" : "end", rotate: turn } as const;
  const name = { size: 13, colour: INK, anchor: "middle" } as const;
  const xTexts = textsOf(x, xs).map((text, i) => svgText([at(xs[i]!, 0)[0], top + height + 17], text, below));
  const yTexts = textsOf(y, ys).map((text, i) =>
    svgText([left - 8, at(0, ys[i]!)[1] + 4], text, { size: 11, anchor: "end" }),
  );
  const frame = [
    x.mirror === true ? svgRect([left, top], width, height, `fill="none" stroke="${SOFT_INK}"`) : "",
    ...xTexts,
    ...(y.showticklabels === false ? [] : yTexts),
    svgText([left + width / 2, top + height + 38], plainText(x.title?.text), name),
    svgText([left - 42, top + height / 2], plainText(y.title?.text), { ...name, rotate: -90 }),
  ];
  return { grid: grid.map(([a, b]) => svgLine(a!, b!, FAINT_GREY)).join(""), frame: frame.join("") };
}

function drawGround(trace: StillTrace, { coloraxis }: StillLayout, at: At): string {
  const { colorscale = coloraxis?.colorscale ?? [], opacity, fillcolor } = trace;
  const { zmin = coloraxis?.cmin ?? 0, zmax = coloraxis?.cmax ?? 1 } = trace;
  const colour: Paint = (value) => paint("fill", colourAt(colorscale, shareOf(value, [zmin, zmax])));
  if (trace.type === "contour") return drawBands(trace as unknown as StillGrid, colour, at);
  if (trace.type === "heatmap")
    return opacity === 0 ? "" : drawCells(trace as unknown as StillGrid, colour, at);
  const stretches: Pixel[][] = [[]];
  for (const [i, x] of trace.x.entries()) {
    if (x === null) stretches.push([]);
    else stretches.at(-1)!.push(at(x, trace.y[i]!));
  }
  const isFilled = fillcolor !== undefined;
  const d = stretches.map((places) => pathData(places, isFilled)).join("");
  const style = isFilled
    ? `fill-rule="evenodd" ${paint("fill", fillcolor)}`
    : `fill="none" ${strokeOf(trace.line)}`;
  return `<path ${style} d="${d}"/>`;
}

/** Bands of equal height, each painted over the one below it, which reaches as far as there are values. */
function drawBands({ x, y, z, contours: levels, line }: StillGrid, colour: Paint, at: At): string {
  const { start, end, size } = levels!;
  const heights = Array.from({ length: Math.round((end - start) / size) + 1 }, (_, i) => start + i * size);
  const border = line?.width === 0 ? "" : ' stroke="#fff" stroke-opacity=".5" stroke-width=".7"';
  const regions = contours()
    .size([x.length, y.length])
    .thresholds([-Infinity, ...heights])(z.flat());
  const bands = regions.map(({ coordinates }, i) => {
    const loops = coordinates
      .flat()
      .map((loop) => loop.map(([column, row]) => at(along(x, column!), along(y, row!))));
    const d = loops.map((loop) => pathData(loop, true)).join("");
    return d === "" ? "" : `<path ${colour(start + (i - 0.5) * size)}${i === 0 ? "" : border} d="${d}"/>`;
  });
  return bands.join("");
}

/** d3-contour's cells have their values in the middle; its regions end half a cell beyond the outermost. */
function along(values: readonly number[], place: number): number {
  const share = Math.min(1, Math.max(0, (place - 0.5) / (values.length - 1)));
  return values[0]! + share * (values.at(-1)! - values[0]!);
}

function drawCells({ x, y, z }: StillGrid, colour: Paint, at: At): string {
  const cells = z.flatMap((row, iy) =>
    row.map((value: number | null, ix) => {
      const [left, top] = at(x[ix]! - 0.48, y[iy]! - 0.48);
      const [right, bottom] = at(x[ix]! + 0.48, y[iy]! + 0.48);
      return value === null ? "" : svgRect([left, top], right - left, bottom - top, colour(value));
    }),
  );
  return cells.join("");
}

/** Points with their whiskers. */
function drawPoints({ x, y, marker, error_x: whiskers }: StillTrace, at: At): string {
  const points = x.map((value, i) => {
    const [low, high] = [value! - (whiskers?.arrayminus[i] ?? 0), value! + (whiskers?.array[i] ?? 0)];
    const whisker = low < high ? svgLine(at(low, y[i]!), at(high, y[i]!), marker!.color, 1.6) : "";
    return whisker + markerOf(marker!, i, at(value!, y[i]!));
  });
  return points.join("");
}

/** A text on the first panel, its lines below each other, or at the upper left of a panel's frame. */
function drawNote({ text, x, y, xref, font }: StillNote, room: Room, at: At): string {
  const isOver = xref === "paper";
  const [left, top] = isOver ? [room.left + x * room.width, room.top + (1 - y) * room.height - 7] : at(x, y);
  const style = { size: font.size, colour: font.color, anchor: isOver ? "start" : "middle" } as const;
  const lines = text.split("<br>").map((line, i) => {
    return svgText([left, top + 16 * i], plainText(line), { ...style, isBold: line.startsWith("<b>") });
  });
  return lines.join("");
}
