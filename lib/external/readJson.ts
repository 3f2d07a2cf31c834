import { isSpace } from "./jsonBytes.js";
import type { Inside } from "./jsonPlan.js";
import { JsonSieve } from "./jsonSieve.js";
import { UnreadableFile } from "./reading.js";
import { utf8Bytes, type ByteSource } from "./textChunks.js";

const NEWLINE = 0x0a;

/** What a plan keeps of a file that is one JSON value. @throws UnreadableFile where it is none, or more follows. */
export async function readJson(source: ByteSource, plan: Inside): Promise<unknown> {
  let kept: unknown;
  const sieve = new JsonSieve({ ...plan, each: (value) => (kept = value) });
  for await (const bytes of utf8Bytes(source)) sieve.write(bytes);
  sieve.end();
  return kept;
}

/**
 * What a plan keeps of each line of a file of JSON lines, in bounded memory. Blank lines are passed over.
 *
 * @param onLine Takes a line's value and its number, from 1.
 * @param onBadLine Told of a line that is no JSON, with the reason; the lines after it are read.
 */
export async function readJsonLines(
  source: ByteSource,
  plan: Inside,
  onLine: (value: unknown, line: number) => void,
  onBadLine: (line: number, why: string) => void,
): Promise<void> {
  const lines = new LineSieve(plan, onLine, onBadLine);
  for await (const bytes of utf8Bytes(source)) {
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      lines.write(bytes.subarray(start, end));
      lines.end();
      start = end + 1;
    }
    lines.write(bytes.subarray(start));
  }
  lines.end();
}

class LineSieve {
  readonly #sieve: JsonSieve;
  readonly #onBadLine: (line: number, why: string) => void;
  #line = 1;
  #isBlank = true;
  #isBad = false;

  constructor(plan: Inside, onLine: (value: unknown, line: number) => void, onBadLine: LineSieve["fail"]) {
    this.#sieve = new JsonSieve({ ...plan, each: (value) => onLine(value, this.#line) });
    this.#onBadLine = onBadLine;
  }

  write(bytes: Buffer): void {
    if (this.#isBlank) this.#isBlank = bytes.every(isSpace);
    if (!this.#isBlank && !this.#isBad) this.#try(() => this.#sieve.write(bytes));
  }

  end(): void {
    if (!this.#isBlank && !this.#isBad) this.#try(() => this.#sieve.end());
    this.#sieve.reset();
    this.#line += 1;
    this.#isBlank = true;
    this.#isBad = false;
  }

  fail(line: number, why: string): void {
    this.#isBad = true;
    this.#onBadLine(line, why);
  }

  #try(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      this.fail(this.#line, error.message);
    }
  }
}

/** Keys that tell JSON formats apart: those of the first value, and as "key.inner" those of its objects named here. */
export async function firstKeys(
  source: ByteSource,
  inner: readonly string[],
  enough: (keys: ReadonlySet<string>) => boolean,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  const note =
    (prefix: string) =>
    (key: string): void => {
      if (keys.size < 1000) keys.add(prefix + key);
    };
  const sieve = new JsonSieve({
    onKey: note(""),
    fields: Object.fromEntries(inner.map((key) => [key, { onKey: note(`${key}.`) }])),
    elements: { onKey: note("*.") },
  });
  for await (const bytes of utf8Bytes(source)) {
    // Line by line: a file of JSON lines goes on after its first value.
    let start = 0;
    while (start < bytes.length && !sieve.done) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline === -1 ? bytes.length : newline + 1;
      sieve.write(bytes.subarray(start, end));
      start = end;
    }
    if (sieve.done || enough(keys)) return keys;
  }
  sieve.end();
  return keys;
}
