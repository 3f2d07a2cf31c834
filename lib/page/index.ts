/** What a notebook's cells and an exported page show: figures, tables, and what brings them to life in the browser. */
export { explore } from "./explore.js";
export { lawTable, showTable } from "./showTable.js";
export { reviewTable } from "./reviewTable.js";
export { show } from "./show.js";
export { setUpFigures } from "./setUpFigures.js";
export { showFigure } from "./showFigure.js";
export { standalonePage } from "./standalonePage.js";

export type { ExploreOptions } from "./explore.js";
export type { TableOptions } from "./showTable.js";
