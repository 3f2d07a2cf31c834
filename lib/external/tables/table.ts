import { numberOf } from "../../shared/json.js";
import { type ByteSource, firstRecords, firstText, readCsv } from "../sources/index.js";
import type { ExternalFormat } from "../types.js";
import { isKnown, roleOf, subjectOf } from "./heads.js";

/** Rows under heads, whatever kind of file they stand in. */
export interface Table {
  readonly format: ExternalFormat;
  /** The heads, trimmed. */
  readonly columns: readonly string[];
  /** What stands before the heads. */
  readonly preamble: string;
  /** Whether "0,500" is one half. */
  readonly decimalComma: boolean;
  /** What else the file holds that is not read, in a sentence. */
  readonly note?: string;
  /** Reads the rows, in bounded memory. */
  read(onRow: OnRow, onBad: OnBad): Promise<void>;
}
/** Takes a row's cells, trimmed, in the order of the heads, with its number from 1. */
export type OnRow = (cells: readonly string[], row: number) => void;
/** Told of a row that cannot be read, with the reason. */
export type OnBad = (row: number, why: string) => void;
/** Whether these cells are the heads of a table that is known. */
export type IsHeads = (cells: readonly string[]) => boolean;

/** Takes rows by their columns' names; of two of one name, the first. Text is "" where the table has no such column. */
export function byName({ columns }: Table, take: (cell: (column: string) => string) => void): OnRow {
  const places = new Map(columns.map((column, i) => [column, i] as const).toReversed());
  return (cells) => take((column) => cells[places.get(column) ?? -1] ?? "");
}

/** Records in which heads are looked for: titles, comments and "sep=;" may stand before them. */
const MOST_BEFORE = 20;

type Records = readonly (readonly string[])[];
/** A table's heads, and the last record that they stand in. */
type Heads = readonly [at: number, columns: readonly string[]];

const isText = (cell = ""): boolean => cell !== "" && numberOf(cell) === null;
const toldOf = (cells: readonly string[]): number => cells.filter((cell) => cell !== "").length;

/**
 * The heads among these records, null for none: the first that may be, or the one below where that tells more, as under
 * heads of groups. They may have levels: "gsm8k" above "mean" and "std", and below them, as pandas writes it, "model,,".
 */
function headsIn(records: Records, isHeads: IsHeads): Heads | null {
  const end = records.findIndex((cells, i) => {
    const isNamed = (cell: string, place: number): boolean =>
      cell === "" ? isText(records[i - 1]?.[place]) : roleOf(cell) !== undefined;
    return cells[0] !== "" && cells.includes("") && cells.every(isNamed);
  });
  const names = records[end] ?? [];
  const levels = records.slice(0, Math.max(end, 0)).filter((cells) => isText(cells[names.indexOf("")]));
  if (isHeads(joined(levels, names))) return [end, joined(levels, names)];
  const at = records.findIndex(isHeads);
  if (at === -1) return headsAcross(records, isHeads);
  const [columns = [], below = []] = records.slice(at);
  if (toldOf(below) > toldOf(columns) && isHeads(below)) return [at + 1, below];
  const [first = ""] = columns;
  const isLevel = below.every((cell, i) => (i === 0 ? cell === "" || cell === first : isText(cell)));
  const isRepeated = new Set(joined([columns], [first])).size < columns.length;
  const both = joined([columns, below], [first]);
  return isLevel && isRepeated && isHeads(both) ? [at + 1, both] : [at, columns];
}

/** Levels of heads as one, below names of their own. A blank cell goes on from the one to its left, as merged cells do. */
function joined(levels: Records, names: readonly string[]): readonly string[] {
  const last = levels.at(-1) ?? [];
  const filled = levels.map((cells) => {
    let left = "";
    return last.map((_, i) => (names[i] ? "" : (left = cells[i] || left)));
  });
  const own = filled.at(-1) ?? [];
  const isTold = new Set(own.filter(Boolean)).size === toldOf(own);
  return own.map((cell, i) => names[i] || (isTold ? cell : filled.map((cells) => cells[i]).join(" ")));
}

