/** Tables that sort and the review of answers that filters: one set of listeners serves every table, also those shown later. */
export function listenToTables(): void {
  document.addEventListener("input", ({ target }) => {
    const review = closest(target, ".fb-filters")?.closest<HTMLElement>(".fb-review");
    if (review) filter(review);
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
      if (isOurs && !isCommand) event.stopPropagation();
    },
    true,
  );
}

function closest(target: EventTarget | null, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
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

/** Each filter's value against the row's data-m, data-t or data-o; the search against all that the row says. */
function filter(review: HTMLElement): void {
  const controls = review.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-filter]");
  const wanted = [...controls].map(({ dataset, value }) => ({
    key: dataset["filter"]!,
    value: value.toLowerCase(),
  }));
  const rows = [...review.querySelector("tbody")!.rows];
  for (const row of rows) {
    const isWanted = wanted.every(({ key, value }) => {
      if (value === "") return true;
      return key === "text" ? row.textContent.toLowerCase().includes(value) : row.dataset[key] === value;
    });
    row.hidden = !isWanted;
  }
  const shown = rows.filter((row) => !row.hidden).length;
  review.querySelector("output")!.textContent =
    shown === rows.length ? `${rows.length} answers` : `${shown} of ${rows.length} answers`;
}
