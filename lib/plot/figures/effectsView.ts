import type { PlotlyFigure, Trace } from "../types.js";
import type { Slice } from "../../report/index.js";
import { areScores, heldText, slicesAlong } from "../../report/index.js";
import { escapePlotly, shortText } from "../../shared/escape.js";
import { formatValue } from "../../shared/text.js";
import type { Surface } from "../../spline/types.js";
import type { Range } from "./axes.js";
import { axisRange, roundedAll } from "./axes.js";
import { CATEGORIES, FAINT_GREY, INK } from "./colourScale.js";
import { CROSS_MARK, type Cross } from "./cross.js";
import { makeFigure } from "./makeFigure.js";
import type { SurfaceDrawing } from "./surfaceDrawing.js";

/** One of the two panels: the effect of one facet. */
interface Panel {
  /** The facet along the panel's x axis, and the one held. */
  readonly name: string;
  readonly other: string;
  readonly range: Range;
  readonly slices: readonly Slice[];
  /** "" for the first panel, "2" for the second: what Plotly adds to the names of its axes and legend. */
  readonly suffix: "" | "2";
}

const READING =
  "Each line follows one facet while the other is held at the value named; the band is the middle line's 95 % interval. " +
  "Parallel lines: the effects add up. Lines that fan out or cross: the facets interact.";

/** Three levels need no rainbow: light and dotted, dark, and dashed in another hue. */
const STYLES: Readonly<Record<Slice["level"], { readonly color: string; readonly dash: string }>> = {
  low: { color: CATEGORIES[4], dash: "dot" },
  median: { color: CATEGORIES[0], dash: "solid" },
  high: { color: CATEGORIES[1], dash: "dash" },
};

/** Whether there is anything to follow a facet along. */
export function hasEffects(surface: Surface): boolean {
  return surface.support.length > 0 || surface.curve !== undefined;
}

/**
 * The marginal effects: left z along x where y is low, middling and high, right the other way round, the middle one
 * with its 95 % band. Lines that run in parallel: the facets' effects add up. Lines that fan out or cross: they
 * interact. Each line ends where the support ends; without a surface both panels are empty.
 *
 * @param cross Where both facets are held instead: one line a panel, and a mark where they meet.
 */
export function effectsView({ surface, labels, words }: SurfaceDrawing, cross?: Cross): PlotlyFigure {
  const { points } = surface;
  const panel = (name: "x" | "y", other: "x" | "y", suffix: Panel["suffix"]): Panel => ({
    name: labels[name],
    other: labels[other],
    range: axisRange(points[name], areScores(points[name])),
    slices: slicesAlong(surface, name, cross?.[other]),
    suffix,
  });
  const panels = [panel("x", "y", ""), panel("y", "x", "2")] as const;
  const heights = panels.flatMap(({ slices }) =>
    slices.flatMap(({ z, low, high }) => [...z, ...low, ...high].filter(Number.isFinite)),
  );
  const range = axisRange(heights.length > 0 ? heights : points.z, areScores(points.z));
  // A single line a panel needs no legend: its axis says where the other facet is held.
  const legend = cross === undefined ? 60 : 0;
  return makeFigure({
    ...words,
    alt: `Marginal effects. ${words.alt} ${panels.map(panelWords).join(" ")}`.trim(),
    note: READING,
    data: [
      ...panels.flatMap((one) => panelTraces(one, labels.z)),
      ...(cross === undefined ? [] : marks(surface, cross)),
    ],
    layout: {
      height: 386 + legend,
      margin: { l: 60, r: 16, t: 32, b: 60 + legend },
      showlegend: legend > 0,
      ...axes(panels, labels.z, range, BESIDE, legend === 0),
    },
    narrow: {
      height: 580 + legend,
      margin: { l: 50, r: 8, t: 26, b: 50 + legend },
      ...axes(panels, labels.z, range, BELOW, legend === 0),
    },
  });
}

