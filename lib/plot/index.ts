/** Figures as plain data, each with the picture that stands for it where no script runs. */
export { correlationFigure } from "./figures/correlationFigure.js";
export { flatCross, spaceCross } from "./figures/cross.js";
export { effectsView } from "./figures/effectsView.js";
export { facetBars } from "./figures/facetBars.js";
export { flatView } from "./figures/flatView.js";
export { spaceView } from "./figures/spaceView.js";
export { surfaceDrawing } from "./figures/surfaceDrawing.js";
export { contourFigure, surfaceFigure, surfaceViews } from "./figures/surfaceViews.js";
export { tableContent } from "./figures/tableData.js";

export type { Cross } from "./figures/cross.js";
export type { SurfaceDrawing } from "./figures/surfaceDrawing.js";
export type { FrameData, TableData } from "./figures/tableData.js";
