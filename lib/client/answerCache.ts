import { createHash } from "node:crypto";
import { readdir, rm, rmdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { valueAt } from "../shared/json.js";
import type { Answer, AnswerCache } from "./types.js";

/** A cache that can be emptied. */
export interface ClearableCache extends AnswerCache {
  readonly place: string;
  clear(): Promise<void>;
}

/** An answer cache in a folder. */
export interface FolderCache extends ClearableCache {
  readonly dir: string;
  /**
   * Removes every answer, and nothing else that lies in the folder.
   *
   * @throws Error when the folder is no answer cache: nothing is deleted then.
   */
  clear(): Promise<void>;
}

/** The part of cacache that is used; the package brings no types. */
interface Cacache {
  readonly get: {
    readonly info: (dir: string, key: string) => Promise<{ readonly metadata?: unknown } | null>;
  };
  readonly index: {
    readonly insert: (
      dir: string,
      key: string,
      integrity: string,
      entry: { readonly metadata: unknown; readonly size: number },
    ) => Promise<unknown>;
  };
}

/**
 * Keeps answers in `dir`, where several processes may share them. A writer that is killed leaves no broken entry, and an
 * entry that was damaged is a miss.
 *
 * An answer is small, so it stands in cacache's index itself, whose every line is appended in one write and carries its
 * own hash: one file is written and read for an answer instead of two.
 */
export function answerCache(dir: string): FolderCache {
  return {
    dir,
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
    clear: () => clear(dir),
  };
}

/** Keeps answers as long as the kernel runs: for the simulated panel, whose answers are not worth a file. */
export function memoryCache(): ClearableCache {
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

/** cacache's folder for the index, with its version; beside it stands `content-v2` where answers are not what is kept. */
const INDEX = /^index-v\d+$/;
const BUCKET = /^[\da-f]{2}(?:[\\/][\da-f]{2}(?:[\\/][\da-f]+)?)?$/;

async function clear(dir: string): Promise<void> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (names.length === 0) return;
  const indices = names.filter((name) => INDEX.test(name)).map((name) => join(dir, name));
  const inside = (await Promise.all(indices.map((index) => readdir(index, { recursive: true })))).flat();
  const strange =
    names.find((name) => name.startsWith("content-v")) ?? inside.find((name) => !BUCKET.test(name));
  if (indices.length === 0 || strange !== undefined)
    throw new Error(
      `answerCache: ${dir} is no answer cache, since it holds ${strange ?? names[0]}. Nothing was deleted.`,
    );
  for (const index of indices) await rm(index, { recursive: true });
  // Only what is empty goes: whatever else lies there is somebody's.
  await rmdir(dir).catch(() => undefined);
}
