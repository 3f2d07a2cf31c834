/** Figures as plain data, the tables, and what shows them on a page. */
export { contourFigure } from "./contourFigure.js";
export { correlationFigure } from "./correlationFigure.js";
export { effectsFigure } from "./effectsFigure.js";
export { facetBars } from "./facetBars.js";
export { lawTable } from "./lawTable.js";
export { progressBar } from "./progressBar.js";
export { reviewTable } from "./reviewTable.js";
export { setUpFigures, showFigure } from "./showFigure.js";
export { showTable } from "./showTable.js";
export { surfaceFigure } from "./surfaceFigure.js";
export { surfaceViews } from "./surfaceViews.js";

export type { CorrelationOptions } from "./correlationFigure.js";
export type { FacetBarsOptions } from "./facetBars.js";
export type { Frame, TableData } from "./frame.js";
export type { LawComparison, LawRow } from "./lawTable.js";
export type { ProgressBar } from "./progressBar.js";
export type { ReviewOptions } from "./reviewTable.js";
export type { TableOptions } from "./showTable.js";
