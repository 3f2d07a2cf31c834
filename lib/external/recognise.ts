import { isLmEvalResults, readLmEvalResults } from "./lmEval.js";
import { isLmEvalSamples, readLmEvalSamples } from "./lmEvalSamples.js";
import { missingColumns, readPlainCsv } from "./plainCsv.js";
import { csvColumns } from "./readCsv.js";
import { firstKeys } from "./readJson.js";
import { UnreadableFile, type FileReading } from "./reading.js";
import { textChunks, type ByteSource } from "./textChunks.js";

/** A table without the columns it needs: an error where the reader named the file. */
export class MissingColumns extends UnreadableFile {}

type Read = (source: ByteSource) => Promise<FileReading>;

/** JSON formats by the keys of their first value. */
const JSON_FORMATS: readonly { readonly is: (keys: ReadonlySet<string>) => boolean; readonly read: Read }[] =
  [
    { is: isLmEvalResults, read: readLmEvalResults },
    { is: isLmEvalSamples, read: readLmEvalSamples },
  ];

/** Reads a file in the format its content shows. @throws UnreadableFile when it is none that is known. */
export async function readFile(source: ByteSource): Promise<FileReading> {
  const head = await firstText(source);
  if (head.trim() === "") throw new UnreadableFile("empty");
  return /^\s*[[{]/.test(head) ? readJsonFormat(source) : readTable(source, head);
}

async function readJsonFormat(source: ByteSource): Promise<FileReading> {
  const keys = await firstKeys(source, ["results", "eval"], (some) => formatOf(some) !== undefined);
  const read = formatOf(keys);
  if (read === undefined)
    throw new UnreadableFile(`JSON in no known format; its keys are ${[...keys].slice(0, 12).join(", ")}`);
  return read(source);
}

function formatOf(keys: ReadonlySet<string>): Read | undefined {
  return JSON_FORMATS.find(({ is }) => is(keys))?.read;
}

async function readTable(source: ByteSource, head: string): Promise<FileReading> {
  const columns = csvColumns(head);
  const missing = missingColumns(columns);
  if (missing.length === 0) return readPlainCsv(source);
  throw new MissingColumns(`lacks ${missing.join(", ")}; its columns are ${columns.join(", ")}`);
}

async function firstText(source: ByteSource): Promise<string> {
  for await (const text of textChunks(source)) if (text.trim() !== "") return text.slice(0, 64 * 1024);
  return "";
}
