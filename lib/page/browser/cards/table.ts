import { visibleText } from "../../../shared/escape.js";
import { formatP, formatValue } from "../../../shared/text.js";
import { element } from "../element.js";

/** A cell: text, a number (missing is null), or an element of our own. */
export type Cell = string | number | null | HTMLTableCellElement;

/** The same table as `tableHtml` makes: it sorts, is searched and saved like any other in the page. */
export function cardTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): HTMLElement {
  const columns = heads.map((_, i) => rows.map((row) => row[i]));
  const isNumber = columns.map((cells) => cells.some((cell) => typeof cell === "number"));
  const isWhole = columns.map((cells) => cells.every((cell) => typeof cell !== "number" || cell % 1 === 0));
  const head = heads.map((name, i) =>
    element(isNumber[i] ? "th.fb-number" : "th", { scope: "col" }, element("button.fb-sort", {}, name)),
  );
  const body = rows.map((row) =>
    element("tr", {}, ...row.map((cell, i) => cellOf(cell, i, isNumber[i]!, isWhole[i]!))),
  );
  return element(
    "div.fb-table",
    {},
    element(
      "div.fb-scroll",
      { tabindex: "0", role: "region", "aria-label": caption },
      element(
        "table",
        {},
        element("caption", {}, caption),
        element("thead", {}, element("tr", {}, ...head)),
        element("tbody", {}, ...body),
      ),
    ),
  );
}

function cellOf(cell: Cell, column: number, isNumber: boolean, isWhole: boolean): HTMLElement {
  if (cell instanceof HTMLTableCellElement) return cell;
  const made = column === 0 ? element("th", { scope: "row" }) : element("td");
  if (isNumber) made.classList.add("fb-number");
  if (typeof cell === "string") made.append(element("bdi", {}, visibleText(cell)));
  else if (typeof cell === "number") {
    made.dataset["sort"] = String(cell);
    made.append(isWhole ? String(cell) : formatValue(cell));
  } else {
    made.dataset["sort"] = "";
    made.append(element("span.fb-missing", { title: "missing" }, "–"));
  }
  return made;
}

/** A p-value, with as many digits as mean something; null where there was nothing to test. */
export function pCell(p: number | null): Cell {
  if (p === null) return null;
  return element("td.fb-number", { "data-sort": String(p) }, formatP(p).replace(/^p (?:= )?/, ""));
}

/** A model's name, which becomes a button; its row is marked with the model. */
export function modelCell(model: string): HTMLTableCellElement {
  const name = visibleText(model);
  return element("th", { scope: "row", "data-model": name }, element("bdi", {}, name));
}

/** A question by its task's name, which opens its card. */
export function taskCell(facet: string, task: string): HTMLTableCellElement {
  const [name, of] = [task, facet].map(visibleText) as [string, string];
  const button = element("button.fb-model", {}, element("bdi", {}, name));
  return element("th", { scope: "row", "data-task": name }, button, element("br"), element("small", {}, of));
}
