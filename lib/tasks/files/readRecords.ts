import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Papa } from "../../shared/csv.js";
import { isObject, parsedJson, shownValue, type Fields } from "../../shared/json.js";

/** One record of a file. */
export interface FileRecord {
  readonly fields: Fields;
  /** Where it begins, from 1; in a file that is one JSON list, its place there. */
  readonly line: number;
  /** Every field is a cell's text, and an empty cell is no field. */
  readonly isCsv: boolean;
}

/** What is wrong with a file or a record in it: what was got and what is wanted. */
export class BadRecord extends Error {
  override readonly name = "BadRecord";
  constructor(
    message: string,
    readonly line?: number,
  ) {
    super(message);
  }
}

/** What `read` gives. A fault that it finds is told with the file, and with its own line or else the given one. */
export function readingAt<T>(caller: string, file: string, line: number | null, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BadRecord)) throw error;
    const at = error.line ?? line;
    const where = at === null ? file : `${file}, line ${at}`;
    throw new TypeError(`${caller}: ${where}: ${error.message}`, { cause: error });
  }
}

/**
 * The records of a file: JSON lines, one JSON list or object, or a CSV table with a head (comma, semicolon or tab). Gzip
 * and a byte-order mark are taken off, empty lines passed over. MMLU's tables, which have no head, get theirs.
 *
 * @throws BadRecord for a file that is none of these, cannot be read or holds no record.
 */
export function readRecords(file: string): readonly FileRecord[] {
  const plain = bytesOf(file);
  if (!isUtf8(plain)) throw new BadRecord("not UTF-8 text; save it as UTF-8.");
  const text = new TextDecoder().decode(plain);
  const isJson = /\.jsonl?(?:\.gz)?$/i.test(file) || (/^\s*[[{]/.test(text) && !/\.[ct]sv\b/i.test(file));
  const records = isJson ? jsonRecords(text) : csvRecords(text);
  if (records.length === 0) throw new BadRecord("it holds no record.");
  return records;
}

function bytesOf(file: string): Buffer {
  try {
    const bytes = readFileSync(file);
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new BadRecord(code === "ENOENT" ? "there is no such file." : `it cannot be read: ${message}.`);
  }
}

function jsonRecords(text: string): readonly FileRecord[] {
  const whole = parsedJson(text);
  const items = whole === undefined ? text.split(/\r?\n/) : [whole].flat();
  return items.flatMap((item: unknown, i) => {
    if (typeof item === "string" && item.trim() === "") return [];
    const fields = typeof item === "string" ? parsedJson(item) : item;
    if (isObject(fields)) return [{ fields, line: i + 1, isCsv: false }];
    const got = fields === undefined ? `not JSON: ${String(item).slice(0, 60)}` : shownValue(fields);
    throw new BadRecord(`${got}; a line holds one JSON object.`, i + 1);
  });
}

const MMLU = ["question", "A", "B", "C", "D", "answer"];

function csvRecords(text: string): readonly FileRecord[] {
  const { data, errors } = Papa.parse<string[]>(text);
  let next = 1;
  const rows = data.map((cells) => {
    const line = next;
    next += cells.join("").split(/\r\n|\r|\n/).length;
    return { cells: cells.map((cell) => cell.trim()), line };
  });
  const open = errors.find(({ type }) => type === "Quotes");
  if (open) throw new BadRecord("a quote is left open or out of place.", rows[open.row ?? 0]?.line);
  const filled = rows.filter(({ cells }) => cells.some((cell) => cell !== ""));
  const first = filled[0]?.cells ?? [];
  const isHeadless = first.length === MMLU.length && /^[A-D]$/.test(first.at(-1)!);
  const head = isHeadless ? MMLU : first;
  const twice = head.find((name, i) => name !== "" && head.indexOf(name) < i);
  if (twice !== undefined) throw new BadRecord(`two columns are named "${twice}".`, filled[0]?.line);
  return filled.slice(isHeadless ? 0 : 1).map(({ cells, line }) => {
    const given = cells.map((cell, i) => [head[i] ?? "", cell] as const).filter(([, cell]) => cell !== "");
    if (given.every(([key]) => key !== "")) return { fields: Object.fromEntries(given), line, isCsv: true };
    const got = `${cells.length} cells where the head names ${head.length}`;
    throw new BadRecord(`${got}; a text with commas must stand in double quotes.`, line);
  });
}
