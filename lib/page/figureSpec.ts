import type { PlotlyFigure } from "../plot/types.js";

/** What the page hands to Plotly of a figure. */
export type FigureSpec = Pick<PlotlyFigure, "data" | "layout" | "narrow" | "config">;

/** That of a figure, without its title: the page has that as text. */
export function figureSpec({ data, layout, narrow = {}, config = {} }: PlotlyFigure): FigureSpec {
  const { title: _, ...untitled } = layout;
  return { data, layout: untitled, narrow, config };
}
