import { visibleText } from "../../../shared/escape.js";
import type { Row } from "../../../shared/types.js";
import { verdictOf } from "../../verdict.js";
import { element } from "../element.js";

/** Mean score over the epochs that have one; null without. */
export function meanScore(rows: readonly Row[]): number | null {
  const scores = rows.flatMap(({ score }) => score ?? []);
  return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** A model's answers to one question: the verdicts, each with the raw text behind it. */
export function answersCell(rows: readonly Row[]): HTMLTableCellElement {
  const cell = element("td", { "data-sort": String(meanScore(rows) ?? "") });
  if (rows.length === 0) cell.append(element("span.fb-missing", {}, "not asked"));
  cell.append(...rows.map(answer));
  return cell;
}

function answer(row: Row): HTMLElement {
  const { kind, text, why } = verdictOf(row);
  const summary = element("summary", {}, element(`span.fb-mark.fb-${kind}`, {}, text), " ", visibleText(why));
  const details = element("details", {}, summary);
  // A page of answers is long: each is put there when it is asked for.
  details.addEventListener("toggle", () => details.append(rawText(row.response)), { once: true });
  return details;
}

/** What was written, as it was written. */
export function rawText(text: string): HTMLElement {
  return element("pre", { dir: "auto" }, text === "" ? "no text" : visibleText(text));
}
