import type { Range } from "./axes.js";
import { escapePlotly } from "../../shared/escape.js";

/**
 * A colour scale as Plotly takes it: [share, colour] from share 0 to 1. Colours are "#rrggbb", or "#rrggbbaa" where
 * something shines through.
 */
export type ColourScale = readonly (readonly [share: number, colour: string])[];

const evenly = (colours: string): ColourScale =>
  colours.split(" ").map((colour, i, { length }) => [Number((i / (length - 1)).toFixed(4)), colour] as const);

/**
 * Heights. It stays readable under the common colour-vision deficiencies, and red points on it differ in lightness
 * as well as in hue.
 *
 * @see van der Walt & Smith 2015, bids.github.io/colormap (CC0).
 */
export const VIRIDIS = evenly(
  "#440154 #482475 #414487 #355f8d #2a788e #21918c #22a884 #44bf70 #7ad151 #bddf26 #fde725",
);

/** From -1 to 1 through white: Okabe & Ito's blue and orange, darkened so that white text reads on both ends. */
export const DIVERGING = evenly("#00578a #5fa3cc #f7f7f7 #e39a55 #a84a00");

/** One colour a facet or level, Okabe & Ito (2008), without the yellow that fades on white. */
export const CATEGORIES = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#7f4f00"] as const;

export const POINT_RED = "#e3192d";
export const INK = "#1f2430";
export const SOFT_INK = "#59606e";
export const GRID_GREY = "#d9dce1";
/** Grid lines of a flat panel. */
export const FAINT_GREY = "#eceef1";
/** Where little is known. */
export const UNKNOWN_GREY = "#8d939e";

/** The colour at `share` of the scale; below and above it the ends' colours. As long as the scale's own are. */
export function colourAt(scale: ColourScale, share: number): string {
  const above = scale.findIndex(([at]) => at >= share);
  if (above <= 0) return (above === 0 ? scale[0] : scale.at(-1))![1];
  const [[from, low], [to, high]] = [scale[above - 1]!, scale[above]!];
  const part = (share - from) / (to - from);
  const channels = Array.from({ length: (low.length - 1) / 2 }, (_, i) => {
    const [a, b] = [low, high].map((colour) => Number.parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16));
    const mixed = Math.round(a! + (b! - a!) * part);
    return mixed.toString(16).padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

/**
 * Plotly's `coloraxis` of a surface's heights, with its colour bar.
 *
 * @param len Length of the bar, as a share of the plot's height.
 */
export function heightColours([cmin, cmax]: Range, name: string, len: number) {
  const colorbar = { title: { text: escapePlotly(name, 18) }, thickness: 12, len, xpad: 4, nticks: 6 };
  return { colorscale: VIRIDIS, cmin, cmax, colorbar };
}
