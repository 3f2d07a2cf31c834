import type { Range } from "../figures/axes.js";
import type { ColourScale } from "../figures/colourScale.js";

/** What of Plotly's figures ours use, by Plotly's names and as far as the pictures draw it: types only. */

type Row = readonly number[];
interface Text {
  readonly text: string;
}

export interface StillTrace {
  readonly type: "scatter" | "scatter3d" | "surface" | "contour" | "heatmap";
  readonly mode?: "markers" | "lines";
  readonly name?: string;
  /** null where a line has a gap, as in y. */
  readonly x: readonly (number | null)[];
  readonly y: Row;
  readonly z?: Row;
  readonly xaxis?: string;
  readonly legend?: string;
  readonly showlegend?: boolean;
  readonly visible?: "legendonly";
  readonly opacity?: number;
  readonly line?: { readonly color?: string; readonly width?: number; readonly dash?: string };
  readonly marker?: StillMarker;
  readonly fillcolor?: string;
  readonly error_x?: { readonly array: Row; readonly arrayminus: Row };
  readonly coloraxis?: string;
  readonly colorscale?: ColourScale;
  readonly zmin?: number;
  readonly zmax?: number;
  readonly contours?: { readonly start: number; readonly end: number; readonly size: number };
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
  readonly visible?: boolean;
  readonly range: Range;
  readonly domain?: Range;
  readonly title?: Text;
  readonly tickvals?: Row;
  readonly ticktext?: readonly string[];
  readonly tickangle?: number;
  readonly showticklabels?: boolean;
  readonly showgrid?: boolean;
  readonly mirror?: boolean;
  readonly scaleanchor?: string;
}

export interface StillLegend extends Readonly<Record<"x" | "y", number>> {
  readonly xanchor: "left" | "center";
  readonly yanchor: "top" | "bottom";
  readonly title?: Text;
}

export interface StillNote extends Text, Readonly<Record<"x" | "y", number>> {
  readonly xref?: "paper";
  readonly font: { readonly size: number; readonly color: string };
}

export interface StillColours extends Readonly<Record<"cmin" | "cmax", number>> {
  readonly colorscale: ColourScale;
  readonly colorbar?: { readonly title: Text; readonly len: number };
}

export interface StillScene extends Readonly<Record<"xaxis" | "yaxis" | "zaxis", StillAxis>> {
  readonly camera: { readonly eye: Readonly<Record<"x" | "y" | "z", number>> };
  readonly aspectratio: Readonly<Record<"x" | "y" | "z", number>>;
}

export interface StillLayout {
  readonly height: number;
  readonly margin: Readonly<Record<"l" | "r" | "t" | "b", number>>;
  readonly coloraxis?: StillColours;
  readonly scene?: StillScene;
  readonly annotations?: readonly StillNote[];
  /** xaxis, yaxis2, legend … */
  readonly [part: string]: unknown;
}

/** Where the plot is drawn, in px. */
export type Room = Readonly<Record<"left" | "top" | "width" | "height", number>>;
