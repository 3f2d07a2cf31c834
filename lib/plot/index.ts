export {
  escapeHtml,
  escapeMarkdown,
  escapePlotly,
  escapeTerminal,
  escapeXml,
  jsonForScript,
  visibleText,
} from "./escape/index.js";
export { contourFigure } from "./contour-figure.js";
export { correlationFigure } from "./correlation-figure.js";
export { effectsFigure } from "./effects-figure.js";
export { facetBars } from "./facet-bars.js";
export { lawTable } from "./law-table.js";
export { progressBar } from "./progress-bar.js";
export { reviewTable } from "./review-table.js";
export { setUpFigures, showFigure } from "./show-figure.js";
export { showTable } from "./show-table.js";
export { surfaceFigure } from "./surface-figure.js";

export type { CorrelationOptions } from "./correlation-figure.js";
export type { FacetBarsOptions } from "./facet-bars.js";
export type { Frame, TableData } from "./frame.js";
export type { LawComparison, LawRow } from "./law-table.js";
export type { SurfaceLabels } from "./labels.js";
export type { ShownProgress, ProgressBar } from "./progress-bar.js";
export type { ReviewOptions } from "./review-table.js";
export type { TableOptions } from "./show-table.js";
