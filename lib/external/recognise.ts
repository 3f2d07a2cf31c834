import { isBfclTable, readBfclTable } from "./bfclTable.js";
import { isHelmCompanion, isHelmStats, readHelmStats } from "./helmRun.js";
import { isInspectLog, readInspectArchive, readInspectJson } from "./inspectLog.js";
import { isEvalsTable, isSamplesTable, readEvalsTable, readSamplesTable } from "./inspectTables.js";
import { isLiveBenchTable, readLiveBenchTable } from "./liveBenchTable.js";
import { isLmEvalResults, readLmEvalResults } from "./lmEval.js";
import { isLmEvalSamples, readLmEvalSamples } from "./lmEvalSamples.js";
import { isPlainCsv, missingColumns, readPlainCsv } from "./plainCsv.js";
import { isPromptfoo, readPromptfoo } from "./promptfooResults.js";
import { csvColumns } from "./readCsv.js";
import { firstKeys } from "./readJson.js";
import { UnreadableFile, type FileReading } from "./reading.js";
import { isRowLines, readRowLines } from "./rowLines.js";
import { firstText, type ByteSource } from "./textChunks.js";

/** A table without the columns it needs: an error where the reader named the file. */
export class MissingColumns extends UnreadableFile {}

/** JSON formats by the keys of their first value; those named here as "key.inner" are looked into. */
const JSON_FORMATS: readonly {
  readonly is: (keys: ReadonlySet<string>) => boolean;
  readonly read: (source: ByteSource) => Promise<FileReading>;
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
  readonly read: (source: ByteSource, columns: readonly string[]) => Promise<FileReading>;
}[] = [
  { is: isPlainCsv, read: readPlainCsv },
  { is: isEvalsTable, read: readEvalsTable },
  { is: isSamplesTable, read: readSamplesTable },
  { is: isBfclTable, read: readBfclTable },
  { is: isLiveBenchTable, read: readLiveBenchTable },
];

/** Reads a file in the format its content shows. @throws UnreadableFile when it is none that is known. */
export async function readFile(source: ByteSource): Promise<FileReading> {
  if (await isZip(source)) return readInspectArchive(source.name);
  const head = await firstText(source);
  if (head.trim() === "") throw new UnreadableFile("empty");
  return /^\s*[[{]/.test(head) ? readJsonFormat(source) : readTable(source, head);
}

async function readJsonFormat(source: ByteSource): Promise<FileReading> {
  const keys = await firstKeys(source, ["results", "eval"], (some) =>
    JSON_FORMATS.some(({ is }) => is(some)),
  );
  const format = JSON_FORMATS.find(({ is }) => is(keys));
  if (format !== undefined) return format.read(source);
  if (isHelmCompanion(keys)) throw new UnreadableFile("part of a HELM run, whose scores stand in stats.json");
  throw new UnreadableFile(
    `JSON in no known format; its keys are ${[...keys].slice(0, 12).join(", ") || "none"}`,
  );
}

async function readTable(source: ByteSource, head: string): Promise<FileReading> {
  const columns = csvColumns(head);
  const table = TABLES.find(({ is }) => is(columns));
  if (table !== undefined) return table.read(source, columns);
  if (columns.length < 2 && !/\.[ct]sv$/i.test(source.name)) {
    throw new UnreadableFile("no table, JSON or archive of evals");
  }
  const shown = columns
    .slice(0, 20)
    .map((column) => (column.length > 40 ? `${column.slice(0, 39)}…` : column));
  throw new MissingColumns(
    `lacks ${missingColumns(columns).join(", ")}; its columns are ${shown.join(", ")}`,
  );
}

async function isZip(source: ByteSource): Promise<boolean> {
  for await (const bytes of source.bytes()) return bytes[0] === 0x50 && bytes[1] === 0x4b;
  return false;
}
