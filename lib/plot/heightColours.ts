import type { Range } from "./axes.js";
import { plotlyScale, VIRIDIS } from "./colours.js";
import { escapePlotly } from "../shared/escape.js";

/** How the colour bar is drawn. */
interface BarOptions {
  /** Share of the plot's height. */
  readonly len: number;
  /** Leaves the plot its room beside an open list of files. */
  readonly isNarrow?: boolean;
}

/** Plotly's `coloraxis` of a surface's heights, with its colour bar. */
export function heightColours(
  range: Range,
  name: string,
  { len, isNarrow = false }: BarOptions,
): Readonly<Record<string, unknown>> {
  return {
    colorscale: plotlyScale(VIRIDIS),
    cmin: range[0],
    cmax: range[1],
    colorbar: {
      title: { text: escapePlotly(name, isNarrow ? 14 : 40), ...(isNarrow ? { font: { size: 11 } } : {}) },
      thickness: isNarrow ? 9 : 14,
      len,
      xpad: 4,
      ...(isNarrow ? { tickfont: { size: 10 }, nticks: 6 } : {}),
    },
  };
}
