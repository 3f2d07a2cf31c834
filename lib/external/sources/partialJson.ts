import { isUtf8 } from "node:buffer";
import { UnreadableFile } from "./byteSource.js";

/** The most that is kept of one value, in bytes: scores, not transcripts. */
const MAX_KEPT = 64 * 2 ** 20;
/** Levels of nesting: real logs have a few dozen. */
const MAX_DEPTH = 1000;

const TOO_DEEP = `JSON nested deeper than ${MAX_DEPTH} levels`;
const CUT_OFF = "incomplete JSON: it ends in the middle, as a cut-off file does";

const [QUOTE, COMMA, COLON, BACKSLASH] = [0x22, 0x2c, 0x3a, 0x5c] as const;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d] as const;

/**
 * What to keep of a value: all of it; the parts named here, where "*" stands for keys that are not named and for the
 * elements of a list; or its parts one by one. What no plan names is left out.
 */
export type Keep = "all" | Parts | Each;
export interface Parts {
  readonly [key: string]: Keep;
}

/** A list, or an object, whose parts are handed over as each is complete, so that memory holds one at a time. */
export class Each {
  constructor(
    readonly keep: Keep,
    readonly take: (value: unknown) => void,
  ) {}
}

/** Parts that are kept whole. */
export function whole(...keys: readonly string[]): Readonly<Record<string, "all">> {
  return Object.fromEntries(keys.map((key) => [key, "all"] as const));
}

/**
 * One JSON value, read as its bytes come, of which only the parts that a plan names are kept: memory holds those, however
 * large the file. Needed because logs run to gigabytes. What is kept goes through JSON.parse; what is passed over is
 * checked for its brackets and strings alone. The methods that read are generators, which yield for more bytes.
 */
export class PartialJson {
  /** Whether the value is complete. */
  isDone = false;
  readonly #reading: Generator<void, unknown>;
  readonly #onKey: ((path: string) => void) | undefined;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #hasEnded = false;
  #value: unknown;

  /** @param onKey Told each key that the plan comes by, as "eval.model" or "*.id"; what follows the value is then let be. */
  constructor(keep: Keep, onKey?: (path: string) => void) {
    this.#reading = this.#read(keep, "", 0);
    this.#onKey = onKey;
  }

  /** Reads on. @throws UnreadableFile where it is no JSON, too much of it, or something follows the value. */
  write(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#at = 0;
    if (!this.isDone) {
      const { done, value } = this.#reading.next();
      this.isDone = done === true;
      this.#value = value;
    }
    const more = this.#onKey === undefined ? bytes.toString("latin1", this.#at).trim() : "";
    if (more !== "") refuse(more.charCodeAt(0));
  }

  /** What is kept of the value. @throws UnreadableFile when it is not complete. */
  end(): unknown {
    this.#hasEnded = true;
    this.write(Buffer.alloc(0));
    return this.#value;
  }

  *#read(keep: Keep | undefined, path: string, depth: number): Generator<void, unknown> {
    const first = yield* this.#peek();
    const isList = first === OPEN_LIST;
    if (keep === undefined || keep === "all" || (!isList && first !== OPEN_OBJECT)) {
      const text = yield* this.#copy(keep !== undefined, depth);
      return keep === undefined ? undefined : parseKept(text);
    }
    if (depth >= MAX_DEPTH) fail(TOO_DEEP);
    this.#at += 1;
    const each = keep instanceof Each ? keep : undefined;
    const parts: Parts = keep instanceof Each ? { "*": keep.keep } : keep;
    const end = isList ? CLOSE_LIST : CLOSE_OBJECT;
    const kept: [key: string, value: unknown][] = [];
    let isEnd = (yield* this.#peek()) === end;
    if (isEnd) this.#at += 1;
    while (!isEnd) {
      const key = isList ? "*" : yield* this.#key(path);
      const part = Object.hasOwn(parts, key) ? parts[key] : parts["*"];
      const value = yield* this.#read(part, `${path}${key}.`, depth + 1);
      if (each !== undefined) each.take(value);
      else if (part !== undefined) kept.push([key, value]);
      const next = yield* this.#peek();
      isEnd = next === end;
      if (!isEnd && next !== COMMA) refuse(next);
      this.#at += 1;
    }
    return isList ? kept.map(([, value]) => value) : Object.fromEntries(kept);
  }

