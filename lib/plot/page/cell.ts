import { escapeHtml } from "../../shared/escape.js";
import { moreCharacters } from "./tableHtml.js";

/** Longest text put into one cell of a plain table. */
const MOST_CHARACTERS = 2000;

/** A value that is missing: shown as a dash and never as 0. */
function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

/** Decimals that a column needs: none when all its numbers are whole, so that 0 and 0.25 line up as 0.00 and 0.25. */
export function columnDecimals(values: readonly unknown[], decimals: number): number {
  const numbers = values.filter((value) => typeof value === "number" && Number.isFinite(value));
  return numbers.every(Number.isInteger) ? 0 : decimals;
}

/** One value as plain text, whatever it is; never throws. */
function cellText(value: unknown, decimals: number): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatNumber(value, decimals);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "bigint") return value.toLocaleString("en");
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "–" : value.toISOString();
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A cycle, or a big integer inside.
    return Object.prototype.toString.call(value);
  }
}

/** One value as HTML for a table cell. */
export function formatCell(value: unknown, decimals: number): string {
  if (isMissing(value)) return '<span class="fb-missing" title="missing">–</span>';
  const text = cellText(value, decimals);
  const left = text.length - MOST_CHARACTERS;
  if (left <= 0) return `<bdi>${escapeHtml(text)}</bdi>`;
  const cut = escapeHtml(text.slice(0, MOST_CHARACTERS));
  return `<bdi>${cut}</bdi> ${moreCharacters(left)}`;
}

/** What the column sorts by where the shown text would not do: a number's full value. Null: the text does. */
export function sortKey(value: unknown): string | null {
  if (isMissing(value)) return "";
  return typeof value === "number" || typeof value === "boolean" ? String(Number(value)) : null;
}

function formatNumber(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const isTiny = size > 0 && size < 0.5 * 10 ** -decimals;
  const shown =
    isTiny || size >= 1e15
      ? value.toExponential(2)
      : value.toLocaleString("en", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return shown.replace("-", "−");
}
