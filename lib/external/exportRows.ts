import { extname } from "node:path";
import { Papa } from "../shared/csv.js";
import { FORMULA } from "../shared/escape.js";
import type { Row, ScoreRow } from "../shared/types.js";
import { writeWhole } from "../shared/writeWhole.js";
import { inspectLogs, type InspectLog } from "./inspectLogs.js";

export type ExportFormat = "csv" | "jsonl" | "inspect";

/** Columns that come first, in this order: those that other readers look for. */
const FIRST = ["model", "facet", "score", "n", "task", "epoch", "outcome", "reason", "source"];

/**
 * Writes rows, our own or loaded ones, for other programs to read; `loadExternalEvals` reads all three formats back.
 *
 * - `csv` (the default of `.csv`): a row each, model, facet and score first. A cell that a spreadsheet would run, such as
 *   one that begins with "=", gets a "'" before it. A score that is missing stays empty.
 * - `jsonl` (of `.jsonl`): a JSON object a line, exactly the row.
 * - `inspect` (of `.json`): an Inspect log (format version 2) for each model and facet, as one log holds one model and one
 *   task: `path` itself where there is one, otherwise `name_model_facet.json` for each.
 *
 * @returns The files written, each complete or not at all.
 * @throws RangeError where there are no rows, or neither the path's ending nor `format` names a format.
 */
export async function exportRows(
  rows: readonly (Row | ScoreRow)[],
  path: string,
  options: { readonly format?: ExportFormat } = {},
): Promise<readonly string[]> {
  if (rows.length === 0) throw new RangeError(`exportRows: there are no rows to write to ${path}.`);
  const format = options.format ?? formatOf(path);
  if (format === "csv") return [await write(path, csvOf(rows))];
  if (format === "jsonl") return [await write(path, linesOf(rows))];
  if (format !== "inspect")
    throw new RangeError(`exportRows: format is "${String(format)}"; it is one of csv, jsonl, inspect.`);
  const written: string[] = [];
  for (const { file, log } of inspectLogs(rows, path)) written.push(await write(file, jsonOf(log)));
  return written;
}

const FORMATS: Readonly<Record<string, ExportFormat>> = {
  ".csv": "csv",
  ".jsonl": "jsonl",
  ".json": "inspect",
};

function formatOf(path: string): ExportFormat {
  const format = FORMATS[extname(path).toLowerCase()];
  if (format !== undefined) return format;
  const endings = Object.keys(FORMATS).join(", ");
  throw new RangeError(
    `exportRows: ${path} ends in none of ${endings}; name a format: csv, jsonl or inspect.`,
  );
}

function* csvOf(rows: readonly (Row | ScoreRow)[]): Generator<string> {
  const keys = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = [...new Set([...FIRST.filter((key) => keys.has(key)), ...keys])];
  const options = { columns, escapeFormulae: FORMULA, newline: "\n" };
  for (const [i, part] of partsOf(rows)) yield `${Papa.unparse(part, { ...options, header: i === 0 })}\n`;
}

function* linesOf(rows: readonly (Row | ScoreRow)[]): Generator<string> {
  for (const [, part] of partsOf(rows)) yield part.map((row) => `${JSON.stringify(row)}\n`).join("");
}

function* jsonOf({ samples, ...log }: InspectLog): Generator<string> {
  yield JSON.stringify(log, null, 2).replace(/\n\}$/, ',\n  "samples": [\n');
  for (const [i, part] of partsOf(samples))
    yield `${i === 0 ? "" : ",\n"}${part.map((sample) => JSON.stringify(sample)).join(",\n")}`;
  yield "\n  ]\n}\n";
}

/** A thousand at a time, each with its place: the text of all may be longer than a string can be. */
function* partsOf<T>(all: readonly T[]): Generator<[number, T[]]> {
  for (let i = 0; i < all.length; i += 1000) yield [i, all.slice(i, i + 1000)];
}

async function write(file: string, text: Iterable<string>): Promise<string> {
  await writeWhole(file, text);
  return file;
}
