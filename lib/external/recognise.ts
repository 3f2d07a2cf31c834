import { missingColumns, readPlainCsv } from "./plainCsv.js";
import { csvColumns } from "./readCsv.js";
import { UnreadableFile, type FileReading } from "./reading.js";
import { textChunks, type ByteSource } from "./textChunks.js";

/** A table without the columns it needs: an error where the reader named the file. */
export class MissingColumns extends UnreadableFile {}

/** Reads a file in the format its content shows. @throws UnreadableFile when it is none that is known. */
export async function readFile(source: ByteSource): Promise<FileReading> {
  const head = await firstText(source);
  if (head.trim() === "") throw new UnreadableFile("empty");
  return readTable(source, head);
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
