import { Readable } from "node:stream";
import Papa from "papaparse";
import { UnreadableFile } from "./reading.js";
import { textChunks, type ByteSource } from "./textChunks.js";

/** Longest text without the end of a record, in characters: beyond it, a quote was never closed. */
const MAX_RECORD = 8 * 1024 * 1024;

/** A table's shape, known once its first record is read. */
export interface CsvHeader {
  /** Column names, trimmed. */
  readonly columns: readonly string[];
  readonly delimiter: string;
}

/**
 * Reads a table record by record, in bounded memory.
 *
 * @param onHeader Takes the first record and returns what takes the others, with their number from 1. Empty lines are
 *   passed over and not counted. Throwing in either ends the reading.
 */
export function readCsv(
  source: ByteSource,
  onHeader: (header: CsvHeader) => (cells: readonly string[], record: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let onRecord: ((cells: readonly string[], record: number) => void) | undefined;
    let records = 0;
    let pending = 0;
    const counted = async function* (): AsyncGenerator<string> {
      for await (const text of textChunks(source)) {
        pending += text.length;
        if (pending > MAX_RECORD) throw new UnreadableFile(`a record runs over 8 MB: is a quote left open?`);
        yield text;
      }
    };
    const input = Readable.from(counted());
    const fail = (error: unknown): void => {
      input.destroy();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    Papa.parse<string[]>(input, {
      skipEmptyLines: "greedy",
      chunk: ({ data, meta }, parser) => {
        if (data.length > 0) pending = 0;
        try {
          for (const cells of data) {
            if (onRecord === undefined) {
              onRecord = onHeader({ columns: cells.map((cell) => cell.trim()), delimiter: meta.delimiter });
            } else onRecord(cells, ++records);
          }
        } catch (error) {
          parser.abort();
          fail(error);
        }
      },
      error: fail,
      complete: () => resolve(),
    });
  });
}

/** The first record of a table's beginning, trimmed. */
export function csvColumns(head: string): readonly string[] {
  const [first] = Papa.parse<string[]>(head, { preview: 1, skipEmptyLines: "greedy" }).data;
  return (first ?? []).map((cell) => cell.trim());
}
