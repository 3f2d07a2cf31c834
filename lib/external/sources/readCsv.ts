import { textChunks, UnreadableFile, type ByteSource } from "./byteSource.js";

/** Longest text without the end of a record, in characters: beyond it, a quote was never closed. */
const MAX_RECORD = 8 * 1024 * 1024;

/**
 * Reads a table record by record, in bounded memory. Lines may end in any of "\n", "\r\n" and "\r", also in one file.
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
  onRecord: (cells: readonly string[], record: number) => void,
): Promise<void> {
  const splitter = new Splitter(delimiter, onRecord);
  let rest = "";
  for await (const text of textChunks(source)) {
    rest = splitter.split(rest + text, false);
    if (rest.length > MAX_RECORD) throw new UnreadableFile("a record runs over 8 MB: is a quote left open?");
  }
  splitter.split(rest, true);
}

/** The records of a table's beginning, up to `most` or the first fault. */
export function firstRecords(head: string, delimiter: string, most: number): readonly (readonly string[])[] {
  const records: (readonly string[])[] = [];
  try {
    new Splitter(delimiter, (cells) => {
      if (records.push(cells) >= most) throw new UnreadableFile("enough");
    }).split(head, true);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
  }
  return records;
}

/** Cuts text into records and cells. */
class Splitter {
  #records = 0;
  readonly #bare: RegExp;

  constructor(
    readonly delimiter: string,
    readonly onRecord: (cells: readonly string[], record: number) => void,
  ) {
    this.#bare = new RegExp(`[^${delimiter}\\r\\n]*`, "y");
  }

  /** Hands over the text's complete records. @returns What is left: a record whose end has not come yet. */
  split(text: string, isLast: boolean): string {
    let [at, feed, turn, quote] = [0, -1, -1, -1];
    const next = (of: string, known: number): number => {
      const found = known < at ? text.indexOf(of, at) : known;
      return found === -1 ? text.length : found;
    };
    while (at < text.length) {
      [feed, turn, quote] = [next("\n", feed), next("\r", turn), next('"', quote)];
      let end = Math.min(feed, turn);
      let cells: readonly string[] | null;
      if (quote > end) cells = text.slice(at, end).split(this.delimiter);
      else [cells, end] = this.#quoted(text, at, isLast);
      // "\r" at the very end may be the first half of "\r\n".
      if (cells === null || (!isLast && end >= text.length - 1 && text[end] !== "\n")) return text.slice(at);
      at = end + (text.startsWith("\r\n", end) ? 2 : 1);
      if (cells.some((cell) => cell.trim() !== "")) this.onRecord(cells, this.#records++);
    }
    return "";
  }

  /** A record with quotes in it, and where it ends; null where its end has not come yet. */
  #quoted(text: string, from: number, isLast: boolean): [cells: string[] | null, end: number] {
    const cells: string[] = [];
    for (let at = from; ; at += 1) {
      const open = this.#past(/ */y, text, at);
      const close = text[open] === '"' ? closingQuote(text, open + 1) : open;
      if (close === -1 && !isLast) return [null, from];
      let end = this.#past(/ */y, text, close + 1);
      const isClosed = close > open && (end >= text.length || this.#isEnd(text[end]!));
      if (!isClosed && text[at] === '"')
        throw new UnreadableFile(
          `a quote is left open or out of place after record ${Math.max(0, this.#records - 1)}`,
        );
      if (!isClosed) end = this.#past(this.#bare, text, at);
      cells.push(isClosed ? text.slice(open + 1, close).replaceAll('""', '"') : text.slice(at, end));
      if (text[end] !== this.delimiter) return [cells, end];
      at = end;
    }
  }

  /** Where a run of characters that begins here ends. */
  #past(run: RegExp, text: string, from: number): number {
    run.lastIndex = from;
    run.test(text);
    return run.lastIndex;
  }

  #isEnd(character: string): boolean {
    return character === this.delimiter || character === "\n" || character === "\r";
  }
}

/** Where a quoted cell's closing quote stands: two in a row are one of its text. -1 for none. */
function closingQuote(text: string, from: number): number {
  let quote = text.indexOf('"', from);
  while (quote !== -1 && text[quote + 1] === '"') quote = text.indexOf('"', quote + 2);
  return quote;
}