  /** A key and the colon behind it. */
  *#key(path: string): Generator<void, string> {
    const first = yield* this.#peek();
    if (first !== QUOTE) refuse(first);
    const key = String(parseKept(yield* this.#copy(true, 0)));
    const colon = yield* this.#peek();
    if (colon !== COLON) refuse(colon);
    this.#at += 1;
    this.#onKey?.(path + key);
    return key;
  }

  /** The next byte that is no space, without taking it. */
  *#peek(): Generator<void, number> {
    for (;;) {
      for (; this.#at < this.#bytes.length; this.#at += 1)
        if (this.#bytes[this.#at]! > 0x20) return this.#bytes[this.#at]!;
      if (this.#hasEnded) fail(CUT_OFF);
      yield;
    }
  }

  /** The bytes of a value, a character each; "" where they are only passed over. */
  *#copy(isKept: boolean, depth: number): Generator<void, string> {
    const first = this.#bytes[this.#at]!;
    const isWord = isWordByte(first);
    if (!isWord && first !== QUOTE && first !== OPEN_LIST && first !== OPEN_OBJECT) refuse(first);
    let text = "";
    let open = 0;
    let [inText, isEscaped, isDone] = [false, false, false];
    for (;;) {
      const bytes = this.#bytes;
      let at = this.#at;
      while (at < bytes.length && !isDone) {
        if (inText) {
          const quote = bytes.indexOf(QUOTE, at);
          const end = quote === -1 ? bytes.length : quote;
          let run = end;
          while (run > at && bytes[run - 1] === BACKSLASH) run -= 1;
          // A run of backslashes that reaches back to where these bytes begin goes on from those before.
          const isOdd = ((end - run) % 2 === 1) !== (run === at && isEscaped);
          isEscaped = quote === -1 && isOdd;
          inText = quote === -1 || isOdd;
          at = Math.min(end + 1, bytes.length);
          isDone = !inText && open === 0;
          continue;
        }
        const byte = bytes[at]!;
        if (isWord && !isWordByte(byte)) break;
        at += 1;
        if (byte === QUOTE) inText = true;
        else if (byte === OPEN_OBJECT || byte === OPEN_LIST) open += 1;
        else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) isDone = --open === 0;
        if (depth + open > MAX_DEPTH) fail(TOO_DEEP);
      }
      if (isKept) text += bytes.toString("latin1", this.#at, at);
      if (text.length > MAX_KEPT) fail("its results alone take more than 64 MB");
      this.#at = at;
      if (isDone || (isWord && (at < bytes.length || this.#hasEnded))) return text;
      if (this.#hasEnded) fail(CUT_OFF);
      yield;
    }
  }
}

/** Part of a number or a word: what neither ends a value nor begins a string, a list or an object. */
function isWordByte(byte: number): boolean {
  if (byte <= 0x20 || byte === QUOTE || byte === COMMA || byte === COLON) return false;
  return byte !== OPEN_LIST && byte !== CLOSE_LIST && byte !== OPEN_OBJECT && byte !== CLOSE_OBJECT;
}

/** The value of JSON text, a character for each of its bytes. @throws UnreadableFile where it is none. */
function parseKept(latin1: string): unknown {
  const bytes = /[\u0080-\u00ff]/.test(latin1) ? Buffer.from(latin1, "latin1") : null;
  if (bytes !== null && !isUtf8(bytes)) fail("not UTF-8 text: save it as UTF-8");
  const text = bytes?.toString() ?? latin1;
  try {
    return JSON.parse(text);
  } catch (error) {
    // Python writes bare NaN, Infinity and -Infinity: they become the strings of that name.
    let inText = false;
    const quoted = text.replace(/\\[^]|"|-?\b(?:NaN|Infinity)\b/g, (found) => {
      if (found === '"') inText = !inText;
      return inText || found.length <= 2 ? found : `"${found}"`;
    });
    if (quoted !== text) return parseKept(Buffer.from(quoted).toString("latin1"));
    return fail(`not JSON: ${(error as Error).message}`);
  }
}

function refuse(byte: number): never {
  return fail(`not JSON: unexpected ${JSON.stringify(String.fromCharCode(byte))}`);
}

function fail(why: string): never {
  throw new UnreadableFile(why);
}
