import type { Display } from "../shared/types.js";
import { asset } from "./browser/assets.js";
import { columnDecimals, formatCell, sortKey } from "./cell.js";
import { escapeHtml } from "../shared/escape.js";
import type { TableData } from "./frame.js";
import { tableContent } from "./frame.js";

/** How a table is shown. */
export interface TableOptions {
  /** What the table says, above it; screen readers read it first. */
  readonly caption?: string;
  /** True: the caption starts with "Simulated". */
  readonly simulated?: boolean;
  /** Columns to show, in this order. Default: all. */
  readonly columns?: readonly string[];
  /** Column heads to show instead of the names. */
  readonly heads?: Readonly<Record<string, string>>;
  /** Decimals in a column whose numbers are not all whole: for all columns, or by name. Default 2. */
  readonly decimals?: number | Readonly<Record<string, number>>;
  /** More rows than this are counted, not shown. Default 500. */
  readonly maxRows?: number;
}

/**
 * Shows a table that sorts by a click or key press on a column's head.
 *
 * Missing values (null, undefined, NaN) are a dash and sort last. Every value from outside is escaped.
 *
 * @throws RangeError when `columns` names a column that the data lack.
 */
export function showTable(display: Display, data: TableData, options: TableOptions = {}): void {
  display.html(tableHtml(data, options));
}

/** The table as HTML. */
export function tableHtml(data: TableData, options: TableOptions = {}): string {
  const { decimals = 2, maxRows = 500, heads = {} } = options;
  const content = tableContent(data, "showTable");
  const columns = options.columns ?? content.columns;
  const indexes = columns.map((name) => {
    const index = content.columns.indexOf(name);
    if (index >= 0) return index;
    throw new RangeError(`showTable: no column "${name}"; the columns are ${content.columns.join(", ")}.`);
  });
  const rows = content.rows.slice(0, maxRows);
  const isNumeric = indexes.map((index) => rows.some((row) => typeof row[index] === "number"));
  const places = indexes.map((index) =>
    columnDecimals(
      rows.map((row) => row[index]),
      decimalsOf(decimals, content.columns[index] ?? ""),
    ),
  );
  const head = columns.map(
    (name, i) =>
      `<th scope="col"${isNumeric[i] === true ? ' class="fb-number"' : ""}>` +
      `<button type="button" class="fb-sort">${escapeHtml((Object.hasOwn(heads, name) ? heads[name] : undefined) ?? name)}</button></th>`,
  );
  const body = rows.map((row) => {
    const cells = indexes.map((index, i) => {
      const value = row[index];
      const tag = i === 0 ? 'th scope="row"' : "td";
      const close = i === 0 ? "th" : "td";
      const number = isNumeric[i] === true ? ' class="fb-number"' : "";
      const key = sortKey(value);
      const sort = key === null ? "" : ` data-sort="${escapeHtml(key)}"`;
      return `<${tag}${number}${sort}>${formatCell(value, places[i] ?? 2)}</${close}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const left = content.rows.length - rows.length;
  const more =
    content.rows.length === 0
      ? '<p class="fb-more">No rows.</p>'
      : left > 0
        ? `<p class="fb-more">${left.toLocaleString("en")} more rows are not shown.</p>`
        : "";
  const title = [
    ...(options.simulated === true ? ["Simulated"] : []),
    ...(options.caption ? [options.caption] : []),
  ];
  const caption = escapeHtml(title.join(": "));
  // A table without columns is as wide as nothing, and so would its caption be.
  const table =
    columns.length === 0
      ? `<p class="fb-more">${caption}</p>`
      : `<div class="fb-scroll" tabindex="0" role="region" aria-label="${escapeHtml(options.caption ?? "table")}">` +
        `<table>${caption === "" ? "" : `<caption>${caption}</caption>`}<thead><tr>${head.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>`;
  return (
    `<div class="fb-table tex2jax_ignore mathjax_ignore" data-lm-suppress-shortcuts="true"><style>${asset("tables.css")}</style>` +
    `${table}${more}<script>${asset("tables.js")}</script></div>`
  );
}

function decimalsOf(decimals: number | Readonly<Record<string, number>>, column: string): number {
  if (typeof decimals === "number") return decimals;
  return (Object.hasOwn(decimals, column) ? decimals[column] : undefined) ?? 2;
}
