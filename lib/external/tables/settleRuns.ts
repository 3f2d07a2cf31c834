import { count, listed } from "../../shared/text.js";
import type { RowRun } from "./heads.js";

/** A table's row as far as it tells of a run; what is settled of it is written into it. */
export interface RunRow {
  readonly score: number;
  readonly n?: number | null;
  settings?: RowRun["settings"];
  repeats?: number;
  identities?: readonly string[] | undefined;
  readonly model: string;
  /** Numbers for its task, its run of an item, which repeats share, and its run of a seed. */
  readonly of: number;
  readonly unit: number;
  readonly run: number;
  readonly rest: RowRun["rest"];
}

/** What rows of a table are to each other. */
export interface SettledRuns {
  readonly notes: readonly string[];
  /** Whether a row says again what a row above says: asked of the rows in their order. */
  readonly isAgain: (row: number) => boolean;
}

/** The most runs of a model that columns tell apart: those of more values name items. */
const MOST_RUNS = 24;
/** The share of rows that may stay unlike in nothing where columns are said to tell runs apart. */
const UNTOLD = 0.1;

type Key = number | string;

/**
 * Settles which rows of a table are means of runs, and which of several of one model and task are different items, over
 * which it is averaged. Rows that other columns tell apart become runs of their own.
 *
 * @param hasItems Whether a column names the items.
 */
export function settleRuns(
  rows: readonly RunRow[],
  { hasItems, isWide }: { readonly hasItems: boolean; readonly isWide: boolean },
): SettledRuns {
  const most = rows.reduce((top, { of }) => Math.max(top, of), 0) + 1;
  const isVerdicts = rows.every(({ score, n }) => n === null && (score === 0 || score === 1));
  let keys: readonly Key[] = rows.map(({ run, of }) => run * most + of);
  let runs = counts(keys);
  const apart = runs.size === rows.length || isVerdicts ? null : tellApart(rows, keys);
  const notes: string[] = [];
  if (apart !== null) {
    for (const [i, row] of rows.entries()) row.settings = { ...row.settings, ...apart.settings[i] };
    notes.push(`Runs of one model and task are told apart by ${apart.by}, as models of their own.`);
    runs = counts((keys = apart.keys));
  }
  fillSettings(rows);
  const again = [...runs.values()].filter((all) => all > 1).length;
  // Most pairs of model and facet stand once in a table of means; in one of single items they repeat.
  const isCounted = isWide || again < runs.size / 2 || rows.every(({ n }) => n !== null);
  const isOfMeans = !hasItems && (again === 0 || (isCounted && !isVerdicts));
  const pairs = isOfMeans ? rows.length : new Set(rows.map(({ model, of }) => `${of} ${model}`)).size;
  if (pairs < rows.length)
    notes.push(
      `Averaged as different items: ${rows.length} rows of ${count(pairs, "pair")} of model and facet.`,
    );
  const keyOfUnit = (row: RunRow, i: number): Key =>
    apart === null ? row.unit * most + row.of : `${row.unit} ${row.of}${JSON.stringify(apart.settings[i])}`;
  const units = hasItems ? rows.map(keyOfUnit) : [];
  const answers = counts(units);
  let repeated = 0;
  for (const [i, row] of rows.entries()) {
    if (isOfMeans) row.identities = [];
    if (hasItems) row.repeats = Math.max(row.repeats ?? 1, answers.get(units[i]!)!);
    if ((row.repeats ?? 1) > 1) repeated += 1;
  }
  if (repeated > 0) notes.push(`Repeats over the same items: ${count(repeated, "row")}.`);
  const met = new Set<string>();
  const isAgain = (row: number): boolean => {
    const said = `${keys[row]} ${rows[row]!.score}`;
    return met.size === met.add(said).size;
  };
  return { notes, isAgain: isOfMeans && again > 0 ? isAgain : () => false };
}

/** Says of a setting that a row leaves blank that it is not told, where other rows tell it. */
function fillSettings(rows: readonly RunRow[]): void {
  const told = rows.filter(({ settings }) => settings !== undefined);
  const kinds = new Set(told.flatMap(({ settings }) => Object.keys(settings!)));
  const blank = Object.fromEntries([...kinds].map((kind) => [kind, `${kind.replaceAll("_", " ")} not told`]));
  for (const row of told) row.settings = { ...blank, ...row.settings };
}

function counts(keys: readonly Key[]): ReadonlyMap<Key, number> {
  const all = new Map<Key, number>();
  for (const key of keys) all.set(key, (all.get(key) ?? 0) + 1);
  return all;
}

/**
 * What tells rows of one model and task apart: the fewest columns from the left, of few runs a model; null where none do.
 */
function tellApart(
  rows: readonly RunRow[],
  runs: readonly Key[],
): { by: string; keys: readonly Key[]; settings: readonly Readonly<Record<string, string>>[] } | null {
  const names = new Set<string>();
  for (const { rest } of rows) for (const head in rest) names.add(head);
  if (names.size === 0) return null;
  const all = runs.length - new Set(runs).size;
  let [keys, untold] = [runs, all];
  const heads: string[] = [];
  for (const head of names) {
    const told = keys.map((key, i) => `${key}\0${rows[i]!.rest?.[head] ?? ""}`);
    const left = told.length - new Set(told).size;
    if (left >= untold) continue;
    [keys, untold] = [told, left];
    heads.push(head);
  }
  if (heads.length === 0 || untold > UNTOLD * all) return null;
  const ofModel = new Map<string, Set<string>>();
  const settings = rows.map(({ model, rest = {} }) => {
    const own = heads.flatMap((head) => (rest[head] === undefined ? [] : [[head, rest[head]] as const]));
    ofModel.set(model, (ofModel.get(model) ?? new Set()).add(JSON.stringify(own)));
    return Object.fromEntries(own);
  });
  if ([...ofModel.values()].some(({ size }) => size > MOST_RUNS)) return null;
  return { by: listed(heads, 4).replaceAll("_", " "), keys, settings };
}
