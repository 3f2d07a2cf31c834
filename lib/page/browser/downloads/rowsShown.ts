/** A table's head and those of its rows that are seen, in their order, as text; numbers in full, what is missing empty. */
export function rowsShown(table: HTMLElement): readonly (readonly string[])[] {
  const rows = [...table.querySelectorAll<HTMLTableRowElement>("tr")].filter((row) => !row.hidden);
  return rows.map((row) => [...row.cells].map(textOf));
}

function textOf(cell: HTMLTableCellElement): string {
  const { sort = "" } = cell.dataset;
  if (cell.querySelector(".fb-missing[title]") !== null) return "";
  if (sort !== "" && cell.classList.contains("fb-number")) return sort;
  const copy = cell.cloneNode(true) as HTMLElement;
  // An answer's question, and its own beginning, stand before it, folded.
  const answer = copy.querySelector(":scope > pre") ?? [...copy.querySelectorAll("pre")].at(-1);
  for (const end of copy.querySelectorAll("br")) end.replaceWith("\n");
  return (answer ?? copy).textContent.trim();
}
