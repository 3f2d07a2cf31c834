import type { ByteBuffer } from "./byteBuffer.js";
import { UnreadableFile } from "./reading.js";

/** Levels of nesting: real logs have a few dozen. */
export const MAX_DEPTH = 1000;

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const COLON = 0x3a;
export const CAPITAL_I = 0x49;
export const CAPITAL_N = 0x4e;
export const OPEN_ARRAY = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_ARRAY = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Letters, digits, and the signs of numbers. */
export function isWordByte(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) ||
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    byte === MINUS ||
    byte === 0x2b ||
    byte === 0x2e
  );
}

/** The value of kept JSON text. @throws UnreadableFile where it is none. */
export function parseKept(kept: ByteBuffer): unknown {
  const text = kept.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableFile(`not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

export function refuse(byte: number): never {
  throw new UnreadableFile(`not JSON: unexpected ${JSON.stringify(String.fromCharCode(byte))}`);
}

export function tooDeep(): never {
  throw new UnreadableFile(`JSON nested deeper than ${MAX_DEPTH} levels`);
}
