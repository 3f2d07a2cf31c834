import { randomBytes } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { isObject, shownValue } from "../shared/json.js";
import type { Row } from "../shared/types.js";

/**
 * Writes rows as JSONL: the whole file or, if the writer is killed, nothing of it. Folders are made as needed.
 *
 * @throws Error of the file system.
 */
export async function saveRows(rows: readonly Row[], path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // Written beside, synced, and put in the place of the old one.
  const beside = `${path}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    const file = await open(beside, "wx");
    try {
      for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
        await file.appendFile(
          rows
            .slice(i, i + ROWS_AT_ONCE)
            .map((row) => `${JSON.stringify(row)}\n`)
            .join(""),
        );
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

const ROWS_AT_ONCE = 1000;

/** How rows are read. */
export interface LoadOptions {
  /** true: a file that is not there holds no rows. Default: it is an error. */
  readonly optional?: boolean;
  /** Told of a last line that a killed writer cut short and that is left out. Default: a warning on stderr. */
  readonly onNote?: (line: string) => void;
}

/**
 * Reads rows from JSONL. Of several rows of one model, facet, task and epoch the last counts: it was asked later.
 *
 * @throws Error that names the file when it is not there and, when a line is no row, the line and the field.
 */
export async function loadRows(
  path: string,
  { optional = false, onNote = console.warn }: LoadOptions = {},
): Promise<readonly Row[]> {
  if (!existsSync(path)) {
    if (optional) return [];
    throw new Error(
      `loadRows: there is no file ${path}. Run the evaluation once, which writes it, name another file, or give external scores alone.`,
    );
  }
  const rows = new Map<string, Row>();
  for await (const { number, value } of readLines(path, onNote)) {
    const row = parseRow(value, `${path}:${number}`);
    rows.set(JSON.stringify([row.model, row.facet, row.task, row.epoch]), row);
  }
  return [...rows.values()];
}

/** The lines of a JSONL file, from 1. Empty ones are passed over, and so is a last one without its end that is no JSON. */
async function* readLines(
  path: string,
  onNote: (line: string) => void,
): AsyncGenerator<{ readonly number: number; readonly value: unknown }> {
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

const OUTCOMES: readonly Row["outcome"][] = ["scored", "unscored", "failed"];

/**
 * A Row from outside data. Further fields are left out.
 *
 * @param where File and line, for the message.
 * @throws Error that names the field, what it got and what it wants.
 */
function parseRow(value: unknown, where: string): Row {
  if (!isObject(value)) throw new Error(`${where}: a row must be a JSON object, got ${shownValue(value)}.`);
  const fields = value;
  const wrong = (name: string, wanted: string): Error =>
    new Error(`${where}: "${name}" must be ${wanted}, got ${shownValue(fields[name])}.`);
  const text = (name: string): string => {
    const field = fields[name];
    if (typeof field !== "string") throw wrong(name, "text");
    return field;
  };
  const textOrNull = (name: string): string | null => (fields[name] == null ? null : text(name));
  const atLeastZero = (name: string): number => {
    const field = fields[name];
    if (typeof field !== "number" || !(field >= 0)) throw wrong(name, "a number from 0 up");
    return field;
  };

  const outcome = OUTCOMES.find((known) => known === fields["outcome"]);
  if (!outcome) throw wrong("outcome", OUTCOMES.map((known) => `"${known}"`).join(", "));
  const score = fields["score"] == null ? null : atLeastZero("score");
  if (score !== null && score > 1) throw wrong("score", "a number in [0, 1] or null");
  if ((score === null) === (outcome === "scored"))
    throw wrong(
      "score",
      outcome === "scored" ? "a number in [0, 1]" : `null, since "outcome" is "${outcome}"`,
    );
  const epoch = fields["epoch"] === undefined ? 0 : atLeastZero("epoch");
  if (!Number.isInteger(epoch)) throw wrong("epoch", "a whole number");
  return {
    model: text("model"),
    facet: text("facet"),
    task: text("task"),
    epoch,
    prompt: text("prompt"),
    response: text("response"),
    score,
    outcome,
    reason: textOrNull("reason"),
    explanation: textOrNull("explanation") ?? "",
    finish: textOrNull("finish"),
    cached: fields["cached"] === true,
    costUsd: fields["costUsd"] == null ? null : atLeastZero("costUsd"),
    latencyMs: fields["latencyMs"] == null ? 0 : atLeastZero("latencyMs"),
    provider: textOrNull("provider"),
  };
}
