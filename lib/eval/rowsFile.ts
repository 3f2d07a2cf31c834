import { statSync } from "node:fs";
import { open } from "node:fs/promises";
import { isObject, parsedJson, shownValue } from "../shared/json.js";
import type { Row } from "../shared/types.js";
import { writeWhole } from "../shared/writeWhole.js";

/**
 * Writes rows as JSONL: the whole file or, if the writer is killed, nothing of it. Folders are made as needed.
 *
 * @throws Error of the file system.
 */
export async function saveRows(rows: readonly Row[], path: string): Promise<void> {
  await writeWhole(path, linesOf(rows));
}

/** Rows written at once. */
const ROWS_AT_ONCE = 1000;

function* linesOf(rows: readonly Row[]): Generator<string> {
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE)
    yield rows
      .slice(i, i + ROWS_AT_ONCE)
      .map((row) => `${JSON.stringify(row)}\n`)
      .join("");
}

/**
 * Reads rows from JSONL. Of several rows of one model, facet, task and epoch the last counts: it was asked later. A last
 * line that a killed writer cut short is left out, with a warning.
 *
 * @param options `optional`: a file that is not there holds no rows. Default: it is an error.
 * @throws Error that names the file when it is not there and, when a line is no row, the line and the field.
 */
export async function loadRows(
  path: string,
  { optional = false }: { readonly optional?: boolean } = {},
): Promise<readonly Row[]> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found && optional) return [];
  if (!found || found.isDirectory())
    throw new Error(
      `loadRows: there is no file ${path}. Run the evaluation once, which writes it, name another file, or give external scores alone.`,
    );
  const rows = new Map<string, Row>();
  let number = 0;
  let broken: number | null = null;
  const file = await open(path);
  for await (const line of file.readLines()) {
    number++;
    if (line.trim() === "") continue;
    // Only the last line can have been cut by a killed writer.
    if (broken !== null) break;
    const value = parsedJson(line.replace(/^\uFEFF/, ""));
    if (value === undefined) broken = number;
    else {
      const row = parseRow(value, `${path}:${number}`);
      rows.set(JSON.stringify([row.model, row.facet, row.task, row.epoch]), row);
    }
  }
  if (broken !== null && (broken < number || rows.size === 0))
    throw new Error(`${path}:${broken}: not JSON. Mend or remove the line.`);
  if (broken !== null)
    console.warn(`${path}: the last line was cut short, as by a killed run, and is left out.`);
  return [...rows.values()];
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
  const wrong = (name: string, wanted: string): Error =>
    new Error(`${where}: "${name}" must be ${wanted}, got ${shownValue(value[name])}.`);
  const text = (name: string): string => {
    const field = value[name];
    if (typeof field !== "string") throw wrong(name, "text");
    return field;
  };
  const textOrNull = (name: string): string | null => (value[name] == null ? null : text(name));
  const atLeastZero = (name: string): number => {
    const field = value[name];
    if (typeof field !== "number" || !(field >= 0)) throw wrong(name, "a number from 0 up");
    return field;
  };

  const outcome = OUTCOMES.find((known) => known === value["outcome"]);
  if (!outcome) throw wrong("outcome", OUTCOMES.map((known) => `"${known}"`).join(", "));
  const score = value["score"] == null ? null : atLeastZero("score");
  if (score !== null && score > 1) throw wrong("score", "a number in [0, 1] or null");
  if ((score === null) === (outcome === "scored"))
    throw wrong(
      "score",
      outcome === "scored" ? "a number in [0, 1]" : `null, since "outcome" is "${outcome}"`,
    );
  const epoch = value["epoch"] === undefined ? 0 : atLeastZero("epoch");
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
    cached: value["cached"] === true,
    costUsd: value["costUsd"] == null ? null : atLeastZero("costUsd"),
    latencyMs: value["latencyMs"] == null ? 0 : atLeastZero("latencyMs"),
    provider: textOrNull("provider"),
    ...(value["judge"] == null ? {} : { judge: text("judge") }),
  };
}
