import type { ColourScale } from "../figures/colourScale.js";
import type { Range } from "../figures/axes.js";

/** What of Plotly's figures ours use, as far as the pictures draw it: types only. */

type Values = readonly (number | null)[];

export interface StillTrace {
  readonly type: "scatter" | "scatter3d" | "surface" | "contour" | "heatmap";
  readonly mode?: "markers" | "lines";
  readonly name?: string;
  readonly x: Values;
  /** One array for each row in a surface. */
  readonly y: Values | readonly Values[];
  readonly z?: Values | readonly Values[];
  readonly xaxis?: string;
  readonly legend?: string;
  readonly showlegend?: boolean;
  readonly visible?: "legendonly";
  readonly opacity?: number;
  readonly line?: { readonly color?: string; readonly width?: number; readonly dash?: string };
  readonly marker?: {
    readonly color: string;
    readonly size: number | readonly number[];
    readonly symbol?: string;
    readonly line?: { readonly color: string; readonly width: number };
  };
  readonly fillcolor?: string;
  readonly error_x?: { readonly array: readonly number[]; readonly arrayminus: readonly number[] };
  readonly coloraxis?: string;
  readonly colorscale?: ColourScale;
  readonly zmin?: number;
  readonly zmax?: number;
  readonly contours?: { readonly start: number; readonly end: number; readonly size: number };
}

export interface StillAxis {
  readonly visible?: boolean;
  readonly range: Range;
  readonly domain?: Range;
  readonly title?: { readonly text: string };
  readonly tickvals?: readonly number[];
  readonly ticktext?: readonly string[];
  readonly tickangle?: number;
  readonly showticklabels?: boolean;
  readonly showgrid?: boolean;
  readonly mirror?: boolean;
  readonly scaleanchor?: string;
}

export interface StillLegend {
  readonly x: number;
  readonly y: number;
  readonly xanchor: "left" | "center";
  readonly yanchor: "top" | "bottom";
  readonly title?: { readonly text: string };
}

export interface StillAnnotation {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly xref?: "paper";
  readonly font: { readonly size: number; readonly color: string };
}

export interface StillColours {
  readonly colorscale: ColourScale;
  readonly cmin: number;
  readonly cmax: number;
  readonly colorbar?: { readonly title: { readonly text: string }; readonly len: number };
}

export interface StillScene {
  readonly xaxis: StillAxis;
  readonly yaxis: StillAxis;
  readonly zaxis: StillAxis;
  readonly camera: Readonly<Record<"eye" | "center", Readonly<Record<"x" | "y" | "z", number>>>>;
  readonly aspectratio: Readonly<Record<"x" | "y" | "z", number>>;
}

export interface StillLayout {
  readonly height: number;
  readonly margin: Readonly<Record<"l" | "r" | "t" | "b", number>>;
  readonly showlegend?: boolean;
  readonly coloraxis?: StillColours;
  readonly scene?: StillScene;
  readonly annotations?: readonly StillAnnotation[];
  /** xaxis, yaxis2, legend …, by Plotly's names. */
  readonly [part: string]: unknown;
}

/** Where the plot is drawn, in px. */
export interface Room {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
