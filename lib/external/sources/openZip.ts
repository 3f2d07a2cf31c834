import { crc32 } from "node:zlib";
import { Decompress } from "fzstd";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { UnreadableFile, type ByteSource } from "./byteSource.js";

const MEGABYTE = 2 ** 20;
/** The most that one member may unpack to, in bytes, and the most compressed data held at once. */
const MAX_UNPACKED = 512 * MEGABYTE;
const MAX_PACKED = 128 * MEGABYTE;
/** The largest window that zstd's own decoder takes unasked: the memory that one frame may claim. */
const MAX_WINDOW = 128 * MEGABYTE;
/** zstd's number among zip's methods, and the first four bytes of its frames. */
const ZSTD = 93;
const FRAME = 0xfd2fb528;
/** Bytes given to its decoder at once, so that its output does not pile up. */
const SLICE = 64 * 1024;

/** A zip archive open for reading. Nothing of it is ever written to disk. */
export interface ZipArchive {
  /** A member's content, null for none. Reading it throws UnreadableFile where it is damaged or unpacks to > 512 MB. */
  member(name: string): ByteSource | null;
  close(): void;
}

/**
 * @param wanted Which members may be asked for later: the others are passed over.
 * @throws UnreadableFile where the file is no whole zip archive, or a member's name leads out of it.
 */
export async function openZip(file: string, wanted: (name: string) => boolean): Promise<ZipArchive> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false }).catch(unreadable);
  const members = new Map<string, ByteSource>();
  try {
    // A name that comes again replaces the one before, as a writer that appends means it.
    for await (const entry of zip.eachEntry()) {
      const [name, bytes] = [entry.fileName, () => checkedBytes(zip, entry)];
      if (wanted(name)) members.set(name, { name: `${file}/${name}`, bytes });
    }
  } catch (error) {
    zip.close();
    return unreadable(error);
  }
  return { member: (name) => members.get(name) ?? null, close: () => zip.close() };
}

async function* checkedBytes(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const { fileName: name, uncompressedSize: claimed } = entry;
  if (claimed > MAX_UNPACKED)
    throw new UnreadableFile(`${name} claims to unpack to ${Math.round(claimed / MEGABYTE)} MB`);
  let [sum, size] = [0, 0];
  try {
    for await (const bytes of unpackedBytes(zip, entry)) {
      size += bytes.length;
      if (size > claimed) throw new UnreadableFile(`${name} unpacks to more than it claims`);
      sum = crc32(bytes, sum);
      yield bytes;
    }
  } catch (error) {
    return unreadable(error);
  }
  if (sum !== entry.crc32) throw new UnreadableFile(`${name} is damaged: its checksum is wrong`);
}

async function* unpackedBytes(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const isZstd = entry.compressionMethod === ZSTD;
  if (entry.isEncrypted()) throw new UnreadableFile(`${entry.fileName} is encrypted`);
  if (isZstd && entry.compressedSize > MAX_PACKED) throw new UnreadableFile(`${entry.fileName} is too large`);
  const options = isZstd ? { decodeFileData: false } : {};
  const stream = (await zip.openReadStreamPromise(entry, options)) as AsyncIterable<Uint8Array>;
  if (!isZstd) return yield* stream;
  const packed: Uint8Array[] = [];
  for await (const bytes of stream) packed.push(bytes);
  yield* unzstd(Buffer.concat(packed));
}

/** Errors of the archive itself in the reader's words; those of the disk as they are. */
function unreadable(error: unknown): never {
  if (error instanceof UnreadableFile) throw error;
  if (error instanceof Error && "syscall" in error) throw error;
  const message = error instanceof Error ? error.message : String(error);
  throw new UnreadableFile(`not a whole zip archive: ${message}`, { cause: error });
}

/**
 * The decompressed bytes of zstd data, one frame after the other, as long members of Inspect's archives hold several.
 *
 * @throws UnreadableFile where the data is damaged, or claims more memory for its window than 128 MB.
 * @see RFC 8878, section 3.1, the layout of frames.
 */
function* unzstd(data: Buffer): Generator<Uint8Array> {
  try {
    for (let start = 0; start < data.length;) {
      const end = frameEnd(data, start);
      if (end > data.length) throw new UnreadableFile("its zstd data is cut off");
      if (data.readUInt32LE(start) === FRAME) yield* decodeFrame(data.subarray(start, end));
      start = end;
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile("its zstd data is damaged", { cause: error });
  }
}

function* decodeFrame(frame: Buffer): Generator<Uint8Array> {
  const decoded: Uint8Array[] = [];
  const decoder = new Decompress((chunk) => decoded.push(chunk));
  for (let from = 0; from < frame.length; from += SLICE) {
    decoder.push(frame.subarray(from, from + SLICE), from + SLICE >= frame.length);
    yield* decoded.splice(0);
  }
}

/** Where the frame that starts here ends, by the sizes that its blocks state; beyond the data where it is cut off. */
function frameEnd(data: Buffer, start: number): number {
  const magic = data.readUInt32LE(start);
  // Skippable frames, of sixteen kinds, are length and content.
  if (magic >>> 4 === 0x184d2a5) return start + 8 + data.readUInt32LE(start + 4);
  if (magic !== FRAME) throw new UnreadableFile("its zstd data is damaged: no frame where one should begin");
  const descriptor = data.readUInt8(start + 4);
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeBytes = descriptor >> 6 === 0 ? Number(isSingle) : 2 ** (descriptor >> 6);
  const sizeAt = start + 5 + Number(!isSingle) + [0, 1, 2, 4][descriptor & 3]!;
  const code = data.readUInt8(start + 5);
  // A frame of one segment has its content's size for a window; of two bytes that is 256 more, far from any bound.
  const size =
    sizeBytes === 8 ? Number(data.readBigUInt64LE(sizeAt)) : data.readUIntLE(sizeAt, sizeBytes || 1);
  const window = isSingle ? size : 2 ** (10 + (code >> 3)) * (1 + (code & 7) / 8);
  if (window > MAX_WINDOW)
    throw new UnreadableFile(`its zstd data claims a window of ${Math.round(window / MEGABYTE)} MB`);
  let [at, isLast] = [sizeAt + sizeBytes, false];
  while (!isLast && at < data.length) {
    const header = data.readUIntLE(at, 3);
    const isRepeat = ((header >> 1) & 3) === 1;
    isLast = (header & 1) === 1;
    at += 3 + (isRepeat ? 1 : header >> 3);
  }
  // Without a last block the data is cut off; behind it may stand a checksum.
  return isLast ? at + (descriptor & 4) : data.length + 1;
}
