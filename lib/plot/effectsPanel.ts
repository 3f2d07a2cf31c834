import type { Range } from "./axes.js";
import { CATEGORIES, INK } from "./colours.js";
import type { Slice } from "./slices.js";

/** One of the two panels: the effect of one facet. */
export interface EffectsPanel {
  /** The facet along the panel's x axis, and the one held. */
  readonly name: string;
  readonly other: string;
  readonly range: Range;
  readonly slices: readonly Slice[];
}

/** The slice that carries the band: the one at the median. */
export function middleOf(slices: readonly Slice[]): number {
  return Math.floor((slices.length - 1) / 2);
}

/** Three levels need no rainbow: light to dark, and the middle one in between. */
export const SLICE_COLOURS: readonly string[] = [
  CATEGORIES[4] ?? INK,
  CATEGORIES[0] ?? INK,
  CATEGORIES[1] ?? INK,
];
export const SLICE_DASHES = ["dot", "solid", "dash"] as const;
