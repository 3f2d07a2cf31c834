import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { valueAt } from "../shared/json.js";
import { claims } from "./claims.js";
import type { Answer, AnswerCache } from "./types.js";

/** A cache that can be emptied. */
export interface ClearableCache extends AnswerCache {
  readonly place: string;
  /**
   * Removes every answer, and nothing else that lies in the folder.
   *
   * @throws Error when the folder is no answer cache: nothing is deleted then.
   */
  clear(): Promise<void>;
}

/** The part of cacache that is used; the package brings no types. */
interface Cacache {
  readonly get: { info(dir: string, key: string): Promise<{ readonly metadata?: unknown } | null> };
  readonly index: { insert(dir: string, key: string, integrity: string, entry: object): Promise<unknown> };
}

/**
 * Keeps answers in `dir`, or without one as long as the kernel runs: for the simulated panel, whose answers are not
 * worth a file.
 */
export function answerCache(dir?: string): ClearableCache {
  return dir === undefined ? memoryCache() : folderCache(dir);
}

/**
 * Keeps answers in `dir`, where several processes may share them. A writer that is killed leaves no broken entry, and an
 * entry that was damaged is a miss.
 *
 * An answer is small, so it stands in cacache's index itself, whose every line is appended in one write and carries its
 * own hash: one file is written and read for an answer instead of two.
 */
function folderCache(dir: string): ClearableCache {
  return {
    place: dir,
    async get(key) {
      const entry = await cacache()
        .get.info(dir, key)
        .catch(() => null);
      const value = entry?.metadata;
      const isAnswer = valueAt(value, "ok") === true && typeof valueAt(value, "text") === "string";
      return isAnswer ? (value as Answer) : null;
    },
    async set(key, answer) {
      const text = JSON.stringify(answer);
      const integrity = `sha256-${createHash("sha256").update(text).digest("base64")}`;
      await cacache().index.insert(dir, key, integrity, { metadata: answer, size: text.length });
    },
    claim: claims(join(dir, ASKING)),
    clear: () => clear(dir),
  };
}

function memoryCache(): ClearableCache {
  const answers = new Map<string, Answer>();
  return {
    place: "memory",
    get: async (key) => answers.get(key) ?? null,
    set: async (key, answer) => void answers.set(key, answer),
    clear: async () => answers.clear(),
  };
}

/** Loaded when it is used first: it takes as long to load as everything else of the client together. */
function cacache(): Cacache {
  return createRequire(import.meta.url)("cacache") as Cacache;
}

/** Where processes say what they are asking. */
const ASKING = "asking";

/** What cacache writes for an index, and so all that is deleted; `content-v2` beside it is another program's cache. */
const OURS =
  /^(?:asking(?:[\\/][\da-f]+)?|index-v\d+(?:[\\/][\da-f]{2}(?:[\\/][\da-f]{2}(?:[\\/][\da-f]+)?)?)?)$/;

async function clear(dir: string): Promise<void> {
  const beside = existsSync(dir) ? await readdir(dir) : [];
  const indices = beside.filter((name) => OURS.test(name));
  const paths = await Promise.all(
    indices.map(async (index) =>
      (await readdir(join(dir, index), { recursive: true })).map((path) => join(index, path)),
    ),
  );
  const strange =
    beside.find((name) => indices.length === 0 || name.startsWith("content-v")) ??
    paths.flat().find((path) => !OURS.test(path));
  if (strange !== undefined)
    throw new Error(
      `answerCache: ${dir} is no answer cache, since it holds ${strange}. Nothing was deleted.`,
    );
  for (const index of indices) await rm(join(dir, index), { recursive: true });
  // Only an empty folder goes: whatever else lies there is somebody's.
  await rmdir(dir).catch(() => undefined);
}
