import type { DataFrame } from "danfojs-node";
import { columnNames, type Frame, type TableRecord } from "./frame.js";

/**
 * The frame's rows as plain objects, typed by the frame: what figures and pages take, so that they need no danfojs.
 * A missing value is null. Any column name is safe, `__proto__` included.
 */
export function toRecords<R extends object = TableRecord>(frame: Frame<R>): readonly R[] {
  const names = columnNames(frame);
  const rows: readonly unknown[] = (frame as DataFrame).values;
  return rows.map((row) => {
    const cells: readonly unknown[] = Array.isArray(row) ? row : [];
    // Object.fromEntries defines own properties, where an assignment to __proto__ would be lost.
    return Object.fromEntries(names.map((name, i) => [name, present(cells[i])])) as R;
  });
}

function present(cell: unknown): unknown {
  return cell === undefined || (typeof cell === "number" && Number.isNaN(cell)) ? null : cell;
}
