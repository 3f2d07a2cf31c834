/**
 * Colours that stay apart under the common colour-vision deficiencies.
 *
 * Viridis: van der Walt & Smith 2015, bids.github.io/colormap (CC0). Red points on it differ in lightness as well
 * as in hue. The diverging scale runs through white from blue to orange, Okabe & Ito's hues darkened so that white text reads on both ends.
 */
export const VIRIDIS: readonly string[] = [
  "#440154",
  "#482475",
  "#414487",
  "#355f8d",
  "#2a788e",
  "#21918c",
  "#22a884",
  "#44bf70",
  "#7ad151",
  "#bddf26",
  "#fde725",
];

export const DIVERGING: readonly string[] = ["#00578a", "#5fa3cc", "#f7f7f7", "#e39a55", "#a84a00"];

export const POINT_RED = "#e3192d";
export const INK = "#1f2430";
export const SOFT_INK = "#59606e";
export const GRID_GREY = "#d9dce1";
/** Where little is known. */
export const UNKNOWN_GREY = "#8d939e";

/** One colour a facet or level, Okabe & Ito (2008), without the yellow that fades on white. */
export const CATEGORIES: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#7f4f00",
];

/** The colour at `share` of the scale, 0–1; outside it the end's colour. "#rrggbb". */
export function colourAt(scale: readonly string[], share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (scale.length - 1);
  const low = Math.min(scale.length - 2, Math.floor(place));
  const part = place - low;
  const channels = [1, 3, 5].map((at) => {
    const a = Number.parseInt((scale[low] ?? "#000000").slice(at, at + 2), 16);
    const b = Number.parseInt((scale[low + 1] ?? "#000000").slice(at, at + 2), 16);
    return Math.round(a + (b - a) * part)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${channels.join("")}`;
}

/** The scale as Plotly takes it: [share, colour] pairs. */
export function plotlyScale(scale: readonly string[]): readonly (readonly [number, string])[] {
  return scale.map((colour, i) => [Number((i / (scale.length - 1)).toFixed(4)), colour] as const);
}
