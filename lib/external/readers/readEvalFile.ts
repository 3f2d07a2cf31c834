import { shortText } from "../../shared/escape.js";
import { firstText, UnreadableFile, type ByteSource } from "../sources/byteSource.js";
import { csvColumns } from "../sources/readCsv.js";
import { firstKeys } from "../sources/readJson.js";
import { isBfclTable, readBfclTable } from "./bfcl.js";
import type { FileReport } from "./fileReport.js";
import { isHelmCompanion, isHelmStats, readHelmStats } from "./helm.js";
import { isInspectLog, readInspectArchive, readInspectJson } from "./inspectLog.js";
import { isEvalsTable, isSamplesTable, readEvalsTable, readSamplesTable } from "./inspectTables.js";
import { isLiveBenchTable, readLiveBenchTable } from "./liveBench.js";
import { isLmEvalResults, readLmEvalResults } from "./lmEvalResults.js";
import { isLmEvalSamples, readLmEvalSamples } from "./lmEvalSamples.js";
import { isPlainCsv, isRowLines, missingColumns, readPlainCsv, readRowLines } from "./plainRows.js";
import { isPromptfoo, readPromptfoo } from "./promptfoo.js";

/** A table without the columns it needs: an error where the reader named the file. */
export class MissingColumns extends UnreadableFile {}

/** JSON formats by the keys of their first value, and of what is in it: "results.results", "*.name" in a list. */
const JSON_FORMATS: readonly {
  readonly is: (keys: ReadonlySet<string>) => boolean;
  readonly read: (source: ByteSource) => Promise<FileReport>;
}[] = [
  { is: isPromptfoo, read: readPromptfoo },
  { is: isInspectLog, read: readInspectJson },
  { is: isLmEvalResults, read: readLmEvalResults },
  { is: isLmEvalSamples, read: readLmEvalSamples },
  { is: isHelmStats, read: readHelmStats },
  { is: isRowLines, read: readRowLines },
];

/** Tables by their columns. */
const TABLES: readonly {
  readonly is: (columns: readonly string[]) => boolean;
  readonly read: (source: ByteSource, columns: readonly string[]) => Promise<FileReport>;
}[] = [
  { is: isPlainCsv, read: readPlainCsv },
  { is: isEvalsTable, read: readEvalsTable },
  { is: isSamplesTable, read: readSamplesTable },
  { is: isBfclTable, read: readBfclTable },
  { is: isLiveBenchTable, read: readLiveBenchTable },
];

/** Reads a file in the format its content shows. @throws UnreadableFile when it is none that is known. */
export async function readEvalFile(source: ByteSource): Promise<FileReport> {
  for await (const bytes of source.bytes()) {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readInspectArchive(source.name);
    break;
  }
  const head = await firstText(source);
  if (head.trim() === "") throw new UnreadableFile("empty");
  return /^\s*[[{]/.test(head) ? readJsonFormat(source) : readTable(source, head);
}

async function readJsonFormat(source: ByteSource): Promise<FileReport> {
  const keys = await firstKeys(source, (some) => JSON_FORMATS.some(({ is }) => is(some)));
  const format = JSON_FORMATS.find(({ is }) => is(keys));
  if (format !== undefined) return format.read(source);
  if (isHelmCompanion(keys)) throw new UnreadableFile("part of a HELM run, whose scores stand in stats.json");
  const own = [...keys].filter((key) => /^(?:\*\.)?[^.]*$/.test(key)).slice(0, 12);
  throw new UnreadableFile(`JSON in no known format; its keys are ${own.join(", ") || "none"}`);
}

async function readTable(source: ByteSource, head: string): Promise<FileReport> {
  const columns = csvColumns(head);
  const table = TABLES.find(({ is }) => is(columns));
  if (table !== undefined) return table.read(source, columns);
  if (columns.length < 2 && !/\.[ct]sv$/i.test(source.name))
    throw new UnreadableFile("no table, JSON or archive of evals");
  const shown = columns.slice(0, 20).map((column) => shortText(column, 40));
  throw new MissingColumns(
    `lacks ${missingColumns(columns).join(", ")}; its columns are ${shown.join(", ")}`,
  );
}
