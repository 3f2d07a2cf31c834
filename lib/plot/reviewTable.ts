import type { Display, Row } from "../shared/types.js";
import { asset } from "./browser/assets.js";
import { formatValue } from "../shared/text.js";
import { escapeHtml, shortText } from "../shared/escape.js";

/** How the answers are shown. */
export interface ReviewOptions {
  readonly caption?: string;
  /** Default: true when any answer came from the simulated panel. */
  readonly simulated?: boolean;
  /** More answers than this are counted, not shown: a page must stay readable. Default 2,000. */
  readonly maxRows?: number;
  /** What an answer has beyond this many characters is counted, not shown. Default 4,000. */
  readonly maxCharacters?: number;
}

/** Answers on paper where the reader has not filtered them; tables.css hides the others. */
const PRINTED_ANSWERS = 12;

/** What a reader may want to see alone. */
const OUTCOMES = ["full score", "part score", "zero", "unscored", "failed"] as const;
type OutcomeName = (typeof OUTCOMES)[number];

/**
 * The answers themselves with how each was judged, so that a reader can check any score: filtered by model, task and
 * outcome, searched, sorted by any column. Long answers are folded. Works without the network, and without scripts
 * as a plain table.
 */
export function reviewTable(display: Display, rows: readonly Row[], options: ReviewOptions = {}): void {
  display.html(reviewHtml(rows, options));
}

/** The review as HTML. */
export function reviewHtml(rows: readonly Row[], options: ReviewOptions = {}): string {
  const { maxRows = 2000, maxCharacters = 4000 } = options;
  const isSimulated = options.simulated ?? rows.some((row) => row.provider === "Simulated panel");
  const shown = rows.slice(0, maxRows);
  const models = [...new Set(shown.map((row) => row.model))];
  const tasks = [...new Set(shown.map((row) => row.task))];
  const body = shown.map((row) => reviewRow(row, models, tasks, maxCharacters));
  const caption = `${isSimulated ? "Simulated: " : ""}${options.caption ?? "Every answer and how it was judged"}`;
  const left = rows.length - shown.length;
  const heads = ["model", "task", "score", "answer", "why"].map(
    (name) =>
      `<th scope="col"${name === "score" ? ' class="fb-number"' : ""}><button type="button" class="fb-sort">${name}</button></th>`,
  );
  return (
    `<div class="fb-table fb-review tex2jax_ignore mathjax_ignore" data-lm-suppress-shortcuts="true">` +
    `<style>${asset("tables.css")}</style><div class="fb-filters">` +
    select("model", "m", "all models", models) +
    select("task", "t", "all tasks", tasks) +
    select("outcome", "o", "all outcomes", OUTCOMES) +
    `<label>contains <input type="search" data-filter="text"></label>` +
    `<output aria-live="polite">${shown.length.toLocaleString("en")} answers</output></div>` +
    `<div class="fb-scroll" tabindex="0" role="region" aria-label="${escapeHtml(caption)}">` +
    `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${heads.join("")}</tr></thead>` +
    `<tbody>${body.join("")}</tbody></table></div>` +
    (left > 0
      ? `<p class="fb-more">${left.toLocaleString("en")} more answers are not shown; the saved rows have them all.</p>`
      : "") +
    (shown.length > PRINTED_ANSWERS
      ? `<p class="fb-printed">The first ${PRINTED_ANSWERS} of ${shown.length.toLocaleString("en")} answers. To print others, filter them in the page first.</p>`
      : "") +
    `<script>${asset("tables.js")}</script></div>`
  );
}

/** Options carry numbers as values: a name from outside stands only in their text. */
function select(name: string, key: string, all: string, values: readonly string[]): string {
  const options = values.map(
    (value, i) => `<option value="${i}">${escapeHtml(shortText(value, 60))}</option>`,
  );
  return `<label>${name} <select data-filter="${key}"><option value="">${all}</option>${options.join("")}</select></label>`;
}

function reviewRow(
  row: Row,
  models: readonly string[],
  tasks: readonly string[],
  maxCharacters: number,
): string {
  const outcome = outcomeOf(row);
  const keys = `data-m="${models.indexOf(row.model)}" data-t="${tasks.indexOf(row.task)}" data-o="${OUTCOMES.indexOf(outcome)}"`;
  const epoch = row.epoch > 0 ? ` <small>epoch ${row.epoch + 1}</small>` : "";
  const score =
    row.score === null
      ? `<td class="fb-number" data-sort=""><span class="fb-mark fb-${row.outcome}">${row.outcome}</span></td>`
      : `<td class="fb-number" data-sort="${row.score}"><span class="fb-mark fb-${OUTCOMES.indexOf(outcome)}">${formatValue(row.score)}</span></td>`;
  const why = [row.reason, row.explanation].filter((part) => part !== null && part !== "").join(": ");
  return (
    `<tr ${keys}><th scope="row"><bdi>${escapeHtml(shortText(row.model, 80))}</bdi>${epoch}</th>` +
    `<td><bdi>${escapeHtml(shortText(row.task, 80))}</bdi><br><small><bdi>${escapeHtml(shortText(row.facet, 60))}</bdi></small></td>` +
    `${score}<td class="fb-answer">${folded("question", row.prompt, maxCharacters)}${answer(row.response, maxCharacters)}</td>` +
    `<td><bdi>${escapeHtml(shortText(why, 400))}</bdi></td></tr>`
  );
}

function outcomeOf(row: Row): OutcomeName {
  if (row.outcome !== "scored" || row.score === null) return row.outcome === "failed" ? "failed" : "unscored";
  if (row.score >= 1) return "full score";
  return row.score <= 0 ? "zero" : "part score";
}

/** Answers beyond this are folded behind their beginning. */
const SHORT = 280;

function answer(text: string, maxCharacters: number): string {
  if (text === "") return '<span class="fb-missing">no text</span>';
  const isShort = text.length <= SHORT && text.split("\n", 8).length < 8;
  return isShort ? pre(text, maxCharacters) : folded(shortText(text, 160), text, maxCharacters);
}

function folded(summary: string, text: string, maxCharacters: number): string {
  return `<details><summary><bdi>${escapeHtml(summary)}</bdi></summary>${pre(text, maxCharacters)}</details>`;
}

function pre(text: string, maxCharacters: number): string {
  const left = text.length - maxCharacters;
  const more =
    left > 0 ? `<span class="fb-missing"> … ${left.toLocaleString("en")} more characters</span>` : "";
  return `<pre dir="auto">${escapeHtml(text.slice(0, maxCharacters))}${more}</pre>`;
}
