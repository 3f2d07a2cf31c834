import type { Trace } from "../types.js";
import { slicesAlong } from "../../report/index.js";
import { roundedAll } from "./axes.js";
import { INK } from "./colourScale.js";
import type { SurfaceDrawing } from "./surfaceDrawing.js";

/** A place on the surface that the reader looks at, in units of the axes. */
export interface Cross {
  readonly x: number;
  readonly y: number;
}

export const CROSS_MARK = { marker: { color: "#ffffff", size: 9, line: { color: INK, width: 2.5 } } };

const LINE = { mode: "lines", hoverinfo: "skip", showlegend: false, line: { color: INK, width: 1.5 } };
const LINE_3D = { ...LINE, type: "scatter3d", line: { color: INK, width: 5 } };

/** The cross from above: two lines through the whole panel. */
export function flatCross({ ranges }: SurfaceDrawing, { x, y }: Cross): readonly Trace[] {
  const [xs, ys] = [
    [...ranges.x, null, x, x],
    [y, y, null, ...ranges.y],
  ];
  return [{ ...LINE, type: "scatter", name: "cross", x: xs, y: ys }];
}

/** The cross in 3-D: the two effect lines, laid over the surface, and a line from the floor through their crossing. */
export function spaceCross({ surface, ranges }: SurfaceDrawing, { x, y }: Cross): readonly Trace[] {
  const follow = (axis: "x" | "y") => {
    const slice = slicesAlong(surface, axis, axis === "x" ? y : x).find(({ held }) => held !== null);
    return { at: roundedAll(slice?.at ?? []), z: roundedAll(slice?.z ?? []) };
  };
  const [along, across] = [follow("x"), follow("y")];
  const lines = {
    x: [...along.at, null, ...across.at.map(() => x)],
    y: [...along.at.map(() => y), null, ...across.at],
    z: [...along.z, null, ...across.z],
  };
  const pole = { x: [x, x], y: [y, y], z: ranges.z, line: { color: INK, width: 2, dash: "dot" } };
  return [lines, pole].map((line) => ({ ...LINE_3D, name: "cross", ...line }));
}
