import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** An answer with a person's verdict on it. */
export interface LabelledAnswer {
  readonly id?: string;
  /** Name of the task it answers. */
  readonly task: string;
  readonly response: string;
  /** Does it meet what the prompt asks? */
  readonly correct: boolean;
  readonly reason?: string;
  /** People would argue about it: left out of an audit unless asked for. */
  readonly debatable?: boolean;
}

const OURS = new URL("../../data/labelled_answers.jsonl", import.meta.url);

/**
 * Reads labelled answers, one JSON object a line; empty lines are skipped. A reader adds a row by adding a line.
 *
 * @param path The project's own `data/labelled_answers.jsonl` when absent.
 * @throws TypeError for a line that is not such an object, naming the file, the line and the field.
 */
export async function loadLabelled(path?: string): Promise<readonly LabelledAnswer[]> {
  const file = path ?? fileURLToPath(OURS);
  const lines = (await readFile(file, "utf8")).split(/\r?\n/);
  return lines.flatMap((line, i) =>
    line.trim() === "" ? [] : [labelledFrom(line, `${file}, line ${i + 1}`)],
  );
}

const FIELDS = { task: "string", response: "string", correct: "boolean" } as const;
const OPTIONAL = { id: "string", reason: "string", debatable: "boolean" } as const;

function labelledFrom(line: string, where: string): LabelledAnswer {
  let row: Record<string, unknown>;
  try {
    row = Object(JSON.parse(line)) as Record<string, unknown>;
  } catch (cause) {
    throw new TypeError(`loadLabelled: ${where}: not JSON.`, { cause });
  }
  for (const [field, kind] of Object.entries({ ...FIELDS, ...OPTIONAL })) {
    const value = row[field];
    if (value === undefined && field in OPTIONAL) continue;
    if (typeof value !== kind) {
      throw new TypeError(
        `loadLabelled: ${where}: "${field}" is ${JSON.stringify(value)}; it must be a ${kind}.`,
      );
    }
  }
  return row as unknown as LabelledAnswer;
}
