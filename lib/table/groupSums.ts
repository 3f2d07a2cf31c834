import { makeFrame, numberColumn } from "./frame.js";

/** danfojs copies its whole result for every group it adds, so groups go to it in blocks: the time stays linear. */
const BLOCK = 128;

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
  const operations = Object.fromEntries(columns.map((name) => [name, "sum"]));
  for (const block of blocksOf(rows)) {
    const numbers = (name: K | "group") => ({ name, numbers: block.map((row) => row[name]) });
    const grouped = makeFrame([numbers("group"), ...columns.map(numbers)])
      .groupby(["group"])
      .agg(operations);
    const keys = numberColumn(grouped, "group");
    for (const [name, sum] of sums)
      numberColumn(grouped, `${name}_sum`).forEach((s, i) => (sum[keys[i] ?? 0] = s));
  }
  return Object.fromEntries(sums) as Record<K, Float64Array>;
}

/** The rows of the first groups, of the next ones, and so on. */
function blocksOf<R extends { readonly group: number }>(rows: readonly R[]): readonly (readonly R[])[] {
  const blocks = new Map<number, R[]>();
  for (const row of rows) {
    const block = Math.floor(row.group / BLOCK);
    const listed = blocks.get(block);
    if (listed === undefined) blocks.set(block, [row]);
    else listed.push(row);
  }
  return [...blocks.values()];
}
