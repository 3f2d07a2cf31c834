import { isUtf8 } from "node:buffer";
import { UnreadableFile } from "./byteSource.js";

/** The most that is kept of one value, in bytes: scores, not transcripts. */
const MAX_KEPT = 64 * 2 ** 20;
/** Levels of nesting: real logs have a few dozen. */
const MAX_DEPTH = 1000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * What to keep of a value: all of it; of an object the parts named here, "*" standing for keys that are not named, and of
 * a list its elements by "*"; or a list's elements one by one. What no plan names comes out as null, elements not at all.
 */
export type Keep = "all" | Parts | Each;
export interface Parts {
  readonly [key: string]: Keep;
}

/** A list whose elements are handed over as each is complete; the list itself comes out empty. */
export class Each {
  readonly keep: Keep;
  readonly take: (value: unknown) => void;

  constructor(keep: Keep, take: (value: unknown) => void) {
    this.keep = keep;
    this.take = take;
  }
}

/** Parts that are kept whole. */
export function whole(...keys: readonly string[]): Readonly<Record<string, "all">> {
  return Object.fromEntries(keys.map((key) => [key, "all"] as const));
}

/** An object or a list that the plan looks into. */
interface Level {
  readonly isList: boolean;
  readonly parts: Parts;
  readonly each: Each | null;
  /** What is kept of the value at hand; undefined: nothing. */
  next: Keep | undefined;
  /** The keys that lead here, each with a "." behind it. */
  readonly path: string;
}

/**
 * One JSON value, read as its bytes come, of which only the parts that a plan names are kept: memory holds those, however
 * large the file. Needed because logs run to gigabytes. The bytes that are kept are copied, JSON.parse judges them, and
 * what is passed over is checked for its brackets and strings alone.
 */
export class PartialJson {
  readonly #keep: Keep;
  readonly #onKey: ((path: string) => void) | undefined;
  readonly #levels: Level[] = [];
  /** Kept bytes, a character each: those of the whole, then those of elements at hand that are handed over. */
  readonly #kept: string[] = [""];
  /** Brackets open in the value at hand, where the plan does not look into it. */
  #depth = 0;
  #inText = false;
  /** Whether an odd run of backslashes ends what was read of a string. */
  #isEscaped = false;
  /** The key at hand as it is written; null where none can stand. */
  #key: string | null = null;
  /** The last key of all. */
  #name = "";
  #isKept = true;
  #isDone = false;
  #bytes: Buffer = Buffer.alloc(0);
  /** The next byte to read, and the first that is not copied yet. */
  #at = 0;
  #from = 0;

  /** @param onKey Told each key that the plan comes by, with those above it: "eval.model". Nothing is kept then. */
  constructor(keep: Keep, onKey?: (path: string) => void) {
    this.#keep = keep;
    this.#onKey = onKey;
  }

