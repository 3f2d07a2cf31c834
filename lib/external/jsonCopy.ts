import { ByteBuffer } from "./byteBuffer.js";
import {
  BACKSLASH,
  CAPITAL_I,
  CAPITAL_N,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  isWordByte,
  MAX_DEPTH,
  MINUS,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
  refuse,
  tooDeep,
} from "./jsonBytes.js";

const enum In {
  Nothing,
  Text,
  Word,
  Container,
}

/**
 * Copies one JSON value from a text that comes in pieces, or passes over it. Bare NaN, Infinity and -Infinity, which
 * Python writes and JSON.parse refuses, are copied as the strings "NaN", "Infinity" and "-Infinity".
 */
export class JsonCopy {
  readonly #word = new ByteBuffer();
  #in = In.Nothing;
  #to: ByteBuffer | undefined;
  #depth = 0;
  /** Whether an odd run of backslashes ends what was read of a string. */
  #escaped = false;

  /** Whether a value has begun and is not complete. */
  get busy(): boolean {
    return this.#in !== In.Nothing;
  }

  /** Begins at the value's first byte, which is not taken yet. @param to Where the copy goes; undefined passes over. */
  start(byte: number, to: ByteBuffer | undefined): void {
    this.#to = to;
    this.#depth = 0;
    this.#escaped = false;
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY || byte === QUOTE) this.#in = In.Container;
    else if (isWordByte(byte)) this.#startWord();
    else refuse(byte);
  }

  /** Reads on from byte i, to the value's end or that of the bytes; returns where it stopped. */
  write(bytes: Buffer, i: number): number {
    let next = i;
    while (next < bytes.length && this.busy) {
      if (this.#in === In.Container) next = this.#container(bytes, next);
      else if (this.#in === In.Text) next = this.#text(bytes, next);
      else next = this.#wordBytes(bytes, next);
    }
    return next;
  }

  /** The text ends: a number or word of its own is then complete. */
  end(): void {
    if (this.#in === In.Word && this.#depth === 0) this.#wordEnds();
  }

  /** Forgets the value at hand. */
  reset(): void {
    this.#in = In.Nothing;
  }

  /** Outside strings: to the next string, to NaN or Infinity, or to the value's end. */
  #container(bytes: Buffer, from: number): number {
    const keep = this.#to !== undefined;
    for (let i = from; i < bytes.length; i += 1) {
      const byte = bytes[i]!;
      if (byte === QUOTE) {
        this.#in = In.Text;
        return this.#copied(bytes, from, i + 1);
      }
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (++this.#depth > MAX_DEPTH) tooDeep();
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (--this.#depth > 0) continue;
        this.#in = In.Nothing;
        return this.#copied(bytes, from, i + 1);
      } else if (keep && (byte === CAPITAL_N || byte === CAPITAL_I)) {
        this.#copied(bytes, from, i);
        this.#startWord();
        return i;
      }
    }
    return this.#copied(bytes, from, bytes.length);
  }

  /** Inside a string: to its closing quote. */
  #text(bytes: Buffer, from: number): number {
    let next = from;
    for (;;) {
      const quote = bytes.indexOf(QUOTE, next);
      const end = quote === -1 ? bytes.length : quote;
      let run = end;
      while (run > next && bytes[run - 1] === BACKSLASH) run -= 1;
      const isOdd = (end - run) % 2 === 1;
      // A run that reaches back to where these bytes begin goes on from the bytes before.
      this.#escaped = run === next && this.#escaped ? !isOdd : isOdd;
      if (quote === -1) return this.#copied(bytes, from, end);
      next = quote + 1;
      if (!this.#escaped) break;
      this.#escaped = false;
    }
    this.#in = this.#depth > 0 ? In.Container : In.Nothing;
    return this.#copied(bytes, from, next);
  }

  #startWord(): void {
    this.#in = In.Word;
    this.#word.clear();
    if (this.#to?.last() !== MINUS) return;
    this.#to.drop();
    this.#word.byte(MINUS);
  }

  /** A number or a word: to the byte after it. */
  #wordBytes(bytes: Buffer, from: number): number {
    let i = from;
    while (i < bytes.length && isWordByte(bytes[i]!)) i += 1;
    this.#word.append(bytes, from, i);
    if (i < bytes.length) this.#wordEnds();
    return i;
  }

  #wordEnds(): void {
    this.#in = this.#depth > 0 ? In.Container : In.Nothing;
    if (this.#to === undefined) return;
    const isBare = /^-?(?:NaN|Infinity)$/.test(this.#word.text());
    if (isBare) this.#to.byte(QUOTE);
    this.#to.appendAll(this.#word);
    if (isBare) this.#to.byte(QUOTE);
  }

  #copied(bytes: Buffer, from: number, to: number): number {
    this.#to?.append(bytes, from, to);
    return to;
  }
}
