import { isUtf8 } from "node:buffer";
import { UnreadableFile } from "./reading.js";

/** The most that is kept of one value: scores, not transcripts. */
const MAX_KEPT = 64 * 1024 * 1024;

/** Bytes that grow at their end. What is appended is copied: a slice would keep the whole chunk it was cut from. */
export class ByteBuffer {
  #bytes = Buffer.allocUnsafe(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The last byte; undefined of nothing. */
  last(): number | undefined {
    return this.#length === 0 ? undefined : this.#bytes[this.#length - 1];
  }

  /** Takes the last byte away. */
  drop(): void {
    this.#length -= 1;
  }

  clear(): void {
    this.#length = 0;
  }

  byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  /** Appends bytes[from] to bytes[to - 1]. @throws UnreadableFile past 64 MB. */
  append(bytes: Buffer, from: number, to: number): void {
    this.#reserve(to - from);
    bytes.copy(this.#bytes, this.#length, from, to);
    this.#length += to - from;
  }

  /** Appends what another holds. */
  appendAll(other: ByteBuffer): void {
    this.append(other.#bytes, 0, other.#length);
  }

  /** The bytes as text. @throws UnreadableFile where they are not UTF-8. */
  text(): string {
    const bytes = this.#bytes.subarray(0, this.#length);
    if (!isUtf8(bytes)) throw new UnreadableFile("not UTF-8 text: save it as UTF-8");
    return bytes.toString();
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    if (needed > MAX_KEPT) throw new UnreadableFile("its results alone take more than 64 MB");
    const grown = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
