import {
  closeSync,
  fstatSync,
  fsync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Answer } from "../client/types.js";
import type { Row } from "../shared/types.js";
import { FileLock } from "./fileLock.js";
import { parseRow } from "./parseRow.js";
import { readLines, writeLines } from "./rowsFile.js";

/** A row with what is needed to know it again. */
export interface Entry {
  readonly row: Row;
  /** Names the question, its parameters and the server; null in a file that this engine did not write. */
  readonly key: string | null;
  /** What kind of answer it was; null when there was none. */
  readonly said: Said | null;
}

export type Said = Extract<Answer, { ok: true }>["outcome"];

const SAID: readonly Said[] = ["text", "tool_calls", "refusal", "filtered", "no_room", "empty"];

/**
 * The rows file of a running evaluation. Each row is written with one call before the next answer is looked at, so that
 * a process killed at any moment has lost no row that it had; what the operating system holds is synced at the end.
 */
export class Journal {
  private constructor(
    readonly path: string,
    readonly file: number,
    readonly lock: FileLock,
    /** What the file held, the last entry of each model, facet, task and epoch. */
    readonly before: ReadonlyMap<string, Entry>,
    /** Whether the file holds each of its rows once and as it is now. */
    public isTidy: boolean,
  ) {}

  /**
   * @param onNote Is told of a last line that a killed run cut short; the line is removed.
   * @throws Error when another process writes the file, or when it holds anything but rows.
   */
  static async open(path: string, onNote: (line: string) => void): Promise<Journal> {
    mkdirSync(dirname(path), { recursive: true });
    const lock = FileLock.take(path);
    const file = openSync(path, "a+");
    try {
      const before = new Map<string, Entry>();
      let lines = 0;
      // Read whole before anything is changed: a file that holds something else stays as it is.
      for await (const { number, value } of readLines(path, onNote)) {
        const entry = entryOf(value, `${path}:${number}`);
        before.set(placeOf(entry.row), entry);
        lines++;
      }
      endLastLine(path, file, lines === 0);
      return new Journal(path, file, lock, before, lines === before.size);
    } catch (error) {
      closeSync(file);
      lock.release();
      throw error;
    }
  }

  append(entry: Entry): void {
    this.isTidy = false;
    writeSync(this.file, `${lineOf(entry)}\n`);
  }

  /** Puts the file in order: `entries` first, then what it held of other questions. All of it or, if killed, nothing. */
  async rewrite(entries: Iterable<Entry>): Promise<void> {
    const others = new Map(this.before);
    const lines = function* (): Generator<string> {
      for (const entry of entries) {
        others.delete(placeOf(entry.row));
        yield lineOf(entry);
      }
      for (const entry of others.values()) yield lineOf(entry);
    };
    await writeLines(lines(), this.path);
  }

  /** @returns once the operating system has everything on disk. The file may be opened again before. */
  close(): Promise<void> {
    this.lock.release();
    return new Promise((resolve, reject) => {
      fsync(this.file, (error) => {
        closeSync(this.file);
        if (error) reject(error);
        else resolve();
      });
    });
  }
}

function lineOf({ row, key, said }: Entry): string {
  return JSON.stringify({ ...row, key, said });
}

function entryOf(value: unknown, where: string): Entry {
  const row = parseRow(value, where);
  const { key, said } = value as Readonly<Record<string, unknown>>;
  return {
    row,
    key: typeof key === "string" ? key : null,
    said: SAID.find((known) => known === said) ?? null,
  };
}

function placeOf({ model, facet, task, epoch }: Row): string {
  return JSON.stringify([model, facet, task, epoch]);
}

/** A file that does not end with a line's end was cut: what follows would be written into the broken line. */
function endLastLine(path: string, file: number, isFirst: boolean): void {
  const { size } = fstatSync(file);
  const tail = lastLine(file, size);
  if (tail.length === 0) return;
  try {
    JSON.parse(tail.toString("utf8"));
    writeSync(file, "\n");
  } catch {
    if (isFirst && !tail.toString("utf8").startsWith('{"model":'))
      throw new Error(`${path}:1: not a row. Choose another file.`);
    ftruncateSync(file, size - tail.length);
  }
}

/** What stands after the last line's end. */
function lastLine(file: number, size: number): Buffer {
  for (let length = Math.min(size, 1 << 16); ; length = Math.min(size, length * 4)) {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, size - length);
    const end = bytes.lastIndexOf(0x0a);
    if (end >= 0 || length === size) return bytes.subarray(end + 1);
  }
}
