import { contours } from "d3-contour";

import { shareOf, tickTexts, ticks } from "../figures/axes.js";
import type { ColourScale } from "../figures/colourScale.js";
import { colourAt, FAINT_GREY, INK, SOFT_INK } from "../figures/colourScale.js";
import type { Room, StillAnnotation, StillAxis, StillLayout, StillTrace } from "./spec.js";
import type { Pixel } from "./svg.js";
import { markerOf, paint, pathData, plainText, strokeOf, svgLine, svgRect, svgText } from "./svg.js";

/** One pair of axes and where it is drawn, in px. */
interface Panel extends Room {
  readonly x: StillAxis;
  readonly y: StillAxis;
  /** From data units to the picture. */
  readonly at: (x: number, y: number) => Pixel;
}

/** A flat figure: each panel's grid, ground, frame and points, then what is written over them. */
export function drawFlat(traces: readonly StillTrace[], layout: StillLayout, room: Room): string {
  const panels = Object.keys(layout)
    .filter((name) => /^xaxis\d*$/.test(name))
    .map((name) => ({ id: name.replace("axis", ""), panel: panelOf(layout, name, room) }))
    .filter(({ panel }) => panel.x.visible !== false);
  const parts = panels.map(({ id, panel }, i) => {
    const own = traces.filter((trace) => isOn(trace, id));
    const ground = own.filter((trace) => trace.mode !== "markers");
    const clip = `panel-${i}`;
    return [
      gridOf(panel),
      `<clipPath id="${clip}">${svgRect([panel.left, panel.top], panel.width, panel.height, "")}</clipPath>`,
      `<g clip-path="url(#${clip})">${ground.map((trace) => drawGround(trace, panel, layout)).join("")}</g>`,
      frameOf(panel),
      ...own.filter((trace) => trace.mode === "markers").map((trace) => drawPoints(trace, panel)),
    ].join("");
  });
  const main = panels[0]?.panel;
  const notes = (layout.annotations ?? []).map((note) => drawNote(note, note.xref === "paper" ? room : main));
  return [...parts, ...notes].join("");
}

/** Plotly calls the first axis "x", and our figures of several panels call it "x1". */
function isOn({ xaxis = "x" }: StillTrace, id: string): boolean {
  return xaxis === id || (xaxis === "x1" && id === "x");
}

function panelOf(layout: StillLayout, name: string, room: Room): Panel {
  const [x, y] = [layout[name], layout[name.replace("x", "y")]] as [StillAxis, StillAxis];
  const [from, to] = x.domain ?? [0, 1];
  const [low, high] = y.domain ?? [0, 1];
  const left = room.left + from * room.width;
  const top = room.top + (1 - high) * room.height;
  const [width, height] = [(to - from) * room.width, (high - low) * room.height];
  const at = (vx: number, vy: number): Pixel => [
    left + shareOf(vx, x.range) * width,
    top + (1 - shareOf(vy, y.range)) * height,
  ];
  return { left, top, width, height, x, y, at };
}

/** Ticks of an axis, with their texts. */
function ticksOf(axis: StillAxis): readonly (readonly [value: number, text: string])[] {
  const values = axis.tickvals ?? ticks(axis.range, 5);
  const texts =
    axis.ticktext?.map(plainText) ?? (axis.tickvals === undefined ? tickTexts(values) : values.map(String));
  return values.map((value, i) => [value, texts[i] ?? ""]);
}

function gridOf({ x, y, at }: Panel): string {
  const across =
    x.showgrid === false ? [] : ticksOf(x).map(([value]) => [at(value, y.range[0]), at(value, y.range[1])]);
  const along =
    y.showgrid === false ? [] : ticksOf(y).map(([value]) => [at(x.range[0], value), at(x.range[1], value)]);
  return [...across, ...along].map(([a, b]) => svgLine(a!, b!, FAINT_GREY)).join("");
}

/** Frame, tick texts and names of the axes. */
function frameOf({ left, top, width, height, x, y, at }: Panel): string {
  const bottom = top + height;
  const turn = x.tickangle ?? 0;
  const name = { size: 13, colour: INK, anchor: "middle" } as const;
  return [
    ...(x.mirror === true ? [svgRect([left, top], width, height, `fill="none" stroke="${SOFT_INK}"`)] : []),
    ...ticksOf(x).map(([value, text]) =>
      svgText([at(value, 0)[0], bottom + 17], text, {
        size: 11,
        anchor: turn === 0 ? "middle" : "end",
        rotate: turn,
      }),
    ),
    ...(y.showticklabels === false ? [] : ticksOf(y)).map(([value, text]) =>
      svgText([left - 8, at(0, value)[1] + 4], text, { size: 11, anchor: "end" }),
    ),
    ...(x.title === undefined
      ? []
      : [svgText([left + width / 2, bottom + 38], plainText(x.title.text), name)]),
    ...(y.title === undefined
      ? []
      : [svgText([left - 42, top + height / 2], plainText(y.title.text), { ...name, rotate: -90 })]),
  ].join("");
}

