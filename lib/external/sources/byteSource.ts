import { createReadStream } from "node:fs";
import { TextDecoder } from "node:util";

/** Why a whole file cannot be read, in words for the reader. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

/** Something to read from its start, as often as wanted: a file, or a member of an archive. */
export interface ByteSource {
  readonly name: string;
  /** Starts a reading. Leaving the loop early closes what it opened. */
  bytes(): AsyncIterable<Uint8Array>;
}

export function fileSource(file: string, signal?: AbortSignal): ByteSource {
  const options = { highWaterMark: 256 * 1024, ...(signal === undefined ? {} : { signal }) };
  return { name: file, bytes: () => createReadStream(file, options) };
}

/**
 * The source's text without its byte-order mark: UTF-8, or UTF-16 where the mark says so.
 *
 * @throws UnreadableFile at the first byte that is no such text: guessing an encoding would change names.
 */
export async function* textChunks(source: ByteSource): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let read = 0;
  try {
    for await (const chunk of source.bytes()) {
      decoder ??= new TextDecoder(encodingOf(chunk), { fatal: true });
      const text = decoder.decode(chunk, { stream: true });
      if (read === 0 && text.slice(0, 4096).includes("\0")) throw new TypeError("NUL");
      read += chunk.length;
      yield text;
    }
    yield decoder?.decode() ?? "";
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const where = read === 0 ? "" : ` (after ${read} bytes)`;
    throw new UnreadableFile(`not UTF-8 text${where}: save it as UTF-8`, { cause: error });
  }
}

/** The beginning of the source's text, of at least 64 K characters where it has so many. */
export async function firstText(source: ByteSource): Promise<string> {
  let head = "";
  for await (const text of textChunks(source)) {
    head = (head + text).trimStart();
    if (head.length >= 64 * 1024) break;
  }
  return head;
}

/** The source's bytes as UTF-8 without a byte-order mark; UTF-16 is turned into it. UTF-8 is not checked here. */
export async function* utf8Bytes(source: ByteSource): AsyncGenerator<Buffer> {
  let utf16: TextDecoder | null | undefined;
  for await (const chunk of source.bytes()) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const isFirst = utf16 === undefined;
    if (isFirst) utf16 = encodingOf(bytes) === "utf-8" ? null : new TextDecoder(encodingOf(bytes));
    const hasMark = isFirst && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    yield utf16 ? Buffer.from(utf16.decode(bytes, { stream: true })) : bytes.subarray(hasMark ? 3 : 0);
  }
}

/** By the byte-order mark; UTF-8 without one. */
function encodingOf(head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  const mark = (head[0] ?? 0) * 256 + (head[1] ?? 0);
  return mark === 0xfffe ? "utf-16le" : mark === 0xfeff ? "utf-16be" : "utf-8";
}
