import { escapeHtml, shortText } from "../shared/escape.js";
import { isSimulated } from "../shared/provenance.js";
import type { Display, Row } from "../shared/types.js";
import { showHtml } from "./setUpFigures.js";
import { moreCharacters, standsFor, tableHtml } from "./tableHtml.js";
import { VERDICTS, verdictOf } from "./verdict.js";

/** More answers than this are counted, not shown: a page must stay readable. So are an answer's characters. */
const MOST_ROWS = 2000;
const MOST_CHARACTERS = 4000;
/** Answers on paper where the reader has not filtered them; tables.css hides the others. */
const PRINTED_ANSWERS = 12;

/**
 * The answers themselves with how each was judged, so that a reader can check any score: filtered by model, task and
 * outcome, searched, sorted by any column. Long answers are folded. Works without the network, and without scripts
 * as a plain table.
 */
export function reviewTable(display: Display, rows: readonly Row[]): void {
  const shown = rows.slice(0, MOST_ROWS);
  const models = [...new Set(shown.map((row) => row.model))];
  const tasks = [...new Set(shown.map((row) => row.task))];
  const [count, left] = [shown.length.toLocaleString("en"), rows.length - shown.length];
  const remarks = {
    "fb-more": `${left.toLocaleString("en")} more answers are not shown; the saved rows have them all.`,
    "fb-printed": `The first ${PRINTED_ANSWERS} of ${count} answers. To print others, filter them in the page first.`,
  };
  showHtml(
    display,
    tableHtml({
      className: "fb-review",
      caption: `${isSimulated(rows) ? "Simulated: " : ""}Every answer and how it was judged`,
      heads: ["model", "task", "score", "answer", "why"].map((name) => [name, name === "score"]),
      rows: shown.map((row) => reviewRow(row, models, tasks)),
      above:
        `<div class="fb-filters">` +
        select("model", "m", "all models", models) +
        select("task", "t", "all tasks", tasks) +
        select("outcome", "o", "all outcomes", VERDICTS) +
        `<label>contains <input type="search" data-filter="text"></label>` +
        `<output aria-live="polite">${count} answers</output></div>`,
      below: Object.entries(remarks).filter(([name]) =>
        name === "fb-more" ? left > 0 : shown.length > PRINTED_ANSWERS,
      ),
    }),
  );
}

/** Options carry numbers as values: a name from outside stands only in their text. */
function select(name: string, key: string, all: string, values: readonly string[]): string {
  const options = values.map(
    (value, i) => `<option value="${i}">${escapeHtml(shortText(value, 60))}</option>`,
  );
  return `<label>${name} <select data-filter="${key}"><option value="">${all}</option>${options.join("")}</select></label>`;
}

function reviewRow(row: Row, models: readonly string[], tasks: readonly string[]): string {
  const { kind, text, why } = verdictOf(row);
  const keys = `data-m="${models.indexOf(row.model)}" data-t="${tasks.indexOf(row.task)}" data-o="${kind}"`;
  const epoch = row.epoch > 0 ? ` <small>epoch ${row.epoch + 1}</small>` : "";
  return (
    `<tr ${keys}><th scope="row"${standsFor(row.model)}>${short(row.model, 80)}${epoch}</th>` +
    `<td data-task="${escapeHtml(row.task)}">${short(row.task, 80)}<br><small>${short(row.facet, 60)}</small></td>` +
    `<td class="fb-number" data-sort="${row.score ?? ""}"><span class="fb-mark fb-${kind}">${text}</span></td>` +
    `<td class="fb-answer">${folded("question", row.prompt)}${answer(row.response)}</td>` +
    `<td>${short(why, 400)}</td></tr>`
  );
}

/** Outside text on one line; the element keeps its direction of writing to itself. */
function short(text: string, length: number): string {
  return `<bdi>${escapeHtml(shortText(text, length))}</bdi>`;
}

/** Answers beyond this are folded behind their beginning. */
const SHORT = 280;

function answer(text: string): string {
  if (text === "") return '<span class="fb-missing">no text</span>';
  const isShort = text.length <= SHORT && text.split("\n", 8).length < 8;
  return isShort ? pre(text) : folded(text, text);
}

function folded(summary: string, text: string): string {
  return `<details><summary>${short(summary, 160)}</summary>${pre(text)}</details>`;
}

function pre(text: string): string {
  const left = text.length - MOST_CHARACTERS;
  const more = left > 0 ? ` ${moreCharacters(left)}` : "";
  return `<pre dir="auto">${escapeHtml(text.slice(0, MOST_CHARACTERS))}${more}</pre>`;
}
