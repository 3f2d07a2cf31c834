import type { PlotlyFigure } from "./types.js";
import type { Surface } from "../spline/types.js";
import { areScores } from "../report/index.js";
import { axisRange } from "./axes.js";
import { BELOW, BESIDE, effectsAxes } from "./effectsAxes.js";
import type { EffectsPanel } from "./effectsPanel.js";
import { SLICE_STYLES } from "./effectsPanel.js";
import { describeSurface } from "../report/index.js";
import { escapePlotly, shortText } from "../shared/escape.js";
import { formatValue } from "../shared/text.js";
import type { SurfaceLabels } from "../report/index.js";
import { rounded } from "./round.js";
import { heldText, slicesAlong } from "../report/index.js";
import { drawEffects } from "./svg/effectsPicture.js";
import { BASE_CONFIG, baseLayout, titleHeight, titleLines } from "./title.js";

/**
 * The marginal effects: left z along x where y is low, middling and high, right the other way round, the middle one
 * with its 95 % band. Lines that run in parallel: the facets' effects add up. Lines that fan out or cross: they
 * interact.
 *
 * Each line ends where the support ends. Without a surface both panels are empty and the caption says why.
 */
export function effectsFigure(surface: Surface, labels: SurfaceLabels): PlotlyFigure {
  const words = describeSurface(surface, surface.grid(40), labels);
  const { points } = surface;
  const panels: readonly [EffectsPanel, EffectsPanel] = [
    {
      name: labels.x,
      other: labels.y,
      range: axisRange(points.x, areScores(points.x)),
      slices: slicesAlong(surface, "x"),
    },
    {
      name: labels.y,
      other: labels.x,
      range: axisRange(points.y, areScores(points.y)),
      slices: slicesAlong(surface, "y"),
    },
  ];
  const width = surface.tQuantile ?? 1.96;
  const heights = panels.flatMap((panel) =>
    panel.slices.flatMap((slice) =>
      slice.z.flatMap((z, i) => [z + width * (slice.se[i] ?? 0), z - width * (slice.se[i] ?? 0)]),
    ),
  );
  const range = axisRange(heights.length > 0 ? heights : points.z, areScores(points.z));
  const top = Math.round(titleHeight(titleLines(words.title)));
  return {
    data: panels.flatMap((panel, side) => panelTraces(panel, side as 0 | 1, width, labels.z)),
    layout: {
      ...baseLayout(words.title, top + 420),
      margin: { l: 60, r: 16, t: top + 6, b: 120 },
      ...effectsAxes(panels, labels.z, range, BESIDE),
      hovermode: "closest",
    },
    narrow: {
      height: 640,
      margin: { l: 50, r: 8, t: 26, b: 90 },
      ...effectsAxes(panels, labels.z, range, BELOW),
    },
    config: BASE_CONFIG,
    svg: drawEffects({ title: words.title, alt: words.alt, z: labels.z, range, panels, width }),
    alt: `Marginal effects. ${words.alt} ${panels.map(panelWords).join(" ")}`.trim(),
    title: words.title,
    caption: words.caption,
    note: READING,
  };
}

const READING =
  "Each line follows one facet while the other is held at the value named; the band is the middle line's 95 % interval. " +
  "Parallel lines: the effects add up. Lines that fan out or cross: the facets interact.";

function panelTraces(
  panel: EffectsPanel,
  side: 0 | 1,
  width: number,
  z: string,
): readonly Readonly<Record<string, unknown>>[] {
  const place = side === 0 ? {} : { xaxis: "x2", yaxis: "y2" };
  const lines = panel.slices.map((slice) => ({
    ...place,
    type: "scatter",
    mode: "lines",
    name: heldText(slice),
    legend: side === 0 ? "legend" : "legend2",
    x: slice.at.map((value) => rounded(value, 6)),
    y: slice.z.map((value) => rounded(value, 6)),
    line: { color: SLICE_STYLES[slice.level].colour, width: 2.4, dash: SLICE_STYLES[slice.level].dash },
    hovertemplate: `${escapePlotly(panel.name)} %{x:.2f}, ${escapePlotly(panel.other)} ${heldText(slice)}<br><b>${escapePlotly(z)} %{y:.2f}</b><extra></extra>`,
  }));
  const middle = panel.slices.find((slice) => slice.level === "median");
  if (middle === undefined || middle.se.some((se) => se === null)) return lines;
  const edge = (sign: 1 | -1): readonly number[] =>
    middle.z.map((value, i) => value + sign * width * (middle.se[i] ?? 0));
  const band = {
    ...place,
    type: "scatter",
    mode: "lines",
    x: [...middle.at, ...middle.at.toReversed()].map((value) => rounded(value, 6)),
    y: [...edge(1), ...edge(-1).toReversed()].map((value) => rounded(value, 6)),
    fill: "toself",
    fillcolor: "rgba(0,114,178,0.16)",
    line: { width: 0 },
    hoverinfo: "skip",
    showlegend: false,
  };
  return [band, ...lines];
}

function panelWords(panel: EffectsPanel): string {
  return panel.slices
    .map((slice) => {
      const [from, to] = [slice.z[0] ?? NaN, slice.z.at(-1) ?? NaN];
      return `Along ${shortText(panel.name, 32)}, with ${shortText(panel.other, 32)} at ${heldText(slice)}: from ${formatValue(from)} to ${formatValue(to)}.`;
    })
    .join(" ");
}
