import type { AxisNames } from "../../report/index.js";
import { withNames } from "../../report/index.js";
import { escapeHtml } from "../../shared/escape.js";
import type { Display } from "../../shared/types.js";
import type { LawComparison } from "../../spline/index.js";
import type { TableData } from "../figures/tableData.js";
import { tableContent } from "../figures/tableData.js";
import { columnDecimals, formatCell, sortKey } from "./cell.js";
import { tableHtml } from "./tableHtml.js";

/** How a table is shown. */
export interface TableOptions {
  /** What the table says, above it; screen readers read it first. "Simulated" is put before it where that is so. */
  readonly caption?: string;
  /** Column heads to show instead of the names. */
  readonly heads?: Readonly<Record<string, string>>;
  /** Decimals in a column whose numbers are not all whole, by its name. Default 2. */
  readonly decimals?: Readonly<Record<string, number>>;
}

/** More rows than this are counted, not shown. */
const MOST_ROWS = 500;

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
      return `<${open}${isNumber ? ' class="fb-number"' : ""}${sort}>${formatCell(row[name], places)}</${close}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const left = content.rows.length - rows.length;
  const more = rows.length === 0 ? "No rows." : `${left.toLocaleString("en")} more rows are not shown.`;
  display.html(
    tableHtml({
      caption: [
        ...(content.isSimulated ? ["Simulated"] : []),
        ...(options.caption ? [options.caption] : []),
      ].join(": "),
      heads: columns.map(({ name, isNumber }) => ({ name: heads.get(name) ?? name, isNumber })),
      rows: body,
      below: rows.length === 0 || left > 0 ? [["fb-more", more]] : [],
    }),
  );
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
