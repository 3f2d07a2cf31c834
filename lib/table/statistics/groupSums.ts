import { columnsOf, makeFrame, numberColumn } from "../frame.js";

/** danfojs copies its whole result for every group it adds, so groups go to it in blocks: the time stays linear. */
const BLOCK = 32;

/**
 * Sums of columns over each group, by danfojs.
 *
 * @param rows The group's number first, from 0 up without a gap (danfojs would merge groups told apart by names, since
 *   it joins their keys by "-"), then one number a column.
 * @returns For each group, by its number, the sum of every column.
 */
export function groupSums<K extends string>(
  rows: readonly (readonly number[])[],
  columns: readonly K[],
): readonly Readonly<Record<K, number>>[] {
  const blocks: (readonly number[])[][] = [];
  for (const row of rows) (blocks[Math.floor((row[0] ?? 0) / BLOCK)] ??= []).push(row);
  const sums: Record<K, number>[] = [];
  for (const block of blocks) {
    const grouped = makeFrame([...columnsOf("int32", "group"), ...columnsOf("float32", ...columns)], block)
      .groupby(["group"])
      .agg(Object.fromEntries(columns.map((name) => [name, "sum"])));
    const added = columns.map((name) => numberColumn(grouped, `${name}_sum`));
    numberColumn(grouped, "group").forEach((group, i) => {
      const own = columns.map((name, c) => [name, added[c]?.[i] ?? Number.NaN]);
      sums[group] = Object.fromEntries(own) as Record<K, number>;
    });
  }
  return sums;
}