/** Neither a number nor a metric's head. */
function mayNameModel(head: string): boolean {
  const isMetric = /^(?:score|part)$/.test(roleOf(head) ?? "");
  return !isMetric && numberOf(head) === null && (subjectOf(head) !== "" || subjectOf(head, true) === "");
}

/** Heads that are models, above rows that are tasks by their names alone: their corner may say anything. */
function headsAcross(records: Records, isHeads: IsHeads): Heads | null {
  const at = records.findIndex(([, ...heads], i) => {
    const tasks = records.slice(i + 1).filter(([name = ""]) => isKnown(name));
    return tasks.length > 1 && heads.every(mayNameModel) && isHeads(["task", ...heads]);
  });
  return at === -1 ? null : [at, ["task", ...records[at]!.slice(1)]];
}

/** Records that are in memory, as of a sheet, as a table; null where no heads are among the first of them. */
export function tableOf(
  format: ExternalFormat,
  records: readonly (readonly string[])[],
  isHeads: IsHeads,
  preamble = "",
): Table | null {
  const heads = headsIn(records.slice(0, MOST_BEFORE).map(trimmed), isHeads);
  if (heads === null) return null;
  const [at, columns] = heads;
  const read: Table["read"] = async (onRow, onBad) => {
    const take = rowTaker(columns, isHeads, onRow, onBad);
    for (const [i, cells] of records.entries()) if (i > at) take(cells, i - at);
  };
  return { format, columns, preamble, decimalComma: false, read };
}

/**
 * A text file as a table split by commas, tabs, semicolons or bars: by what makes known heads of one of its first
 * records, and else by what splits the first into the most columns.
 */
export async function csvTable(source: ByteSource, isHeads: IsHeads): Promise<Table> {
  const head = await firstText(source);
  const candidates = [",", "\t", ";", "|"].map((delimiter) => {
    const records = firstRecords(head, delimiter, MOST_BEFORE).map(trimmed);
    const heads = headsIn(records, isHeads);
    const [at, columns] = heads ?? [0, records[0] ?? []];
    const preamble = records
      .slice(0, at)
      .map((cells) => cells.join(delimiter))
      .join("\n");
    return { delimiter, at, columns, rank: heads === null ? MOST_BEFORE : at, preamble };
  });
  const [best] = candidates.toSorted((a, b) => a.rank - b.rank || b.columns.length - a.columns.length);
  const { delimiter, at, columns, preamble } = best!;
  const read: Table["read"] = (onRow, onBad) => {
    const take = rowTaker(columns, isHeads, onRow, onBad);
    return readCsv(source, delimiter, (cells, record) => {
      if (record > at) take(cells, record - at);
    });
  };
  return { format: "CSV", columns, preamble, decimalComma: delimiter === ";", read };
}

/** Passes on the rows that stand under their heads, up to where other heads begin. */
function rowTaker(columns: readonly string[], areKnown: IsHeads, onRow: OnRow, onBad: OnBad): OnRow {
  const heads = new Set(columns);
  let hasEnded = false;
  return (written, row) => {
    if (hasEnded) return;
    const cells = trimmed(written);
    const isLike = (): boolean => cells.slice(0, 3).every((cell) => heads.has(cell));
    const isHeads = isText(cells[1]) && (isLike() || (cells[0] === columns[0] && areKnown(cells)));
    if (isHeads) {
      hasEnded = cells.some((cell, i) => cell !== (columns[i] ?? ""));
      if (hasEnded) onBad(row, "another table begins here: give it a file of its own");
    } else if (cells.slice(columns.length).some((cell) => cell !== ""))
      onBad(row, `${cells.length} cells under ${columns.length} columns: put a decimal comma in quotes`);
    else onRow(cells, row);
  };
}

/** Without the spaces about each cell, and without the quotes of one that stands behind spaces. */
function trimmed(cells: readonly string[]): readonly string[] {
  return cells.map((cell) => {
    const text = cell.trim();
    return cell.startsWith(" ") && /^"[^"]+"$/.test(text) ? text.slice(1, -1) : text;
  });
}
