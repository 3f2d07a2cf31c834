import type { Readable } from "node:stream";
import { crc32 } from "node:zlib";
import { openPromise, type Entry, type ZipFile } from "yauzl";
import { UnreadableFile, type ByteSource } from "./byteSource.js";
import { unzstd } from "./unzstd.js";

/** The most that one member may unpack to, and the most compressed data held at once. */
const MAX_UNPACKED = 512 * 2 ** 20;
const MAX_PACKED = 128 * 2 ** 20;
const ZSTD = 93;

/** A zip archive open for reading. Nothing of it is ever written to disk. */
export class ZipArchive {
  readonly #zip: ZipFile;
  readonly #file: string;
  readonly #members: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, file: string, members: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#file = file;
    this.#members = members;
  }

  /**
   * @param wanted Which members may be asked for later: the others are passed over.
   * @throws UnreadableFile where the file is no whole zip archive, or a member's name leads out of it.
   */
  static async open(file: string, wanted: (name: string) => boolean): Promise<ZipArchive> {
    const zip = await openPromise(file, { lazyEntries: true, autoClose: false }).catch(unreadable);
    try {
      const members = new Map<string, Entry>();
      // A name that comes again replaces the one before, as a writer that appends means it.
      for await (const entry of zip.eachEntry())
        if (wanted(entry.fileName)) members.set(entry.fileName, entry);
      return new ZipArchive(zip, file, members);
    } catch (error) {
      zip.close();
      return unreadable(error);
    }
  }

  has(name: string): boolean {
    return this.#members.has(name);
  }

  names(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** A member's content. Its reading throws UnreadableFile where it is damaged, or unpacks to more than 512 MB. */
  member(name: string): ByteSource {
    const entry = this.#members.get(name);
    if (entry === undefined) throw new UnreadableFile(`holds no ${name}`);
    return { name: `${this.#file}/${name}`, bytes: () => this.#checked(entry) };
  }

  close(): void {
    this.#zip.close();
  }

  async *#checked(entry: Entry): AsyncGenerator<Uint8Array> {
    const name = entry.fileName;
    if (entry.uncompressedSize > MAX_UNPACKED) {
      throw new UnreadableFile(
        `${name} claims to unpack to ${Math.round(entry.uncompressedSize / 2 ** 20)} MB`,
      );
    }
    let sum = 0;
    let size = 0;
    try {
      for await (const bytes of this.#unpacked(entry)) {
        size += bytes.length;
        if (size > MAX_UNPACKED)
          throw new UnreadableFile(`${name} unpacks to more than ${MAX_UNPACKED / 2 ** 20} MB`);
        sum = crc32(bytes, sum);
        yield bytes;
      }
    } catch (error) {
      return unreadable(error);
    }
    if (sum !== entry.crc32) throw new UnreadableFile(`${name} is damaged: its checksum is wrong`);
  }

  async *#unpacked(entry: Entry): AsyncGenerator<Uint8Array> {
    if (entry.isEncrypted()) throw new UnreadableFile(`${entry.fileName} is encrypted`);
    if (entry.compressionMethod !== ZSTD) {
      yield* (await this.#zip.openReadStreamPromise(entry)) as AsyncIterable<Uint8Array>;
      return;
    }
    if (entry.compressedSize > MAX_PACKED) throw new UnreadableFile(`${entry.fileName} is too large`);
    const packed: Uint8Array[] = [];
    const stream: Readable = await this.#zip.openReadStreamPromise(entry, { decodeFileData: false });
    for await (const bytes of stream) packed.push(bytes as Uint8Array);
    yield* unzstd(Buffer.concat(packed));
  }
}

/** Errors of the archive itself in the reader's words; those of the disk as they are. */
function unreadable(error: unknown): never {
  if (error instanceof UnreadableFile) throw error;
  if (error instanceof Error && "syscall" in error) throw error;
  const message = error instanceof Error ? error.message : String(error);
  throw new UnreadableFile(`not a whole zip archive: ${message}`, { cause: error });
}
