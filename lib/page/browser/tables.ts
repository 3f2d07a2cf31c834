import { closest, element } from "./element.js";

/** Tables that sort and the review of answers that filters: one set of listeners serves every table, also those shown later. */
export function listenToTables(): void {
  document.addEventListener("input", ({ target }) => {
    const table = closest(target, ".fb-filters")?.closest<HTMLElement>(".fb-table");
    if (table) filter(table);
  });
  document.addEventListener("click", ({ target }) => {
    const button = closest(target, "button.fb-sort");
    if (button) sort(button.closest("th")!);
  });
  // A notebook reads single keys as commands (Enter edits the cell, A adds one): not while one of our controls has
  // the focus. The control itself still gets its press, which is the browser's doing and not the event's.
  window.addEventListener(
    "keydown",
    (event) => {
      const isOurs = closest(event.target, ".fb-table, .fb-figure, .fb-explorer") !== null;
      const isCommand = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape";
      const isOver = closest(event.target, ".fb-card, .fb-list") !== null;
      if (isOver || (isOurs && !isCommand)) event.stopPropagation();
    },
    true,
  );
}

function sort(head: HTMLTableCellElement): void {
  const isDown = head.getAttribute("aria-sort") === "ascending";
  for (const other of head.closest("tr")!.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
  const body = head.closest("table")!.tBodies[0]!;
  const items = [...body.rows].map((row) => ({ row, key: sortKey(row.cells[head.cellIndex]) }));
  items.sort((a, b) => {
    // What is missing stays last, whichever way.
    if (a.key === "" || b.key === "") return Number(a.key === "") - Number(b.key === "");
    return isDown ? compare(b.key, a.key) : compare(a.key, b.key);
  });
  body.append(...items.map((item) => item.row));
}

function sortKey(cell: HTMLTableCellElement | undefined): string {
  return cell?.dataset["sort"] ?? cell?.textContent.trim() ?? "";
}

function compare(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  return Number.isNaN(difference)
    ? a.localeCompare(b, undefined, { numeric: true, sensitivity: "base" })
    : difference;
}

/** A table of more rows than this can be searched. */
const MOST_READ = 12;

/** Gives a long table a search box, where it has none of its own. */
export function addSearch(table: HTMLElement): void {
  const rows = table.querySelectorAll("tbody tr").length;
  if (rows <= MOST_READ || table.querySelector(".fb-filters") !== null) return;
  const box = element("input", { type: "search", "data-filter": "text" });
  const count = element("output", { "aria-live": "polite" }, `${rows} rows`);
  table.prepend(element("div.fb-filters", {}, element("label", {}, "contains ", box), count));
}

/** What a row says, in small letters: read once, since an answer may be long. */
const texts = new WeakMap<HTMLTableRowElement, string>();

function textOf(row: HTMLTableRowElement): string {
  const text = texts.get(row) ?? row.textContent.toLowerCase();
  texts.set(row, text);
  return text;
}

/** Each filter's value against the row's data-m, data-t or data-o; the search against all that the row says. */
function filter(table: HTMLElement): void {
  const controls = table.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-filter]");
  const wanted = [...controls].map(({ dataset, value }) => ({
    key: dataset["filter"]!,
    value: value.toLowerCase(),
  }));
  const rows = [...table.querySelector("tbody")!.rows];
  for (const row of rows) {
    row.hidden = !wanted.every(({ key, value }) => {
      if (value === "") return true;
      return key === "text" ? textOf(row).includes(value) : row.dataset[key] === value;
    });
  }
  const shown = rows.filter((row) => !row.hidden).length;
  const noun = table.matches(".fb-review") ? "answers" : "rows";
  table.querySelector("output")!.textContent =
    shown === rows.length ? `${shown} ${noun}` : `${shown} of ${rows.length} ${noun}`;
}
