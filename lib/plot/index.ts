/** Figures as plain data, the tables, and what shows them on a page. */
export { correlationFigure } from "./figures/correlationFigure.js";
export { facetBars } from "./figures/facetBars.js";
export { contourFigure, surfaceFigure, surfaceViews } from "./figures/surfaceViews.js";
export { lawTable, showTable } from "./page/showTable.js";
export { reviewTable } from "./page/reviewTable.js";
export { show } from "./page/show.js";
export { setUpFigures, showFigure } from "./page/showFigure.js";

export type { FrameData, TableData } from "./figures/tableData.js";
export type { TableOptions } from "./page/showTable.js";