function panelTraces({ name, other, slices, suffix }: Panel, z: string): readonly Trace[] {
  const place = { type: "scatter", mode: "lines", xaxis: `x${suffix}`, yaxis: `y${suffix}` };
  const [along, held, height] = [name, other, z].map((text) => escapePlotly(text));
  const lines = slices.map((slice) => ({
    ...place,
    name: heldText(slice),
    legend: `legend${suffix}`,
    x: roundedAll(slice.at),
    y: roundedAll(slice.z),
    line: { ...STYLES[slice.level], width: 2.4 },
    hovertemplate: `${along} %{x:.2f}, ${held} ${heldText(slice)}<br><b>${height} %{y:.2f}</b><extra></extra>`,
  }));
  const middle = slices.find((slice) => slice.level === "median");
  if (middle === undefined || middle.low.some((low) => Number.isNaN(low))) return lines;
  const x = roundedAll([...middle.at, ...middle.at.toReversed()]);
  const y = roundedAll([...middle.high, ...middle.low.toReversed()]);
  const fill = { fill: "toself", fillcolor: `${CATEGORIES[0]}29`, line: { width: 0 } };
  return [{ ...place, x, y, ...fill, hoverinfo: "skip", showlegend: false }, ...lines];
}

/** The cross in both panels. */
function marks(surface: Surface, { x, y }: Cross): readonly Trace[] {
  const { z } = surface.predict(x, y);
  if (Number.isNaN(z)) return [];
  return (
    [
      [x, ""],
      [y, "2"],
    ] as const
  ).map(([at, suffix]) => {
    const place = { xaxis: `x${suffix}`, yaxis: `y${suffix}`, x: roundedAll([at]), y: roundedAll([z]) };
    return {
      type: "scatter",
      mode: "markers",
      ...place,
      ...CROSS_MARK,
      hoverinfo: "skip",
      showlegend: false,
    };
  });
}

interface Title {
  text: string;
}

/** Where a panel and its legend stand, in shares of the plot's room. */
interface Place {
  readonly x: Range;
  readonly y: Range;
  readonly legend: readonly [x: number, y: number];
}

const BESIDE: readonly [Place, Place] = [
  { x: [0, 0.47], y: [0, 1], legend: [0, -0.24] },
  { x: [0.53, 1], y: [0, 1], legend: [0.53, -0.24] },
];
const BELOW: readonly [Place, Place] = [
  { x: [0, 1], y: [0.64, 1], legend: [0, 0.54] },
  { x: [0, 1], y: [0, 0.36], legend: [0, -0.1] },
];

function axes(
  panels: readonly [Panel, Panel],
  z: string,
  range: Range,
  places: readonly [Place, Place],
  isCrossed: boolean,
): Readonly<Record<string, unknown>> {
  const plain = { zeroline: false, gridcolor: FAINT_GREY, linecolor: INK, mirror: true };
  const parts = panels.flatMap(({ name, other, range: along, suffix, slices: [slice] }, side) => {
    const { x, y, legend } = places[side]!;
    const [title, titleZ] = [name, z].map((text) => ({ text: escapePlotly(text, 40) })) as [Title, Title];
    if (isCrossed && slice !== undefined) title.text += `, ${escapePlotly(other, 30)} at ${heldText(slice)}`;
    // Beside each other one axis serves both.
    const isShared = side === 1 && places === BESIDE;
    const height = isShared ? { showticklabels: false } : { title: titleZ };
    const matches = side === 1 ? { matches: "y" } : {};
    const keys = { orientation: "h", x: legend[0], xanchor: "left", y: legend[1], yanchor: "top" };
    const held = { text: `${escapePlotly(other, 30)} at`, side: "top", font: { size: 12 } };
    return [
      [`xaxis${suffix}`, { title, range: along, domain: x, anchor: `y${suffix}`, nticks: 6, ...plain }],
      [`yaxis${suffix}`, { ...height, range, domain: y, anchor: `x${suffix}`, ...matches, ...plain }],
      [`legend${suffix}`, { title: held, ...keys }],
    ] as const;
  });
  return Object.fromEntries(parts);
}

function panelWords({ name, other, slices }: Panel): string {
  const [along, held] = [shortText(name, 32), shortText(other, 32)];
  const sentences = slices.map((slice) => {
    const [from, to] = [slice.z[0], slice.z.at(-1)].map((z) => formatValue(z ?? NaN));
    return `Along ${along}, with ${held} at ${heldText(slice)}: from ${from} to ${to}.`;
  });
  return sentences.join(" ");
}
