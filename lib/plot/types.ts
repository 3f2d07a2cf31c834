/** What a figure is: types only. */

/**
 * One layer of a figure, as Plotly takes it. Where its points stand for models, `customdata` has for each a list of their
 * names as `visibleText` writes them.
 */
export type Trace = Readonly<Record<string, unknown>>;

/** A Plotly figure as plain data, with what a page shows where scripts do not run. */
export interface PlotlyFigure {
  readonly data: readonly Trace[];
  /** As the figure stands alone, its title included. */
  readonly layout: Readonly<Record<string, unknown>>;
  /** What of the layout is otherwise in a narrow place of a page, which shows the title as text above the plot. */
  readonly narrow?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** The same picture drawn as SVG. */
  readonly svg: string;
  /** What the picture shows, in words: its text alternative. */
  readonly alt: string;
  /** The finding, then how it was had: plain text, a line an entry. Views of one thing have the same. */
  readonly title: readonly string[];
  /** Shown under the picture. Views of one thing have the same. */
  readonly caption: string;
  /** What the caption does not say, since it holds for this view alone. */
  readonly note?: string;
}
