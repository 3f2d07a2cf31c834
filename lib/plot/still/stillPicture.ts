import type { PlotlyFigure } from "../types.js";
import { drawFlat } from "./flatPicture.js";
import { colourBar, drawLegend } from "./keys.js";
import { drawScene } from "./scenePicture.js";
import type { Room, StillAxis, StillLayout, StillLegend, StillTrace } from "./spec.js";
import { titleHeight } from "../figures/title.js";
import { svgDocument } from "./svg.js";

/** Width in px, wherever a square panel needs no more. */
const WIDTH = 760;
/** Room over a plot for Plotly's row of buttons, which a picture does not have. */
const BUTTONS = 26;
/** Room for a colour bar with its texts. */
const BAR_ROOM = 95;

/**
 * The figure as an SVG document, for places where no script runs, drawn from the very data and layout that Plotly is
 * given: axes, lines, points, bands of height, cells, a surface in perspective, legends and the colour bar.
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
  return svgDocument({ width, height: top + height + b }, figure, body.join(""));
}
