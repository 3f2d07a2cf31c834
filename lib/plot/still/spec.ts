import type { Range } from "../figures/axes.js";
import type { ColourScale } from "../figures/colourScale.js";

/** What of Plotly's figures ours use, by Plotly's names and as far as the pictures draw it: types only. */

type Row = readonly number[];
type Numbers<K extends string> = Readonly<Record<K, number>>;
type Texts<K extends string> = Readonly<Partial<Record<K, string>>>;

export interface StillTrace
  extends
    Texts<"name" | "xaxis" | "legend" | "fillcolor" | "coloraxis">,
    Partial<Numbers<"opacity" | "zmin" | "zmax">> {
  readonly type: "scatter" | "scatter3d" | "surface" | "contour" | "heatmap";
  readonly mode?: "markers" | "lines";
  /** null where a line has a gap, as in y. */
  readonly x: readonly (number | null)[];
  readonly y: Row;
  readonly z?: Row;
  readonly showlegend?: boolean;
  readonly visible?: "legendonly";
  readonly line?: { readonly color?: string; readonly width?: number; readonly dash?: string };
  readonly marker?: StillMarker;
  readonly error_x?: { readonly array: Row; readonly arrayminus: Row };
  readonly colorscale?: ColourScale;
  readonly contours?: Numbers<"start" | "end" | "size">;
}

/** A trace over a grid: contour and heatmap have x and y of their columns and rows, a surface has y at each node. */
export interface StillGrid extends Omit<StillTrace, "x" | "y" | "z"> {
  readonly x: Row;
  readonly y: Row & readonly Row[];
  readonly z: readonly Row[];
}

export interface StillMarker {
  readonly color: string;
  readonly size: number | Row;
  readonly symbol?: string;
  readonly line?: { readonly color: string; readonly width: number };
}

export interface StillAxis {
  readonly range: Range;
  readonly domain?: Range;
  readonly title?: Texts<"text">;
  readonly tickvals?: Row;
  readonly ticktext?: readonly string[];
  readonly tickangle?: number;
  readonly scaleanchor?: string;
  readonly visible?: boolean;
  readonly showticklabels?: boolean;
  readonly showgrid?: boolean;
  readonly mirror?: boolean;
}

export interface StillLegend extends Numbers<"x" | "y">, Texts<"xanchor" | "yanchor"> {
  readonly title?: Texts<"text">;
}

export interface StillNote extends Numbers<"x" | "y">, Texts<"xref"> {
  readonly text: string;
  readonly font: { readonly size: number; readonly color: string };
}

export interface StillColours extends Numbers<"cmin" | "cmax"> {
  readonly colorscale: ColourScale;
  readonly colorbar?: { readonly title: Texts<"text">; readonly len: number };
}

export interface StillScene extends Readonly<Record<"xaxis" | "yaxis" | "zaxis", StillAxis>> {
  readonly camera: { readonly eye: Numbers<"x" | "y" | "z"> };
  readonly aspectratio: Numbers<"x" | "y" | "z">;
}

export interface StillLayout {
  readonly height: number;
  readonly margin: Numbers<"l" | "r" | "t" | "b">;
  readonly coloraxis?: StillColours;
  readonly scene?: StillScene;
  readonly annotations?: readonly StillNote[];
  /** xaxis, yaxis2, legend … */
  readonly [part: string]: unknown;
}

/** Where the plot is drawn, in px. */
export type Room = Numbers<"left" | "top" | "width" | "height">;
