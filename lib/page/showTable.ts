import type { AxisNames } from "../report/index.js";
import { withNames } from "../report/index.js";
import { escapeHtml } from "../shared/escape.js";
import type { Display } from "../shared/types.js";
import type { LawComparison } from "../spline/index.js";
import type { TableData } from "../plot/index.js";
import { tableContent } from "../plot/index.js";
import { showHtml } from "./setUpFigures.js";
import { moreCharacters, standsFor, tableHtml } from "./tableHtml.js";

/** How a table is shown. */
export interface TableOptions {
  /** What the table says, above it; screen readers read it first. "Simulated" is put before it where that is so. */
  readonly caption?: string;
  /** Column heads to show instead of the names. */
  readonly heads?: Readonly<Record<string, string>>;
  /** Decimals in a column whose numbers are not all whole, by its name. Default 2. */
  readonly decimals?: Readonly<Record<string, number>>;
}

/** More rows than this, and more characters in a cell, are counted, not shown. */
const MOST_ROWS = 500;
const MOST_CHARACTERS = 2000;

/**
 * Shows a table that sorts by a click or key press on a column's head.
 *
 * Missing values (null, undefined, NaN) are a dash and sort last. Every value from outside is escaped. Where the data
 * say that they are simulated, the caption does.
 *
 * @throws TypeError when the data are neither a DataFrame nor records.
 */
export function showTable(display: Display, data: TableData, options: TableOptions = {}): void {
  const content = tableContent(data, "showTable");
  const rows = content.rows.slice(0, MOST_ROWS);
  const heads = new Map(Object.entries(options.heads ?? {}));
  const decimals = new Map(Object.entries(options.decimals ?? {}));
  const columns = content.columns.map((name) => {
    const values = rows.map((row) => row[name]);
    return {
      name,
      isNumber: values.some((value) => typeof value === "number"),
      places: columnDecimals(values, decimals.get(name) ?? 2),
    };
  });
  const body = rows.map((row) => {
    const cells = columns.map(({ name, isNumber, places }, i) => {
      const [open, close] = i === 0 ? ['th scope="row"', "th"] : ["td", "td"];
      const key = sortKey(row[name]);
      const sort = key === null ? "" : ` data-sort="${escapeHtml(key)}"`;
      const model = name === "model" ? standsFor(row[name]) : "";
      return `<${open}${isNumber ? ' class="fb-number"' : ""}${sort}${model}>${formatCell(row[name], places)}</${close}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const left = content.rows.length - rows.length;
  const more = rows.length === 0 ? "No rows." : `${left.toLocaleString("en")} more rows are not shown.`;
  showHtml(
    display,
    tableHtml({
      caption: [
        ...(content.isSimulated ? ["Simulated"] : []),
        ...(options.caption ? [options.caption] : []),
      ].join(": "),
      heads: columns.map(({ name, isNumber }) => [heads.get(name) ?? name, isNumber]),
      rows: body,
      below: rows.length === 0 || left > 0 ? [["fb-more", more]] : [],
    }),
  );
}

/** A value that is missing: shown as a dash and never as 0. */
function isMissing(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "number" && Number.isNaN(value));
}

/** Decimals that a column needs: none when all its numbers are whole, so that 0 and 0.25 line up as 0.00 and 0.25. */
function columnDecimals(values: readonly unknown[], decimals: number): number {
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
function formatCell(value: unknown, decimals: number): string {
  if (isMissing(value)) return '<span class="fb-missing" title="missing">–</span>';
  const text = cellText(value, decimals);
  const left = text.length - MOST_CHARACTERS;
  if (left <= 0) return `<bdi>${escapeHtml(text)}</bdi>`;
  const cut = escapeHtml(text.slice(0, MOST_CHARACTERS));
  return `<bdi>${cut}</bdi> ${moreCharacters(left)}`;
}

/** What the column sorts by where the shown text would not do: a number's full value. Null: the text does. */
function sortKey(value: unknown): string | null {
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

/**
 * Which law do the data follow? One row a law, the smallest leave-one-out error first, with the verdict above.
 *
 * @param names What was fitted: z over x and y.
 */
export function lawTable(
  display: Display,
  comparison: Pick<LawComparison, "verdict"> & {
    readonly laws: readonly { readonly name: string; readonly looRmse: number; readonly edf: number }[];
    readonly simulated?: boolean;
  },
  names: AxisNames,
): void {
  const sorted = comparison.laws.toSorted((a, b) => a.looRmse - b.looRmse);
  const best = sorted[0]?.looRmse ?? NaN;
  const source = comparison.simulated === true ? { simulated: true } : {};
  const records = sorted.map(({ name, looRmse, edf }) => ({
    law: name,
    "left-out error": looRmse,
    "against the best": looRmse === best ? "best" : best > 0 ? `× ${(looRmse / best).toFixed(2)}` : null,
    edf,
    ...source,
  }));
  const { x, y, z } = names;
  // Without a law there is still a verdict, and where it comes from.
  showTable(display, records.length > 0 ? records : { columns: Object.keys(source), values: [] }, {
    caption: `Which law does ${z} over ${x} and ${y} follow? ${withNames(comparison.verdict, names)}`,
    decimals: { "left-out error": 3, edf: 1 },
  });
}
