import type { Range } from "./axes.js";
import { INK } from "./colours.js";
import type { EffectsPanel } from "./effectsPanel.js";
import { escapePlotly } from "../shared/escape.js";

/** Where the two panels and their legends stand, in shares of the plot's room. */
interface Places {
  readonly x: readonly [Range, Range];
  readonly y: readonly [Range, Range];
  readonly legend: readonly [Place, Place];
}

type Place = readonly [x: number, y: number];

export const BESIDE: Places = {
  x: [
    [0, 0.47],
    [0.53, 1],
  ],
  y: [
    [0, 1],
    [0, 1],
  ],
  legend: [
    [0, -0.24],
    [0.53, -0.24],
  ],
};

export const BELOW: Places = {
  x: [
    [0, 1],
    [0, 1],
  ],
  y: [
    [0.64, 1],
    [0, 0.36],
  ],
  legend: [
    [0, 0.54],
    [0, -0.1],
  ],
};

/** Axes and legends of the two panels of effects, as Plotly's layout has them. */
export function effectsAxes(
  panels: readonly [EffectsPanel, EffectsPanel],
  z: string,
  range: Range,
  places: Places,
): Readonly<Record<string, unknown>> {
  const areBeside = places === BESIDE;
  const xaxis = (side: 0 | 1, anchor: string): Readonly<Record<string, unknown>> => ({
    title: { text: escapePlotly(panels[side].name, 40) },
    range: panels[side].range,
    domain: places.x[side],
    anchor,
    nticks: 6,
    ...PLAIN,
  });
  const yaxis = (side: 0 | 1, anchor: string): Readonly<Record<string, unknown>> => ({
    // Beside each other one axis serves both.
    ...(side === 1 && areBeside ? { showticklabels: false } : { title: { text: escapePlotly(z, 40) } }),
    range,
    domain: places.y[side],
    anchor,
    ...(side === 1 ? { matches: "y" } : {}),
    ...PLAIN,
  });
  const legend = (side: 0 | 1): Readonly<Record<string, unknown>> => ({
    title: { text: `${escapePlotly(panels[side].other, 30)} at`, side: "top", font: { size: 12 } },
    orientation: "h",
    x: places.legend[side][0],
    xanchor: "left",
    y: places.legend[side][1],
    yanchor: "top",
  });
  return {
    xaxis: xaxis(0, "y"),
    xaxis2: xaxis(1, "y2"),
    yaxis: yaxis(0, "x"),
    yaxis2: yaxis(1, "x2"),
    legend: legend(0),
    legend2: legend(1),
  };
}

const PLAIN = { zeroline: false, gridcolor: "#eceef1", linecolor: INK, mirror: true } as const;
