import { randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { Row } from "../shared/types.js";
import { parseRow } from "./parseRow.js";

/**
 * Writes rows as JSONL: the whole file or, if the writer is killed, nothing of it. Folders are made as needed.
 *
 * @throws Error of the file system.
 */
export async function saveRows(rows: readonly Row[], path: string): Promise<void> {
  await writeLines(
    rows.map((row) => JSON.stringify(row)),
    path,
  );
}

/**
 * Reads rows from JSONL. Of several rows of one model, facet, task and epoch the last counts: it was asked later. A last
 * line that a killed writer cut short is left out, and `onNote` is told.
 *
 * @param onNote Default: a warning on stderr.
 * @throws Error that names the file, the line and the field, when any other line is no row.
 */
export async function loadRows(
  path: string,
  onNote: (line: string) => void = console.warn,
): Promise<readonly Row[]> {
  const rows = new Map<string, Row>();
  for await (const line of readLines(path, onNote)) {
    const row = parseRow(line.value, `${path}:${line.number}`);
    rows.set(JSON.stringify([row.model, row.facet, row.task, row.epoch]), row);
  }
  return [...rows.values()];
}

/** A line of a JSONL file, from 1. */
export interface JsonLine {
  readonly number: number;
  readonly value: unknown;
}

/**
 * The lines of a JSONL file. Empty lines are passed over, and so is a last line without its end that is no JSON: a killed
 * writer cut it. `onNote` is told of it.
 *
 * @throws Error that names the file and the line when any other line is no JSON.
 */
export async function* readLines(path: string, onNote: (line: string) => void): AsyncGenerator<JsonLine> {
  let number = 0;
  let rest = "";
  for await (const chunk of createReadStream(path, "utf8")) {
    const lines = (rest + String(chunk)).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      number++;
      if (line.trim() === "") continue;
      const value = parsed(line);
      if (value === undefined) throw new Error(`${path}:${number}: not JSON. Mend or remove the line.`);
      yield { number, value };
    }
  }
  if (rest.trim() === "") return;
  const value = parsed(rest);
  if (value !== undefined) yield { number: number + 1, value };
  else onNote(`${path}: the last line was cut short, as by a killed run, and is left out.`);
}

/** undefined, which JSON cannot say, when the line is no JSON. */
function parsed(line: string): unknown {
  try {
    return JSON.parse(line.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}

/** Writes lines to a file beside, syncs it, and puts it in the place of the old one. */
export async function writeLines(lines: Iterable<string>, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = await open(beside, "wx");
    try {
      let chunk = "";
      for (const line of lines) {
        chunk += `${line}\n`;
        if (chunk.length < 1 << 16) continue;
        await file.appendFile(chunk);
        chunk = "";
      }
      await file.appendFile(chunk);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
