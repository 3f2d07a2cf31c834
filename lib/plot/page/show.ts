import type { Display } from "../../shared/types.js";
import type { TableData } from "../figures/tableData.js";
import type { PlotlyFigure } from "../types.js";
import { showFigure } from "./showFigure.js";
import type { TableOptions } from "./showTable.js";
import { showTable } from "./showTable.js";

/**
 * Shows what a cell has made: a figure, several views of one thing, or a table, that is a DataFrame or records.
 *
 * @param display tslab's `display` or the result of its `newDisplay()`.
 * @param options For a table: its caption, heads and decimals.
 * @throws TypeError when it is none of them.
 */
export function show(
  display: Display,
  thing: PlotlyFigure | readonly PlotlyFigure[] | TableData,
  options: TableOptions = {},
): void {
  if (isFigure(thing) || isViews(thing)) showFigure(display, thing);
  else showTable(display, thing, options);
}

const isFigure = (thing: object): thing is PlotlyFigure =>
  thing !== null && typeof (thing as Partial<PlotlyFigure>).svg === "string" && "data" in thing;
const isViews = (thing: object): thing is readonly PlotlyFigure[] =>
  Array.isArray(thing) && thing.length > 0 && (thing as readonly object[]).every(isFigure);