function drawGround(trace: StillTrace, panel: Panel, layout: StillLayout): string {
  const { coloraxis } = layout;
  const [scale, low, high] =
    trace.colorscale === undefined
      ? [coloraxis?.colorscale ?? [], coloraxis?.cmin ?? 0, coloraxis?.cmax ?? 1]
      : [trace.colorscale, trace.zmin ?? 0, trace.zmax ?? 1];
  const colour: Colour = (value) =>
    paint("fill", colourAt(scale as ColourScale, (value - low) / (high - low || 1)));
  if (trace.type === "contour") return bandsOf(trace, panel, colour);
  if (trace.type === "heatmap") return trace.opacity === 0 ? "" : cellsOf(trace, panel, colour);
  const stretches = stretchesOf(trace, panel);
  return trace.fillcolor === undefined
    ? stretches
        .map((places) => `<path d="${pathData(places)}" fill="none" ${strokeOf(trace.line)}/>`)
        .join("")
    : `<path fill-rule="evenodd" ${paint("fill", trace.fillcolor)} d="${stretches.map((places) => pathData(places, true)).join("")}"/>`;
}

type Colour = (value: number) => string;

/** A line's places, cut where it has a gap. */
function stretchesOf({ x, y }: StillTrace, { at }: Panel): readonly (readonly Pixel[])[] {
  const stretches: Pixel[][] = [[]];
  for (const [i, value] of x.entries()) {
    const other = y[i] as number | null;
    if (value === null || other === null) stretches.push([]);
    else stretches.at(-1)!.push(at(value, other));
  }
  return stretches.filter((places) => places.length > 0);
}

/** Bands of equal height, each painted over the one below it, which reaches as far as there are values. */
function bandsOf({ x, y, z, contours: levels, line }: StillTrace, { at }: Panel, colour: Colour): string {
  const [rows, xs, ys] = [z, x, y] as readonly [
    readonly (readonly number[])[],
    readonly number[],
    readonly number[],
  ];
  const { start, end, size } = levels ?? { start: 0, end: 0, size: 1 };
  const count = Math.round((end - start) / size) + 1;
  const heights = Array.from({ length: count }, (_, i) => start + i * size);
  const border = (line?.width ?? 0) > 0 ? ' stroke="#fff" stroke-opacity=".5" stroke-width=".7"' : "";
  const regions = contours()
    .size([xs.length, ys.length])
    .thresholds([-Infinity, ...heights])(rows.flat());
  return regions
    .map(({ coordinates }, i) => {
      const loops = coordinates.flat().map((loop) =>
        pathData(
          loop.map(([px, py]) => at(along(xs, px!), along(ys, py!))),
          true,
        ),
      );
      const fill = colour(start + (i - 0.5) * size);
      return loops.length === 0 ? "" : `<path ${fill}${i === 0 ? "" : border} d="${loops.join("")}"/>`;
    })
    .join("");
}

/** d3-contour's cells have their values in the middle; its regions end half a cell beyond the outermost. */
function along(values: readonly number[], place: number): number {
  const share = Math.min(1, Math.max(0, (place - 0.5) / (values.length - 1)));
  return values[0]! + share * (values.at(-1)! - values[0]!);
}

function cellsOf({ x, y, z }: StillTrace, { at }: Panel, colour: Colour): string {
  const cells = (z as readonly (readonly (number | null)[])[]).flatMap((row, iy) =>
    row.flatMap((value, ix) => {
      if (value === null) return [];
      const [[left, top], [right, bottom]] = [
        at(x[ix]! - 0.48, (y[iy] as number) - 0.48),
        at(x[ix]! + 0.48, (y[iy] as number) + 0.48),
      ];
      return [svgRect([left, top], right - left, bottom - top, colour(value))];
    }),
  );
  return cells.join("");
}

/** Points with their whiskers. */
function drawPoints({ x, y, marker, error_x: whiskers }: StillTrace, { at }: Panel): string {
  if (marker === undefined) return "";
  const points = x.map((value, i) => {
    const [vx, vy] = [value ?? NaN, (y[i] as number | null) ?? NaN];
    const size = typeof marker.size === "number" ? marker.size : marker.size[i]!;
    const [low, high] = [vx - (whiskers?.arrayminus[i] ?? 0), vx + (whiskers?.array[i] ?? 0)];
    const whisker = low < high ? svgLine(at(low, vy), at(high, vy), marker.color, 1.6) : "";
    return whisker + markerOf(marker, at(vx, vy), size);
  });
  return points.join("");
}

/** A text on the panel, its lines below each other, or at the upper left of a panel's frame. */
function drawNote({ text, x, y, xref, font }: StillAnnotation, place: Room | Panel | undefined): string {
  if (place === undefined) return "";
  const [left, top] =
    "at" in place ? place.at(x, y) : [place.left + x * place.width, place.top + (1 - y) * place.height - 7];
  const anchor = xref === "paper" ? "start" : "middle";
  const lines = text.split("<br>").map((line, i) =>
    svgText([left, top + 16 * i], plainText(line), {
      size: font.size,
      colour: font.color,
      anchor,
      isBold: line.startsWith("<b>"),
    }),
  );
  return lines.join("");
}
