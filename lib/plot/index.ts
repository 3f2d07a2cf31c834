export {
  escapeHtml,
  escapeMarkdown,
  escapePlotly,
  escapeTerminal,
  escapeXml,
  jsonForScript,
  visibleText,
} from "./escape/index.js";
export { contourFigure } from "./contourFigure.js";
export { correlationFigure } from "./correlationFigure.js";
export { methodName } from "./describe.js";
export { effectsFigure } from "./effectsFigure.js";
export { facetBars } from "./facetBars.js";
export { formatP, formatValue } from "./format.js";
export { leadersText } from "./leaders.js";
export { lawTable } from "./lawTable.js";
export { progressBar } from "./progressBar.js";
export { reviewTable } from "./reviewTable.js";
export { setUpFigures, showFigure } from "./showFigure.js";
export { showTable } from "./showTable.js";
export { surfaceFigure } from "./surfaceFigure.js";
export { surfaceViews } from "./surfaceViews.js";
export { trendsText } from "./trends.js";

export type { CorrelationOptions } from "./correlationFigure.js";
export type { FacetBarsOptions } from "./facetBars.js";
export type { Frame, TableData } from "./frame.js";
export type { LawComparison, LawRow } from "./lawTable.js";
export type { SurfaceLabels } from "./labels.js";
export type { ProgressBar } from "./progressBar.js";
export type { ReviewOptions } from "./reviewTable.js";
export type { TableOptions } from "./showTable.js";
