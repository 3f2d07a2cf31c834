import type { Range } from "./axes.js";
import { CATEGORIES, INK } from "./colours.js";
import type { Slice } from "../report/index.js";

/** One of the two panels: the effect of one facet. */
export interface EffectsPanel {
  /** The facet along the panel's x axis, and the one held. */
  readonly name: string;
  readonly other: string;
  readonly range: Range;
  readonly slices: readonly Slice[];
}

/** Three levels need no rainbow: light and dotted, dark, and dashed in another hue. */
export const SLICE_STYLES: Readonly<
  Record<Slice["level"], { readonly colour: string; readonly dash: string }>
> = {
  low: { colour: CATEGORIES[4] ?? INK, dash: "dot" },
  median: { colour: CATEGORIES[0] ?? INK, dash: "solid" },
  high: { colour: CATEGORIES[1] ?? INK, dash: "dash" },
};
