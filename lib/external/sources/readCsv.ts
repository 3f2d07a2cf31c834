import { Readable } from "node:stream";
import { Papa } from "../../shared/csv.js";
import { firstText, textChunks, UnreadableFile, type ByteSource } from "./byteSource.js";

/** Longest text without the end of a record, in characters: beyond it, a quote was never closed. */
const MAX_RECORD = 8 * 1024 * 1024;

/** A record's cell by its column's name, trimmed; "" where the table has no such column. */
export type CellOf = (column: string) => string;

/** Reads a table whose columns are known by name, record by record from 1, in bounded memory. */
export async function readCsvTable(
  source: ByteSource,
  onRecord: (cell: CellOf, record: number) => void,
): Promise<void> {
  const places = new Map<string, number>();
  await readCsv(source, (cells, record) => {
    if (record > 0) return onRecord((column) => cells[places.get(column) ?? -1]?.trim() ?? "", record);
    for (const [i, cell] of cells.entries()) if (!places.has(cell.trim())) places.set(cell.trim(), i);
  });
}

/**
 * Reads a table record by record, in bounded memory.
 *
 * @param onRecord Takes each record with its number, 0 for the header. Empty lines are passed over and not counted.
 *   Throwing ends the reading.
 */
export async function readCsv(
  source: ByteSource,
  onRecord: (cells: readonly string[], record: number) => void,
): Promise<void> {
  const head = await firstText(source);
  return new Promise((resolve, reject) => {
    let records = 0;
    let pending = 0;
    const counted = async function* (): AsyncGenerator<string> {
      for await (const text of textChunks(source)) {
        pending += text.length;
        if (pending > MAX_RECORD) throw new UnreadableFile("a record runs over 8 MB: is a quote left open?");
        yield text;
      }
    };
    const input = Readable.from(counted(), { highWaterMark: 1 });
    const fail = (error: unknown): void => {
      input.destroy();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    Papa.parse<string[]>(input, {
      skipEmptyLines: "greedy",
      delimiter: delimiterOf(head),
      newline: newlineOf(head),
      chunk: ({ data, errors }, parser) => {
        if (data.length > 0) pending = 0;
        try {
          // Such a quote swallows the lines after it: what is left cannot be told from the table as it was meant. A row
          // past the data is the chunk's last, cut in the middle, and is read again with the next.
          if (errors.some(({ type, row = 0 }) => type === "Quotes" && row < data.length)) {
            const last = Math.max(0, records - 1);
            throw new UnreadableFile(`a quote is left open or out of place after record ${last}`);
          }
          for (const cells of data) onRecord(cells, records++);
        } catch (error) {
          // Before the abort, which papaparse reports as complete.
          fail(error);
          parser.abort();
        }
      },
      error: fail,
      complete: () => resolve(),
    });
  });
}

/** The first record of a table's beginning, trimmed. */
export function csvColumns(head: string): readonly string[] {
  return firstRecord(head, delimiterOf(head)).map((cell) => cell.trim());
}

/** What splits the header into the most columns: names in the rows may hold any of these. */
export function delimiterOf(head: string): string {
  const [best] = [",", "\t", ";", "|"]
    .map((delimiter) => ({ delimiter, columns: firstRecord(head, delimiter).length }))
    .toSorted((a, b) => b.columns - a.columns);
  return best!.delimiter;
}

/** The first line's end. papaparse would take a chunk that is cut within "\r\n" to have lines that end in "\r". */
function newlineOf(head: string): "\r\n" | "\n" | "\r" {
  const [end] = /\r\n|\n|\r/.exec(head.replaceAll(/"[^"]*"/g, "")) ?? ["\n"];
  return end === "\r\n" || end === "\r" ? end : "\n";
}

function firstRecord(head: string, delimiter: string): readonly string[] {
  return Papa.parse<string[]>(head, { preview: 1, skipEmptyLines: "greedy", delimiter }).data[0] ?? [];
}
