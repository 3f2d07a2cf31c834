import { isObject, listAt, shownValue, type Fields } from "../../shared/json.js";
import { facetNamed } from "../merge/facets.js";
import { isKnown, roleOf, subjectOf } from "./heads.js";
import { tableOf, type IsHeads, type Table } from "./table.js";

/** Stands between the parts of a cell's path, whose keys may hold dots. */
const WITHIN = "\0";
/** Levels of nesting that are searched for rows, and within a row for cells. */
const MOST_DEPTH = 3;

/**
 * Rows that a JSON value holds, as a table; null for none. Rows are objects in a list, the value itself or the longest
 * within it, as pandas' "records" and most leaderboards write them; lists under "columns" and "data", as pandas' "split";
 * lists or objects by column, as its "list" and "columns"; or objects by key, as its "index", which names the model
 * where they do not. What stands in objects within a row becomes columns of their own.
 */
export function jsonTable(value: unknown, isHeads: IsHeads): Table | null {
  for (const rows of [...rowsIn(value, 0)].flatMap((all) => [all, all.flatMap(unrolled)])) {
    const cells = rows.map((row) => cellsIn(row));
    const paths = [...new Set(cells.flatMap((row) => [...row.keys()]))];
    const records = cells.map((row) => paths.map((path) => row.get(path) ?? ""));
    const heads = shortNames(paths);
    if (isHeads(heads)) return tableOf("JSON rows", [heads, ...records], isHeads);
  }
  return null;
}

/** A row for each object of the one list that it holds, with what else it says. */
function unrolled(row: Fields): readonly Fields[] {
  const lists = Object.entries(row).filter(([, value]) => Array.isArray(value) && value.some(isObject));
  const [key = "", list] = lists[0] ?? [];
  if (lists.length !== 1) return [row];
  return (list as readonly unknown[]).filter(isObject).map((own) => ({ ...row, [key]: own }));
}

/** Lists of rows that the value may stand for, the likeliest first. */
function* rowsIn(value: unknown, depth: number): Generator<readonly Fields[]> {
  if (Array.isArray(value)) {
    yield value.filter(isObject);
    yield underHeads(value[0], value.slice(1));
  }
  if (!isObject(value)) return;
  yield underHeads(value["columns"], value["data"]);
  const index = listAt(value, "index").filter((name) => typeof name === "string");
  const named = index.map((name, i) => [name, listAt(value, "data")[i]].flat());
  yield underHeads(["", ...listAt(value, "columns")], named);
  const parts = Object.entries(value).filter((entry): entry is [string, Fields] => isCells(entry[1]));
  const places = parts.flatMap(([, cells]) => Object.keys(cells));
  if (parts.length > 1 && places.every((place) => /^\d+$/.test(place)))
    yield [...new Set(places)].map((place) =>
      Object.fromEntries(parts.map(([column, cells]) => [column, cells[place]])),
    );
  if (parts.length > 0 && parts.every(([name]) => canBeModel(name)))
    yield parts.map(([name, row]) => ({ name, ...row }));
  const inner = Object.values(value).toSorted((a, b) => lengthOf(b) - lengthOf(a));
  if (depth < MOST_DEPTH) for (const one of inner.slice(0, 3)) yield* rowsIn(one, depth + 1);
  yield [value];
}

/** Keys of what files hold beside models: parts of results, metrics and settings. */
const NO_MODEL =
  /^(?:results?|scores?|versions?|configs?|meta(?:data)?|data|summary|groups?|eval\w*|info|stats|settings|details|.*shot|pass@.*|.*_acc|acc_.*|f1|bleu|rouge.*|higher_is_better)$/i;

function canBeModel(key: string): boolean {
  return !NO_MODEL.test(key) && roleOf(key) === undefined && subjectOf(key) !== "" && !facetNamed(key);
}

/** Lists of cells as rows under their heads. */
function underHeads(heads: unknown, lists: unknown): readonly Fields[] {
  if (!Array.isArray(heads) || !Array.isArray(lists)) return [];
  const rows = lists.filter((list): list is unknown[] => Array.isArray(list));
  return rows.map((row) => Object.fromEntries(heads.map((head, i) => [String(head), row[i]])));
}

/** An object, or a list of what is none: cells by their names or places. */
const isCells = (value: unknown): boolean =>
  isObject(value) || (Array.isArray(value) && !value.some(isObject));

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

/** A row's cells by their path: {"evaluations": {"gpqa": 0.5}} holds "gpqa" within "evaluations". A list is one cell. */
export function cellsIn(row: Fields, path = "", depth = 0): ReadonlyMap<string, string> {
  const cells = new Map<string, string>();
  for (const [key, value] of Object.entries(row))
    if (isObject(value) && depth < MOST_DEPTH)
      for (const [inner, cell] of cellsIn(value, `${path}${key}${WITHIN}`, depth + 1)) cells.set(inner, cell);
    else if (value === null || typeof value !== "object") cells.set(path + key, String(value ?? "").trim());
    else if (Array.isArray(value) && !value.some(isObject)) cells.set(path + key, shownValue(value));
  return cells;
}

/** Paths as the shortest of their ends that tells them apart; what stands within a task keeps its name. */
export function shortNames(paths: readonly string[]): readonly string[] {
  const ends = [1, 2].map((parts) => paths.map((path) => path.split(WITHIN).slice(-parts).join(".")));
  return paths.map((path, i) => {
    const [within = ""] = path.split(WITHIN).slice(-2, -1);
    const isOfTask = facetNamed(within) === null && isKnown(within);
    const own = ends.find((all, j) => j >= +isOfTask && all.indexOf(all[i]!) === all.lastIndexOf(all[i]!));
    return own?.[i] ?? path.replaceAll(WITHIN, ".");
  });
}
