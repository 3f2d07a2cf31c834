import type { PlotlyFigure } from "../types.js";
import { shareOf, tickTexts, ticks } from "../figures/axes.js";
import { colourAt, INK } from "../figures/colourScale.js";
import { titleHeight } from "../figures/title.js";
import { shortText } from "../../shared/escape.js";
import { drawFlat } from "./flatPicture.js";
import { drawScene } from "./scenePicture.js";
import type { Room, StillAxis, StillColours, StillLayout, StillLegend, StillTrace } from "./spec.js";
import { element, fillOf, markerOf, plainText, strokeOf, svgDocument, textAt } from "./svg.js";

/** Width in px, wherever a square panel needs no more. */
const WIDTH = 760;
/** Room over a plot for Plotly's row of buttons, which a picture does not have. */
const BUTTONS = 26;
/** Room for a colour bar with its texts. */
const BAR_ROOM = 95;

/**
 * The figure as an SVG document, for places where no script runs, drawn from the very data and layout that Plotly is
 * given: axes, lines, points, bands of height, cells, a surface in space, legends and the colour bar.
 */
export function stillPicture(figure: Pick<PlotlyFigure, "data" | "layout" | "title" | "alt">): string {
  // Made by this room alone, and only read here.
  const layout = figure.layout as unknown as StillLayout;
  const traces = figure.data as unknown as readonly StillTrace[];
  const { l, r, t, b } = layout.margin;
  const colours = traces.some((trace) => trace.coloraxis !== undefined) ? layout.coloraxis : undefined;
  const bar = colours === undefined ? 0 : BAR_ROOM;
  const height = layout.height - t - b;
  const isSquare = (layout["yaxis"] as StillAxis | undefined)?.scaleanchor !== undefined;
  const width = isSquare ? Math.max(WIDTH, l + height + bar + r) : WIDTH;
  const across = isSquare ? height : width - l - bar - r;
  const left = l + (width - l - across - bar - r) / 2;
  const top = titleHeight(figure.title) + t - BUTTONS;
  const room: Room = { left, top, width: across, height };
  const legends = Object.entries(layout).filter(([name]) => /^legend\d*$/.test(name));
  const body = [
    layout.scene === undefined
      ? drawFlat(traces, layout, room)
      : drawScene(traces, layout.scene, colours, room),
    colours === undefined ? "" : colourBar(colours, room),
    ...legends.map(([name, legend]) => drawLegend(legend as StillLegend, name, traces, room)),
  ];
  return svgDocument(width, top + height + b, figure, body.join(""));
}

const STEPS = 40;

/** A vertical colour bar right of the plot, with ticks at its right and the quantity's name above. */
function colourBar({ colorscale, cmin, cmax, colorbar }: StillColours, room: Room): string {
  const height = room.height * (colorbar?.len ?? 1) * 0.75;
  const [x, y] = [room.left + room.width + 30, room.top + (room.height - height) / 2];
  const bands = Array.from({ length: STEPS }, (_, i) => {
    const place = { x, y: y + (i * height) / STEPS, width: 14, height: height / STEPS + 0.5 };
    return element("rect", { ...place, ...fillOf(colourAt(colorscale, 1 - (i + 0.5) / STEPS)) });
  });
  const values = ticks([cmin, cmax], 5);
  const texts = tickTexts(values).map((text, i) =>
    textAt([x + 19, y + height * (1 - shareOf(values[i]!, [cmin, cmax])) + 4], text, { "font-size": 11 }),
  );
  const name = shortText(plainText(colorbar?.title.text), 16);
  return [...bands, ...texts, textAt([x + 14, y - 10], name, { fill: INK, "text-anchor": "middle" })].join(
    "",
  );
}

/** What is shown in the figure, beside each other and under the legend's title where there is one. */
function drawLegend(legend: StillLegend, which: string, traces: readonly StillTrace[], room: Room): string {
  const entries = traces
    .filter((trace) => trace.showlegend !== false && trace.visible === undefined)
    .filter((trace) => (trace.legend ?? "legend") === which)
    .map((trace) => ({ trace, name: plainText(trace.name), width: 44 + plainText(trace.name).length * 6.4 }));
  if (entries.length === 0) return "";
  const whole = entries.reduce((sum, entry) => sum + entry.width, 0);
  let x = room.left + legend.x * room.width - (legend.xanchor === "center" ? whole / 2 : 0);
  const top = room.top + room.height * (1 - legend.y) + (legend.yanchor === "top" ? 14 : -10);
  const y = legend.title === undefined ? top : top + 20;
  const parts = [textAt([x, top], plainText(legend.title?.text))];
  for (const { trace, name, width } of entries) {
    parts.push(keyOf(trace, x, y - 4), textAt([x + 28, y], name));
    x += width;
  }
  return parts.join("");
}

function keyOf({ type, mode, marker, line, colorscale = [] }: StillTrace, x: number, y: number): string {
  if (mode === "lines") return element("path", { d: `M${x} ${y}h22`, ...strokeOf(line) });
  if (marker?.symbol !== undefined) return markerOf(marker, 0, [x + 12, y]);
  // As round as a point, and yet not counted as one.
  const isArea = type === "contour";
  const fill = isArea ? fillOf(colourAt(colorscale, 0.6)) : { fill: marker?.color ?? INK, rx: 4 };
  return element("rect", { x: x + 8, y: y - 4, width: isArea ? 12 : 8, height: 8, ...fill });
}
