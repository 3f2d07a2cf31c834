import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { TextDecoder } from "node:util";
import { createGunzip } from "node:zlib";

/** Why a whole file cannot be read, in words for the reader. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

/** Bytes that are text in no encoding that is known for certain. */
export class NotUtf8 extends UnreadableFile {}

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

/** The most that a gzip file may unpack to, in bytes: it is read as it comes, and takes time, not memory. */
const MAX_UNPACKED = 4 * 2 ** 30;

/** What a gzip file holds. @throws UnreadableFile on reading, where it is damaged or unpacks to more than 4 GB. */
export function gunzipSource(source: ByteSource): ByteSource {
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    let size = 0;
    try {
      const unpacked: AsyncIterable<Uint8Array> = pipeline(
        Readable.from(source.bytes()),
        createGunzip(),
        () => {},
      );
      for await (const chunk of unpacked) {
        size += chunk.length;
        if (size > MAX_UNPACKED) throw new UnreadableFile("its gzip data unpacks to more than 4 GB");
        yield chunk;
      }
    } catch (error) {
      const isDamaged = error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
      throw isDamaged ? new UnreadableFile("its gzip data is damaged or cut off", { cause: error }) : error;
    }
  };
  return { name: source.name.replace(/\.gz$/i, ""), bytes };
}

/**
 * The source as if written in Windows-1252, which has a character for every byte; null where that cannot be, as other
 * letters in it are UTF-8 or bytes in it are no text.
 */
export async function latin1Source(source: ByteSource): Promise<ByteSource | null> {
  const utf8 = new TextDecoder();
  for await (const chunk of source.bytes())
    // eslint-disable-next-line no-control-regex
    if (/[\0-\x08]|[\u0080-\ufffc]/.test(utf8.decode(chunk, { stream: true }))) return null;
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    const decoder = new TextDecoder("windows-1252");
    for await (const chunk of source.bytes()) yield Buffer.from(decoder.decode(chunk));
  };
  return { name: source.name, bytes };
}

/**
 * The source's text without its byte-order mark: UTF-8, or UTF-16 where the mark says so.
 *
 * @throws NotUtf8 at the first byte that is no such text: guessing an encoding may change names.
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
    throw new NotUtf8(`not UTF-8 text${where}: save it as UTF-8`, { cause: error });
  }
}

/** The beginning of the source's text, of at least 64 K characters where it has so many. */
export async function firstText(source: ByteSource): Promise<string> {
  let head = "";
  for await (const text of textChunks(source)) {
    head = (head + text).replace(/^\s*[\n\r]/, "");
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
