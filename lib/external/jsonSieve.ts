import { ByteBuffer } from "./byteBuffer.js";
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isSpace,
  MAX_DEPTH,
  OPEN_ARRAY,
  OPEN_OBJECT,
  parseKept,
  QUOTE,
  refuse,
  tooDeep,
} from "./jsonBytes.js";
import { JsonCopy } from "./jsonCopy.js";
import type { Inside, Plan } from "./jsonPlan.js";
import { UnreadableFile } from "./reading.js";

interface Frame {
  readonly plan: Inside;
  readonly isArray: boolean;
  /** Children written so far. */
  children: number;
}

/** What comes next among the parts of a value that is entered. */
const enum At {
  Value,
  ValueOrEnd,
  ValueEnd,
  Key,
  KeyOrEnd,
  KeyEnd,
  CommaOrEnd,
  Done,
}

/**
 * Reads one JSON text as it comes and keeps only what a plan names: memory holds the kept parts, however large the text.
 * Needed because logs run to gigabytes and Python writes bare NaN and Infinity, which come out as strings here. What is
 * passed over is checked for its brackets and strings alone.
 */
export class JsonSieve {
  readonly #root: Inside;
  readonly #frames: Frame[] = [];
  /** Where kept text goes: one for the root, and one for each value at hand that is handed over by itself. */
  readonly #outputs: ByteBuffer[] = [];
  readonly #key = new ByteBuffer();
  readonly #copy = new JsonCopy();
  #at = At.Value;
  /** The plan of the value that is copied or passed over. */
  #plan: Plan = "none";

  constructor(root: Inside) {
    this.#root = root;
  }

  /** Whether the value is complete. */
  get done(): boolean {
    return this.#at === At.Done;
  }

  /** Forgets what was read, to start on another text. */
  reset(): void {
    this.#frames.length = 0;
    this.#outputs.length = 0;
    this.#copy.reset();
    this.#at = At.Value;
  }

  /** @throws UnreadableFile where the text is no JSON, is nested too deep, or holds too many results. */
  write(bytes: Buffer): void {
    let i = 0;
    while (i < bytes.length) {
      if (this.#copy.busy) i = this.#copy.write(bytes, i);
      else if (this.#at === At.ValueEnd) this.#valueEnds(this.#plan);
      else if (isSpace(bytes[i]!)) i += 1;
      else i += this.#take(bytes[i]!);
    }
  }

  /** @throws UnreadableFile when the value is not complete. */
  end(): void {
    this.#copy.end();
    if (!this.#copy.busy && this.#at === At.ValueEnd) this.#valueEnds(this.#plan);
    if (!this.done)
      throw new UnreadableFile("incomplete JSON: it ends in the middle, as a cut-off file does");
  }

  /** Takes a byte between the parts of an entered value; returns how many bytes that used. */
  #take(byte: number): 0 | 1 {
    switch (this.#at) {
      case At.ValueOrEnd:
        return byte === CLOSE_ARRAY ? this.#frameEnds() : this.#valueStarts(byte);
      case At.Value:
        return this.#valueStarts(byte);
      case At.KeyOrEnd:
        return byte === CLOSE_OBJECT ? this.#frameEnds() : this.#keyStarts(byte);
      case At.Key:
        return this.#keyStarts(byte);
      case At.KeyEnd:
        if (byte !== COLON) refuse(byte);
        this.#at = At.Value;
        return 1;
      case At.CommaOrEnd: {
        const { isArray } = this.#frames.at(-1)!;
        if (byte === (isArray ? CLOSE_ARRAY : CLOSE_OBJECT)) return this.#frameEnds();
        if (byte !== COMMA) refuse(byte);
        this.#at = isArray ? At.Value : At.Key;
        return 1;
      }
      default:
        return refuse(byte);
    }
  }

  #keyStarts(byte: number): 0 {
    if (byte !== QUOTE) refuse(byte);
    this.#key.clear();
    this.#copy.start(byte, this.#key);
    this.#at = At.KeyEnd;
    return 0;
  }

  #valueStarts(byte: number): 0 | 1 {
    const plan = this.#planHere();
    if (plan !== "none") this.#separate(plan);
    if (typeof plan !== "string" && (byte === OPEN_OBJECT || byte === OPEN_ARRAY)) {
      if (this.#frames.length >= MAX_DEPTH) tooDeep();
      const isArray = byte === OPEN_ARRAY;
      this.#frames.push({ plan, isArray, children: 0 });
      this.#output.byte(byte);
      this.#at = isArray ? At.ValueOrEnd : At.KeyOrEnd;
      return 1;
    }
    this.#plan = plan;
    this.#copy.start(byte, plan === "none" ? undefined : this.#output);
    this.#at = At.ValueEnd;
    return 0;
  }

  /** The plan for the value that starts here, by its key or its place. */
  #planHere(): Plan {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#root;
    const { fields, otherFields, elements, onKey } = frame.plan;
    if (frame.isArray) return elements ?? "none";
    if (onKey === undefined && fields === undefined) return otherFields ?? "none";
    const key = String(parseKept(this.#key));
    onKey?.(key);
    return (fields !== undefined && Object.hasOwn(fields, key) ? fields[key] : otherFields) ?? "none";
  }

  /** Writes what goes before a kept value: a comma and its key, or nothing into an output of its own. */
  #separate(plan: Plan): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined || (typeof plan !== "string" && plan.each !== undefined)) {
      this.#outputs.push(new ByteBuffer());
      return;
    }
    if (frame.children++ > 0) this.#output.byte(COMMA);
    if (frame.isArray) return;
    this.#output.appendAll(this.#key);
    this.#output.byte(COLON);
  }

  #frameEnds(): 1 {
    const { plan, isArray } = this.#frames.pop()!;
    this.#output.byte(isArray ? CLOSE_ARRAY : CLOSE_OBJECT);
    this.#valueEnds(plan);
    return 1;
  }

  #valueEnds(plan: Plan): void {
    const isRoot = this.#frames.length === 0;
    this.#at = isRoot ? At.Done : At.CommaOrEnd;
    if (typeof plan === "string" || (plan.each === undefined && !isRoot)) return;
    const output = this.#outputs.pop()!;
    plan.each?.(parseKept(output));
  }

  get #output(): ByteBuffer {
    return this.#outputs.at(-1)!;
  }
}
