import { shareOf, tickTexts, ticks } from "../figures/axes.js";
import { colourAt, INK } from "../figures/colourScale.js";
import { shortText } from "../../shared/escape.js";
import type { Room, StillColours, StillLegend, StillTrace } from "./spec.js";
import { markerOf, paint, plainText, strokeOf, svgRect, svgText } from "./svg.js";

const STEPS = 40;

/** A vertical colour bar right of the plot, with ticks at its right and the quantity's name above. */
export function colourBar({ colorscale, cmin, cmax, colorbar }: StillColours, room: Room): string {
  const height = room.height * (colorbar?.len ?? 1) * 0.75;
  const [x, y] = [room.left + room.width + 30, room.top + (room.height - height) / 2];
  const bands = Array.from({ length: STEPS }, (_, i) => {
    const fill = paint("fill", colourAt(colorscale, 1 - (i + 0.5) / STEPS));
    return svgRect([x, y + (i * height) / STEPS], 14, height / STEPS + 0.5, fill);
  });
  const values = ticks([cmin, cmax], 5);
  const texts = tickTexts(values).map((text, i) =>
    svgText([x + 19, y + height * (1 - shareOf(values[i]!, [cmin, cmax])) + 4], text, { size: 11 }),
  );
  const name = shortText(plainText(colorbar?.title.text), 16);
  return [...bands, ...texts, svgText([x + 14, y - 10], name, { colour: INK, anchor: "middle" })].join("");
}

/** What is shown in the figure, beside each other and under the legend's title where there is one. */
export function drawLegend(
  legend: StillLegend,
  which: string,
  traces: readonly StillTrace[],
  room: Room,
): string {
  const entries = traces
    .filter((trace) => trace.showlegend !== false && trace.visible === undefined)
    .filter((trace) => (trace.legend ?? "legend") === which)
    .map((trace) => ({ trace, name: plainText(trace.name), width: 44 + plainText(trace.name).length * 6.4 }));
  if (entries.length === 0) return "";
  const whole = entries.reduce((sum, entry) => sum + entry.width, 0);
  let x = room.left + legend.x * room.width - (legend.xanchor === "center" ? whole / 2 : 0);
  const top = room.top + room.height * (1 - legend.y) + (legend.yanchor === "top" ? 14 : -10);
  const y = legend.title === undefined ? top : top + 20;
  const parts = [svgText([x, top], plainText(legend.title?.text))];
  for (const { trace, name, width } of entries) {
    parts.push(keyOf(trace, x, y - 4), svgText([x + 28, y], name));
    x += width;
  }
  return parts.join("");
}

function keyOf({ type, mode, marker, line, colorscale }: StillTrace, x: number, y: number): string {
  if (type === "contour")
    return svgRect([x + 6, y - 6], 14, 12, paint("fill", colourAt(colorscale ?? [], 0.6)));
  if (mode === "lines") return `<path d="M${x} ${y}h22" fill="none" ${strokeOf(line)}/>`;
  if (marker?.symbol !== undefined) return markerOf(marker, 0, [x + 12, y]);
  // As round as a point, and yet not counted as one.
  return svgRect([x + 8, y - 4], 8, 8, `rx="4" fill="${marker?.color ?? INK}"`);
}
