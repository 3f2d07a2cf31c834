import { makeFrame, numberColumn } from "./frame.js";

/**
 * Sums of columns over each group, by danfojs; a group without rows sums to 0.
 *
 * @param rows Each with its group's number (`GroupKeys`: danfojs would merge groups told apart by names).
 * @param groups How many groups there are.
 * @returns For each column an array of shape (groups,).
 */
export function groupSums<K extends string>(
  rows: readonly Readonly<Record<K | "group", number>>[],
  groups: number,
  columns: readonly K[],
): Readonly<Record<K, Float64Array>> {
  const sums = columns.map((name) => [name, new Float64Array(groups)] as const);
  if (rows.length > 0) {
    const numbers = (name: K | "group") => ({ name, numbers: rows.map((row) => row[name]) });
    const frame = makeFrame([numbers("group"), ...columns.map(numbers)]);
    const grouped = frame.groupby(["group"]).agg(Object.fromEntries(columns.map((name) => [name, "sum"])));
    const keys = numberColumn(grouped, "group");
    for (const [name, sum] of sums)
      numberColumn(grouped, `${name}_sum`).forEach((s, i) => (sum[keys[i] ?? 0] = s));
  }
  return Object.fromEntries(sums) as Record<K, Float64Array>;
}
