import { type ByteSource, firstRecords, firstText, readCsv } from "../sources/index.js";
import type { ExternalFormat } from "../types.js";

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

/** Which record has the heads: the first that may, or the one below it where that tells more, as under heads of groups. */
function headsAt(records: readonly (readonly string[])[], isHeads: IsHeads): number {
  const at = records.findIndex(isHeads);
  const told = (place: number): number => records[place]?.filter((cell) => cell !== "").length ?? 0;
  return told(at + 1) > told(at) && at !== -1 && isHeads(records[at + 1]!) ? at + 1 : at;
}

/** Records that are in memory, as of a sheet, as a table; null where no heads are among the first of them. */
export function tableOf(
  format: ExternalFormat,
  records: readonly (readonly string[])[],
  isHeads: IsHeads,
  preamble = "",
): Table | null {
  const at = headsAt(records.slice(0, MOST_BEFORE).map(trimmed), isHeads);
  if (at === -1) return null;
  const columns = trimmed(records[at]!);
  const read: Table["read"] = async (onRow, onBad) => {
    const take = rowTaker(columns, onRow, onBad);
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
    const found = headsAt(records, isHeads);
    const at = Math.max(found, 0);
    const preamble = records
      .slice(0, at)
      .map((cells) => cells.join(delimiter))
      .join("\n");
    return { delimiter, at, columns: records[at] ?? [], rank: found === -1 ? MOST_BEFORE : at, preamble };
  });
  const [best] = candidates.toSorted((a, b) => a.rank - b.rank || b.columns.length - a.columns.length);
  const { delimiter, at, columns, preamble } = best!;
  const read: Table["read"] = (onRow, onBad) => {
    const take = rowTaker(columns, onRow, onBad);
    return readCsv(source, delimiter, (cells, record) => {
      if (record > at) take(cells, record - at);
    });
  };
  return { format: "CSV", columns, preamble, decimalComma: delimiter === ";", read };
}

/** Passes on the rows that stand under their heads, up to where other heads begin. */
function rowTaker(columns: readonly string[], onRow: OnRow, onBad: OnBad): OnRow {
  const heads = new Set(columns);
  let hasEnded = false;
  return (written, row) => {
    if (hasEnded) return;
    const cells = trimmed(written);
    const isHeads = cells.length > 1 && cells.slice(0, 3).every((cell) => heads.has(cell)) && cells[1] !== "";
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
