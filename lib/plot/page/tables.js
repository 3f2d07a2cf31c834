// oxlint-disable unicorn/consistent-function-scoping -- a script in a page must not leave names behind
// Runs in the reader's page: sorts tables and filters the review of answers. One set of listeners serves every table, those shown later too; a second
// copy of this script does nothing.
if (!window.facetBenchTables) {
  window.facetBenchTables = true;

  const keyOf = (row, column) => {
    const cell = row.cells[column];
    return cell?.dataset.sort ?? cell?.textContent.trim() ?? "";
  };

  const compare = (a, b) => {
    const difference = Number(a) - Number(b);
    return Number.isNaN(difference)
      ? a.localeCompare(b, undefined, { numeric: true, sensitivity: "base" })
      : difference;
  };

  const sort = (button) => {
    const head = button.closest("th");
    const isDown = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
    const [body] = head.closest("table").tBodies;
    const items = [...body.rows].map((row) => ({ row, key: keyOf(row, head.cellIndex) }));
    items.sort((a, b) => {
      // What is missing stays last, whichever way.
      if (a.key === "" || b.key === "") return Number(a.key === "") - Number(b.key === "");
      return isDown ? compare(b.key, a.key) : compare(a.key, b.key);
    });
    body.append(...items.map((item) => item.row));
  };

  // Each filter's value against the row's data-m, data-t or data-o; the search against all that the row says.
  const filter = (review) => {
    const wanted = [...review.querySelectorAll("[data-filter]")].map((control) => ({
      key: control.dataset.filter,
      value: control.value.toLowerCase(),
    }));
    const rows = [...review.querySelector("tbody").rows];
    for (const row of rows) {
      row.hidden = !wanted.every(
        ({ key, value }) =>
          value === "" ||
          (key === "text" ? row.textContent.toLowerCase().includes(value) : row.dataset[key] === value),
      );
    }
    const shown = rows.filter((row) => !row.hidden).length;
    review.querySelector("output").textContent =
      shown === rows.length ? `${rows.length} answers` : `${shown} of ${rows.length} answers`;
  };

  document.addEventListener("input", (event) => {
    const review = event.target.closest?.(".fb-filters")?.closest(".fb-review");
    if (review) filter(review);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.fb-sort");
    if (button) sort(button);
  });

  // A notebook reads single keys as commands (Enter edits the cell, A adds one): not while one of our controls has
  // the focus. The control itself still gets its press, which is the browser's doing and not the event's.
  window.addEventListener(
    "keydown",
    (event) => {
      const isOurs = Boolean(event.target.closest?.(".fb-table, .fb-figure"));
      const isCommand = event.ctrlKey || event.metaKey || event.altKey || event.key === "Escape";
      if (isOurs && !isCommand) event.stopPropagation();
    },
    true,
  );
}
