import type { Range } from "../figures/axes.js";
import type { ColourScale } from "../figures/colourScale.js";

/** What of Plotly's figures ours use, by Plotly's names and as far as the pictures draw it: types only. */

type Row = readonly number[];
type Numbers<K extends string> = Readonly<Record<K, number>>;
type Some<K extends string, T> = Readonly<Partial<Record<K, T>>>;

/** Points, a line (its x is null where it has a gap), or what {@link StillGrid} is. */
export interface StillTrace
  extends
    Some<"mode" | "name" | "xaxis" | "legend" | "visible" | "fillcolor" | "coloraxis", string>,
    Some<"opacity" | "zmin" | "zmax", number> {
  readonly type: "scatter" | "scatter3d" | "surface" | "contour" | "heatmap";
  readonly x: readonly (number | null)[];
  readonly y: Row;
  readonly z?: Row;
  readonly showlegend?: boolean;
  readonly line?: Some<"color" | "dash", string> & Some<"width", number>;
  readonly marker?: StillMarker;
  readonly error_x?: Readonly<Record<"array" | "arrayminus", Row>>;
  readonly colorscale?: ColourScale;
  readonly contours?: Numbers<"start" | "end" | "size">;
}

/** A trace over a grid: contour and heatmap have x and y of their columns and rows, a surface has y at each node. */
export interface StillGrid extends Omit<StillTrace, "x" | "y" | "z"> {
  readonly x: Row;
  readonly y: Row & readonly Row[];
  readonly z: readonly Row[];
}

export interface StillMarker extends Some<"symbol", string> {
  readonly color: string;
  readonly size: number | Row;
  readonly line?: Some<"color", string> & Some<"width", number>;
}

export interface StillAxis extends Some<"visible" | "showticklabels" | "showgrid" | "mirror", boolean> {
  readonly range: Range;
  readonly domain?: Range;
  readonly title?: Some<"text", string>;
  readonly tickvals?: Row;
  readonly ticktext?: readonly string[];
  readonly tickangle?: number;
  readonly scaleanchor?: string;
}

export interface StillLegend extends Numbers<"x" | "y">, Some<"xanchor" | "yanchor", string> {
  readonly title?: Some<"text", string>;
}

export interface StillNote
  extends Numbers<"x" | "y">, Readonly<Record<"text", string>>, Some<"xref", string> {
  readonly font: Numbers<"size"> & Readonly<Record<"color", string>>;
}

export interface StillColours extends Numbers<"cmin" | "cmax"> {
  readonly colorscale: ColourScale;
  readonly colorbar?: { readonly title: Some<"text", string>; readonly len: number };
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
