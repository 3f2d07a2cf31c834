import { cubeTicks, tickTexts } from "../axes.js";
import { GRID_GREY, INK, SOFT_INK } from "../colours.js";
import { shortText } from "../../shared/escape.js";
import type { SurfacePicture } from "./surfacePicture.js";
import { svgLine, svgText } from "./svg.js";

type Triple = readonly [number, number, number];
type Pair = readonly [number, number];

/** From a place in the unit cube to the picture: right, down, distance from the eye. */
export type PlaceInCube = (x: number, y: number, z: number) => Triple;

/** The floor and the two far walls with their grids, tick texts and axis names. */
export function drawWalls(picture: SurfacePicture, place: PlaceInCube): string {
  const flat = (p: Triple): Pair => {
    const [u, v] = place(...p);
    return [u, v];
  };
  return [...gridLines(picture, flat), ...axisNames(picture, flat)].join("");
}

/** At share t of each axis: two grid lines, and where its tick text stands. */
const AXES: Readonly<
  Record<
    "x" | "y" | "z",
    {
      readonly lines: (t: number) => readonly (readonly [Triple, Triple])[];
      readonly text: (t: number) => Triple;
      readonly shift: Pair;
      readonly anchor: "start" | "end";
    }
  >
> = {
  x: {
    lines: (t) => [
      [
        [t, 0, 0],
        [t, 1, 0],
      ],
      [
        [t, 1, 0],
        [t, 1, 1],
      ],
    ],
    text: (t) => [t, 0, 0],
    shift: [3, 15],
    anchor: "start",
  },
  y: {
    lines: (t) => [
      [
        [0, t, 0],
        [1, t, 0],
      ],
      [
        [1, t, 0],
        [1, t, 1],
      ],
    ],
    text: (t) => [0, t, 0],
    shift: [-6, 13],
    anchor: "end",
  },
  z: {
    lines: (t) => [
      [
        [0, 1, t],
        [1, 1, t],
      ],
      [
        [1, 1, t],
        [1, 0, t],
      ],
    ],
    text: (t) => [0, 1, t],
    shift: [-7, 4],
    anchor: "end",
  },
};

function gridLines(picture: SurfacePicture, flat: (p: Triple) => Pair): readonly string[] {
  return (["x", "y", "z"] as const).flatMap((name) => {
    const axis = AXES[name];
    const [low, high] = picture.ranges[name];
    const values = cubeTicks([low, high]);
    const texts = tickTexts(values);
    return values.flatMap((value, i) => {
      const t = (value - low) / (high - low || 1);
      const [x, y] = flat(axis.text(t));
      return [
        ...axis.lines(t).map(([a, b]) => svgLine(flat(a), flat(b), GRID_GREY)),
        svgText(x + axis.shift[0], y + axis.shift[1], texts[i] ?? "", { size: 11, anchor: axis.anchor }),
      ];
    });
  });
}

/** The three edges that carry the ticks, each with its axis' name beside it. */
const EDGES: readonly {
  readonly axis: "x" | "y" | "z";
  readonly from: Triple;
  readonly to: Triple;
  readonly away: Pair;
}[] = [
  { axis: "x", from: [0, 0, 0], to: [1, 0, 0], away: [10, 40] },
  { axis: "y", from: [0, 1, 0], to: [0, 0, 0], away: [-24, 36] },
  { axis: "z", from: [0, 1, 0], to: [0, 1, 1], away: [-44, 0] },
];

function axisNames(picture: SurfacePicture, flat: (p: Triple) => Pair): readonly string[] {
  return EDGES.flatMap(({ axis, from, to, away }) => {
    const [a, b] = [flat(from), flat(to)];
    const slope = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
    const [x, y] = [(a[0] + b[0]) / 2 + away[0], (a[1] + b[1]) / 2 + away[1]];
    const text = shortText(picture.axes[axis], 30);
    return [
      svgLine(a, b, SOFT_INK),
      svgText(x, y, text, { size: 13, colour: INK, anchor: "middle", rotate: slope }),
    ];
  });
}
