import { Papa } from "../../shared/csv.js";
import { textChunks, UnreadableFile, type ByteSource } from "./byteSource.js";

/** Longest text without the end of a record, in characters: beyond it, a quote was never closed. */
const MAX_RECORD = 8 * 1024 * 1024;

type Cells = readonly string[];
/** What papaparse's core returns of a text, up to its last complete record. */
interface Parsed {
  readonly data: readonly Cells[];
  readonly errors: readonly { readonly row: number }[];
  readonly meta: { readonly cursor: number };
}

/**
 * Reads a table record by record, in bounded memory. Lines may end in any of "\n", "\r\n" and "\r", also in one file;
 * within cells all become "\n".
 *
 * @param delimiter One character.
 * @param onRecord Takes each record's cells as written, with its number from 0. Blank lines are passed over and not
 *   counted. Throwing ends the reading.
 * @throws UnreadableFile where a quote is left open or out of place: it swallows the lines after it.
 * @see RFC 4180
 */
export async function readCsv(
  source: ByteSource,
  delimiter: string,
  onRecord: (cells: Cells, record: number) => void,
): Promise<void> {
  let records = 0;
  let rest = "";
  const take = (text: string, isLast: boolean): void => {
    const { data, fault, end } = split(text, delimiter, isLast);
    for (const cells of data) if (!isBlank(cells)) onRecord(cells, records++);
    if (fault)
      throw new UnreadableFile(
        `a quote is left open or out of place after record ${Math.max(0, records - 1)}`,
      );
    rest = text.slice(end);
    if (rest.length > MAX_RECORD) throw new UnreadableFile("a record runs over 8 MB: is a quote left open?");
  };
  for await (const text of lineEndings(source)) take(rest + text, false);
  take(rest === "" ? "" : `${rest}\n`, true);
}

/** The records of a table's beginning, up to `most` or the first fault. */
export function firstRecords(head: string, delimiter: string, most: number): readonly Cells[] {
  const { data } = split(`${head.replaceAll(/\r\n?/g, "\n")}\n`, delimiter, true, most);
  return data.filter((cells) => !isBlank(cells));
}

/** The text's complete records up to the first fault, and where the last of them ends. */
function split(
  text: string,
  delimiter: string,
  isLast: boolean,
  preview = 0,
): { readonly data: readonly Cells[]; readonly fault: boolean; readonly end: number } {
  const parser = new Papa.Parser({ delimiter, newline: "\n", preview });
  const { data, errors, meta } = parser.parse(text, 0, !isLast) as Parsed;
  // What follows the last complete record has faults only for want of its end.
  const bad = errors.find(({ row }) => isLast || row < data.length);
  return { data: data.slice(0, bad?.row), fault: bad !== undefined, end: meta.cursor };
}

const isBlank = (cells: Cells): boolean => cells.every((cell) => cell.trim() === "");

/** The source's text with every line ending in "\n". */
async function* lineEndings(source: ByteSource): AsyncGenerator<string> {
  let held = "";
  for await (const chunk of textChunks(source)) {
    const text = held + chunk;
    // "\r" at the very end may be the first half of "\r\n".
    held = text.endsWith("\r") ? "\r" : "";
    const whole = held === "" ? text : text.slice(0, -1);
    yield whole.includes("\r") ? whole.replaceAll(/\r\n?/g, "\n") : whole;
  }
  yield held === "" ? "" : "\n";
}
