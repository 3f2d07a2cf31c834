import { rawText } from "../cards/answers.js";
import { openDialog } from "../cards/dialog.js";
import { element } from "../element.js";
import { runData, type RunData } from "../runData.js";
import { pngOf, svgOf } from "./pictures.js";
import { citation, csvOf, fileName, jsonlOf, settingsOf } from "./texts.js";

type Entry = readonly [label: string, save: () => unknown];

/** Gives a table a menu for taking it out of the page: what is filtered and sorted as it is seen. */
export function addTableMenu(table: HTMLElement): void {
  const head = table.querySelector("caption") ?? table.querySelector(".fb-filters");
  const caption = table.querySelector("caption")?.textContent ?? "table";
  const save = (): void => download(csvOf(rowsShown(table)), fileName(caption, "csv"), "text/csv");
  if (table.querySelector("tbody") !== null)
    (head ?? table).append(menu("this table", () => [["Table as CSV", save]]));
}

/** A table's head and those of its rows that are seen, in their order, as text; numbers in full, what is missing empty. */
function rowsShown(table: HTMLElement): readonly (readonly string[])[] {
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

/** Gives a figure a menu: its still picture, and the live one as the reader has turned it. */
export function addFigureMenu(figure: HTMLElement): void {
  const named = figure.querySelector(".fb-title") ?? figure.closest(".fb-views")?.querySelector(".fb-title");
  const name = named?.querySelector("b")?.textContent ?? "figure";
  const svg: Entry = [
    "Figure as SVG",
    async () => download(await svgOf(figure), fileName(name, "svg"), "image/svg+xml"),
  ];
  const png: Entry = [
    "Figure as PNG",
    async () => download(await pngOf(figure, named), fileName(name, "png"), "image/png"),
  ];
  const entries = (): readonly Entry[] => (figure.classList.contains("fb-drawn") ? [svg, png] : [svg]);
  figure.querySelector(".fb-stage")?.after(element("div.fb-tools", {}, menu("this figure", entries)));
}

/** A button that opens a list of what can be saved, the run's own among it where the page knows of one. */
function menu(what: string, entries: () => readonly Entry[]): HTMLElement {
  const button = element("button.fb-menu", { "aria-label": `Save ${what}`, "aria-haspopup": "true" }, "⋯");
  button.addEventListener("click", () => {
    void runData().then((run) => open(button, [...entries(), ...(run === null ? [] : entriesOf(run))]));
  });
  return button;
}

function entriesOf(run: RunData): readonly Entry[] {
  const { text, bibtex } = citation(run);
  const all: Entry = [
    "All answers as JSONL",
    () => download(jsonlOf(run.rows), "answers.jsonl", "application/jsonl"),
  ];
  return [
    ...(run.rows.length === 0 ? [] : [all]),
    ["Settings as JSON", () => download(settingsOf(run), "settings.json", "application/json")],
    ["How to cite", () => openDialog("How to cite", rawText(text), rawText(bibtex))],
  ];
}

function open(button: HTMLElement, entries: readonly Entry[]): void {
  const list = element("div.fb-list", { popover: "auto", "data-lm-suppress-shortcuts": "true" });
  for (const [label, save] of entries) {
    const item = element("button", {}, label);
    item.addEventListener("click", () => {
      list.hidePopover();
      void save();
    });
    list.append(item);
  }
  list.addEventListener("toggle", ({ newState }) => newState === "closed" && list.remove());
  // A card over the page lets nothing outside of it be reached.
  (button.closest("dialog") ?? document.body).append(list);
  list.showPopover();
  const { left, bottom } = button.getBoundingClientRect();
  const [most, deepest] = [innerWidth - list.offsetWidth, innerHeight - list.offsetHeight].map((room) =>
    Math.max(0, room - 8),
  );
  Object.assign(list.style, { left: `${Math.min(left, most!)}px`, top: `${Math.min(bottom, deepest!)}px` });
  list.querySelector("button")?.focus();
}

function download(content: BlobPart, name: string, type: string): void {
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type })), download: name });
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
