import type { Range } from "../axes.js";
import { tickTexts, ticks } from "../axes.js";
import { colourAt, INK, SOFT_INK, VIRIDIS } from "../colours.js";
import { shortText } from "../../shared/escape.js";
import { px, svgText } from "./svg.js";

interface ColourBar {
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly range: Range;
  readonly name: string;
  readonly scale?: readonly string[];
}

const STEPS = 40;
const WIDTH = 14;

/** A vertical colour bar with ticks at its right and the quantity's name above. */
export function colourBar(bar: ColourBar): string {
  const { x, y, height, range, scale = VIRIDIS } = bar;
  const step = height / STEPS;
  const bands = Array.from({ length: STEPS }, (_, i) => {
    const fill = colourAt(scale, 1 - (i + 0.5) / STEPS);
    return `<rect x="${px(x)}" y="${px(y + i * step)}" width="${WIDTH}" height="${px(step + 0.5)}" fill="${fill}"/>`;
  });
  const values = ticks(range, 5);
  const texts = tickTexts(values).map((text, i) => {
    const share = ((values[i] ?? 0) - range[0]) / (range[1] - range[0] || 1);
    return svgText(x + WIDTH + 5, y + height * (1 - share) + 4, text, { size: 11, colour: SOFT_INK });
  });
  const name = svgText(x + WIDTH, y - 10, shortText(bar.name, 16), {
    size: 12,
    colour: INK,
    anchor: "middle",
  });
  return bands.join("") + texts.join("") + name;
}
