/** Figures as plain data, each with the picture that stands for it where no script runs. */
export { correlationFigure } from "./figures/correlationFigure.js";
export { facetBars } from "./figures/facetBars.js";
export { contourFigure, surfaceFigure, surfaceViews } from "./figures/surfaceViews.js";
export { tableContent } from "./figures/tableData.js";

export type { FrameData, TableData } from "./figures/tableData.js";
