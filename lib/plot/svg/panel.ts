import type { Range } from "../axes.js";
import { tickTexts, ticks } from "../axes.js";
import { INK, SOFT_INK } from "../colours.js";
import { shortText } from "../../shared/escape.js";
import { px, svgLine, svgText } from "./svg.js";

/** A rectangle of the picture with an x and a y axis. */
export interface Panel {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Range;
  readonly y: Range;
}

/** A panel's parts, to be drawn before and after its content. */
export interface PanelAxes {
  /** From data units to the picture. */
  readonly at: (x: number, y: number) => readonly [number, number];
  /** White ground and grid lines: goes first. */
  readonly grid: string;
  /** Frame, ticks and names: goes over the content. */
  readonly frame: string;
}

/** Axes, ticks and names of a flat panel. A name that is null leaves that axis without name and tick texts. */
export function panelAxes(
  panel: Panel,
  names: { readonly x: string | null; readonly y: string | null },
  wanted = 5,
): PanelAxes {
  const { left, top, width, height, x, y } = panel;
  const at = (vx: number, vy: number): readonly [number, number] => [
    left + ((vx - x[0]) / (x[1] - x[0] || 1)) * width,
    top + height - ((vy - y[0]) / (y[1] - y[0] || 1)) * height,
  ];
  const [xs, ys] = [ticks(x, wanted), ticks(y, wanted)];
  const [xTexts, yTexts] = [tickTexts(xs), tickTexts(ys)];
  const grid = [
    ...xs.map((value) => svgLine(at(value, y[0]), at(value, y[1]), "#eceef1")),
    ...ys.map((value) => svgLine(at(x[0], value), at(x[1], value), "#eceef1")),
  ].join("");
  const xLabels = xs.map((value, i) =>
    svgText(at(value, y[0])[0], top + height + 17, xTexts[i] ?? "", { size: 11, anchor: "middle" }),
  );
  const yLabels = ys.map((value, i) =>
    svgText(left - 7, at(x[0], value)[1] + 4, yTexts[i] ?? "", { size: 11, anchor: "end" }),
  );
  const middle = top + height / 2;
  const frame = [
    `<rect x="${px(left)}" y="${px(top)}" width="${px(width)}" height="${px(height)}" fill="none" stroke="${SOFT_INK}"/>`,
    ...(names.x === null
      ? []
      : [
          ...xLabels,
          svgText(left + width / 2, top + height + 38, shortText(names.x, 40), {
            size: 13,
            colour: INK,
            anchor: "middle",
          }),
        ]),
    ...(names.y === null
      ? []
      : [
          ...yLabels,
          svgText(left - 44, middle, shortText(names.y, 40), {
            size: 13,
            colour: INK,
            anchor: "middle",
            rotate: -90,
          }),
        ]),
  ].join("");
  return { at, grid, frame };
}
