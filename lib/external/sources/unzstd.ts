import { Decompress } from "fzstd";
import { UnreadableFile } from "./byteSource.js";

/** The largest window that zstd's own decoder takes unasked: the memory that one frame may claim. */
const MAX_WINDOW = 2 ** 27;
const FRAME = 0xfd2fb528;
/** Bytes given to the decoder at once, so that its output does not pile up. */
const SLICE = 64 * 1024;

/**
 * The decompressed bytes of zstd data, one frame after the other, as long members of Inspect's archives hold several.
 *
 * @throws UnreadableFile where the data is damaged, or claims more memory for its window than 128 MB.
 * @see RFC 8878, section 3.1, the layout of frames.
 */
export function* unzstd(data: Buffer): Generator<Uint8Array> {
  let start = 0;
  while (start < data.length) {
    try {
      const end = frameEnd(data, start);
      if (data.readUInt32LE(start) === FRAME) yield* decodeFrame(data.subarray(start, end));
      start = end;
    } catch (error) {
      if (error instanceof UnreadableFile) throw error;
      throw new UnreadableFile("its zstd data is damaged", { cause: error });
    }
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

/** Where the frame that starts here ends, by the sizes that its blocks state. */
function frameEnd(data: Buffer, start: number): number {
  const magic = data.readUInt32LE(start);
  // Skippable frames, of sixteen kinds, are length and content.
  if (magic >>> 4 === 0x184d2a5) return within(data, start + 8 + data.readUInt32LE(start + 4));
  if (magic !== FRAME) throw new UnreadableFile("its zstd data is damaged: no frame where one should begin");
  const descriptor = data.readUInt8(start + 4);
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? Number(isSingle) : 2 ** sizeFlag;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeAt = start + 5 + Number(!isSingle) + dictionaryBytes;
  checkWindow(isSingle ? contentSize(data, sizeAt, sizeBytes) : windowSize(data.readUInt8(start + 5)));
  let at = sizeAt + sizeBytes;
  for (;;) {
    const header = data.readUIntLE(at, 3);
    const isRepeat = ((header >> 1) & 3) === 1;
    at = within(data, at + 3 + (isRepeat ? 1 : header >> 3));
    if ((header & 1) === 1) break;
  }
  const hasChecksum = (descriptor & 4) !== 0;
  return within(data, at + (hasChecksum ? 4 : 0));
}

/** The size that a frame of one segment states, which is its window. (Of two bytes it is 256 more, far from any bound.) */
function contentSize(data: Buffer, at: number, bytes: number): number {
  return bytes === 8 ? Number(data.readBigUInt64LE(at)) : data.readUIntLE(at, bytes);
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function checkWindow(bytes: number): void {
  if (bytes > MAX_WINDOW)
    throw new UnreadableFile(`its zstd data claims a window of ${Math.round(bytes / 2 ** 20)} MB`);
}

function within(data: Buffer, at: number): number {
  if (at > data.length) throw new UnreadableFile("its zstd data is cut off");
  return at;
}
