import { isUtf8 } from "node:buffer";
import { UnreadableFile, utf8Bytes, type ByteSource } from "./byteSource.js";
import { Each, PartialJson, type Keep } from "./partialJson.js";

const NEWLINE = 0x0a;

/** What a plan keeps of a file that is one JSON value. @throws UnreadableFile where it is none, or more follows. */
export async function readJson(source: ByteSource, keep: Keep): Promise<unknown> {
  const json = new PartialJson(keep);
  for await (const bytes of utf8Bytes(source)) json.write(bytes);
  return json.end();
}

/**
 * The values of a file of JSON lines, one by one. Blank lines are passed over.
 *
 * @param onLine Takes a line's value and its number, from 1.
 * @param onBadLine Told of a line that is no JSON, with the reason; the lines after it are read.
 */
export async function readJsonLines(
  source: ByteSource,
  onLine: (value: unknown, line: number) => void,
  onBadLine: (line: number, why: string) => void,
): Promise<void> {
  let line = 0;
  for await (const bytes of lines(source)) {
    line += 1;
    if (bytes.every((byte) => byte <= 0x20)) continue;
    let value: unknown;
    try {
      value = parseLine(bytes);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      onBadLine(line, error.message);
      continue;
    }
    onLine(value, line);
  }
}

/** The bytes of each line, without its end. */
async function* lines(source: ByteSource): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  let length = 0;
  for await (const bytes of utf8Bytes(source)) {
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      yield Buffer.concat([...begun, bytes.subarray(start, end)]);
      [begun, length, start] = [[], 0, end + 1];
    }
    begun.push(bytes.subarray(start));
    length += bytes.length - start;
    if (length > 64 * 2 ** 20) throw new UnreadableFile("a line runs over 64 MB");
  }
  yield Buffer.concat(begun);
}

/** What JSON.parse refuses is read again in the way that takes NaN, and says why. */
function parseLine(bytes: Buffer): unknown {
  try {
    return JSON.parse(isUtf8(bytes) ? bytes.toString() : "");
  } catch {
    const json = new PartialJson("all");
    json.write(bytes);
    return json.end();
  }
}

/**
 * Keys that tell JSON formats apart: those of the file's first value, and one level below as "key.inner", with "*" for
 * the elements of a list.
 *
 * @param enough Asked now and then whether the keys so far suffice: the rest of the file is then not read.
 */
export async function firstKeys(
  source: ByteSource,
  enough: (keys: ReadonlySet<string>) => boolean,
): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  const json = new PartialJson(new Each({}, () => {}), (path) => {
    if (keys.size < (path.includes(".") ? 1000 : 10_000)) keys.add(path);
  });
  for await (const bytes of utf8Bytes(source)) {
    json.write(bytes);
    if (json.isDone || enough(keys)) return keys;
  }
  json.end();
  return keys;
}
