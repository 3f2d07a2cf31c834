import { isObject, type Fields } from "../../shared/json.js";
import { tableOf, type IsHeads, type Table } from "./table.js";

/** Stands between the parts of a cell's path, whose keys may hold dots. */
const WITHIN = "\0";
/** Levels of nesting that are searched for rows, and within a row for cells. */
const MOST_DEPTH = 3;

/**
 * Rows that a JSON value holds, as a table; null for none. Rows are objects in a list, the value itself or the longest
 * within it, as pandas' "records" and most leaderboards write them; lists under "columns" and "data", as pandas' "split";
 * objects by column or by row, as its "columns" and "index"; or an object a model, by the model's name. What stands in
 * objects within a row becomes columns of their own.
 */
export function jsonTable(value: unknown, isHeads: IsHeads): Table | null {
  for (const rows of rowsIn(value, 0)) {
    const cells = rows.map((row) => cellsIn(row));
    const paths = [...new Set(cells.flatMap((row) => [...row.keys()]))];
    const records = cells.map((row) => paths.map((path) => row.get(path) ?? ""));
    const heads = shortNames(paths);
    if (isHeads(heads)) return tableOf("JSON rows", [heads, ...records], isHeads);
  }
  return null;
}

/** Lists of rows that the value may stand for, the likeliest first. */
function* rowsIn(value: unknown, depth: number): Generator<readonly Fields[]> {
  if (Array.isArray(value)) yield value.filter(isObject);
  if (!isObject(value)) return;
  const { columns, data } = value;
  if (Array.isArray(columns) && Array.isArray(data))
    yield data
      .filter((list) => Array.isArray(list))
      .map((list) => Object.fromEntries(columns.map((head, i) => [String(head), list[i] as unknown])));
  const objects = Object.entries(value).filter((entry): entry is [string, Fields] => isObject(entry[1]));
  const [[, first] = ["", {}], [, second] = ["", {}]] = objects;
  const byName = objects.map(([name, row]) => ({ name, ...row }));
  const isAlike = Object.keys(first).some((key) => Object.hasOwn(second, key));
  if (isAlike) {
    yield byName;
    yield Object.keys(first).map((name) => ({
      name,
      ...Object.fromEntries(objects.map(([column, cells]) => [column, cells[name]])),
    }));
  }
  const inner = Object.values(value).toSorted((a, b) => lengthOf(b) - lengthOf(a));
  if (depth < MOST_DEPTH) for (const one of inner.slice(0, 3)) yield* rowsIn(one, depth + 1);
  yield objects.length > 0 ? byName : [value];
}

function lengthOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** A row's cells by their path: {"evaluations": {"gpqa": 0.5}} holds "gpqa" within "evaluations". Lists are passed over. */
export function cellsIn(row: Fields, path = "", depth = 0): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  for (const [key, value] of Object.entries(row))
    if (isObject(value) && depth < MOST_DEPTH)
      for (const [inner, cell] of cellsIn(value, `${path}${key}${WITHIN}`, depth + 1)) cells.set(inner, cell);
    else if (value === null || typeof value !== "object") cells.set(path + key, String(value ?? "").trim());
  return cells;
}

/** Paths as the shortest of their ends that tells them apart. */
export function shortNames(paths: readonly string[]): readonly string[] {
  const ends = [1, 2].map((parts) => paths.map((path) => path.split(WITHIN).slice(-parts).join(".")));
  return paths.map((path, i) => {
    const own = ends.find((all) => all.indexOf(all[i]!) === all.lastIndexOf(all[i]!));
    return own?.[i] ?? path.replaceAll(WITHIN, ".");
  });
}