  /** Whether the value, an object or a list, is complete. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** Reads on. @throws UnreadableFile where JSON is nested too deep, too much is to be kept, or more follows its end. */
  write(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#at = 0;
    this.#from = 0;
    while (this.#at < bytes.length && !this.#isDone) {
      if (this.#inText) this.#readText();
      else if (this.#depth > 0) this.#readInside();
      else this.#take(bytes[this.#at++]!);
    }
    this.#copyTo(this.#at);
    const more = this.#onKey === undefined ? bytes.toString("latin1", this.#at).trim() : "";
    if (more !== "") refuse(more);
  }

  /** What is kept of the value. @throws UnreadableFile when it is not complete, or no JSON. */
  end(): unknown {
    const isOpen = this.#inText || this.#depth > 0 || this.#levels.length > 0;
    if (isOpen || (!this.#isDone && this.#kept[0]!.trim() === ""))
      throw new UnreadableFile("incomplete JSON: it ends in the middle, as a cut-off file does");
    return parseKept(this.#kept[0]!);
  }

  /** Inside a string: to behind its closing quote. */
  #readText(): void {
    const [bytes, start] = [this.#bytes, this.#at];
    let next = start;
    while (this.#inText && next < bytes.length) {
      const quote = bytes.indexOf(QUOTE, next);
      const end = quote === -1 ? bytes.length : quote;
      let run = end;
      while (run > next && bytes[run - 1] === BACKSLASH) run -= 1;
      // A run that reaches back to where these bytes begin goes on from the bytes before.
      const isOdd = ((end - run) % 2 === 1) !== (run === start && this.#isEscaped);
      this.#isEscaped = quote === -1 && isOdd;
      this.#inText = quote === -1 || isOdd;
      next = end + 1;
    }
    this.#at = Math.min(next, bytes.length);
    if (this.#key !== null) this.#key += bytes.toString("latin1", start, this.#at);
    if ((this.#key?.length ?? 0) > MAX_KEPT) tooMuch();
  }

  /** Outside strings of a value that is kept or passed over whole: to behind its end, or to the next string. */
  #readInside(): void {
    const bytes = this.#bytes;
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at++]!;
      if (byte === QUOTE) {
        this.#inText = true;
        return;
      }
      if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#deepen();
      else if ((byte === CLOSE_OBJECT || byte === CLOSE_LIST) && --this.#depth === 0) {
        this.#isDone = this.#levels.length === 0;
        return;
      }
    }
  }

  /** Takes a byte between the parts of an object or list that the plan looks into. */
  #take(byte: number): void {
    switch (byte) {
      case QUOTE:
        this.#inText = true;
        if (this.#key !== null) this.#key = '"';
        return;
      case OPEN_LIST:
      case OPEN_OBJECT:
        return this.#open(byte === OPEN_LIST);
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        return this.#close(byte);
      case COMMA:
        return this.#separate();
      case COLON:
        return this.#endKey();
    }
  }

  #open(isList: boolean): void {
    const above = this.#levels.at(-1);
    const keep = above === undefined ? this.#keep : above.next;
    if (keep === undefined || keep === "all") return this.#deepen();
    const each = isList && keep instanceof Each ? keep : null;
    const parts = keep instanceof Each ? {} : keep;
    const next = isList ? (each?.keep ?? parts["*"]) : undefined;
    const path = above === undefined ? "" : `${above.path}${above.isList ? "*" : this.#name}.`;
    this.#levels.push({ isList, parts, each, next, path });
    if (this.#levels.length > MAX_DEPTH) tooDeep();
    this.#key = isList ? null : "";
    this.#copyTo(this.#at);
    if (each !== null) this.#kept.push("");
    else if (isList) this.#isKept = next !== undefined;
  }

  #deepen(): void {
    this.#depth += 1;
    if (this.#levels.length + this.#depth > MAX_DEPTH) tooDeep();
  }

  #close(byte: number): void {
    const level = this.#levels.pop();
    if (level === undefined) return refuse(String.fromCharCode(byte));
    this.#copyTo(this.#at - 1);
    if (level.each !== null) this.#handOver(level.each);
    this.#isKept = true;
    this.#key = null;
    this.#isDone = this.#levels.length === 0;
  }

  #separate(): void {
    const level = this.#levels.at(-1);
    if (level?.each) {
      this.#copyTo(this.#at - 1);
      this.#handOver(level.each);
      this.#kept.push("");
      this.#from = this.#at;
    } else if (level?.isList === false) {
      this.#copyTo(this.#at - 1);
      this.#isKept = true;
      this.#key = "";
    }
  }

  /** Chooses what is kept of the value behind a key. */
  #endKey(): void {
    const level = this.#levels.at(-1);
    if (level === undefined || this.#key === null) return refuse(":");
    const key = String(parseKept(this.#key));
    this.#name = key;
    this.#key = null;
    this.#onKey?.(level.path + key);
    level.next = Object.hasOwn(level.parts, key) ? level.parts[key] : level.parts["*"];
    if (level.next !== undefined) return;
    this.#copyTo(this.#at);
    this.#append("null");
    this.#isKept = false;
  }

  #handOver({ take }: Each): void {
    const element = this.#kept.pop()!;
    if (element.trim() !== "") take(parseKept(element));
  }

  /** Copies the bytes before this one that are to be kept and are not copied yet. */
  #copyTo(end: number): void {
    if (this.#isKept && end > this.#from) this.#append(this.#bytes.toString("latin1", this.#from, end));
    this.#from = end;
  }

  #append(text: string): void {
    if (this.#onKey !== undefined) return;
    const top = this.#kept.length - 1;
    this.#kept[top] += text;
    if (this.#kept[top]!.length > MAX_KEPT) tooMuch();
  }
}

/** The value of JSON text, a character for each of its bytes. @throws UnreadableFile where it is none. */
function parseKept(latin1: string): unknown {
  const bytes = Buffer.from(latin1, "latin1");
  if (!isUtf8(bytes)) throw new UnreadableFile("not UTF-8 text: save it as UTF-8");
  const text = bytes.toString();
  try {
    return parseBare(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UnreadableFile(`not JSON: ${message}`, { cause: error });
  }
}

/** JSON.parse, to which bare NaN, Infinity and -Infinity, as Python writes them, are the strings of that name. */
function parseBare(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    let inText = false;
    const quoted = text.replace(/\\[^]|"|-?\b(?:NaN|Infinity)\b/g, (found) => {
      if (found === '"') inText = !inText;
      return inText || found.length <= 2 ? found : `"${found}"`;
    });
    if (quoted === text) throw error;
    return JSON.parse(quoted);
  }
}

function refuse(text: string): never {
  throw new UnreadableFile(`not JSON: unexpected ${JSON.stringify(text[0])}`);
}

function tooDeep(): never {
  throw new UnreadableFile(`JSON nested deeper than ${MAX_DEPTH} levels`);
}

function tooMuch(): never {
  throw new UnreadableFile(`its results alone take more than ${MAX_KEPT / 2 ** 20} MB`);
}
