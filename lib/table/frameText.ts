import type { DataFrame } from "danfojs-node";
import { columnNames, columnOf, cellOf, rowCount, type Cell } from "./frame.js";

/**
 * A frame as text to print: columns aligned, numbers short, a missing value shown as "–".
 * (danfojs' own `print` shows sixteen digits and drops columns and rows from the middle.)
 *
 * @param options.digits Digits after the point of numbers that are not whole, default 2.
 */
export function frameText(frame: DataFrame, options: { readonly digits?: number } = {}): string {
  const { digits = 2 } = options;
  const columns = columnNames(frame).map((name) => {
    const column = columnOf(frame, name);
    const cells = Array.from({ length: rowCount(frame) }, (_, row) => cellOf(column, row));
    const whole = cells.every(
      (cell) => typeof cell !== "number" || Number.isNaN(cell) || Number.isInteger(cell),
    );
    const shown = [name, ...cells.map((cell) => show(cell, whole ? 0 : digits))];
    const width = Math.max(...shown.map((text) => [...text].length));
    const isText = "text" in column;
    return shown.map((text) => {
      const pad = " ".repeat(width - [...text].length);
      return isText ? text + pad : pad + text;
    });
  });
  const lines = Array.from({ length: rowCount(frame) + 1 }, (_, row) =>
    columns
      .map((column) => column[row] ?? "")
      .join("  ")
      .trimEnd(),
  );
  return lines.join("\n");
}

function show(cell: Cell, digits: number): string {
  if (typeof cell === "string") return cell.replaceAll(/\s+/g, " ");
  return Number.isNaN(cell) ? "–" : cell.toFixed(digits);
}
