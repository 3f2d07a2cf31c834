import { rm } from "node:fs/promises";
import type { Cacache } from "cacache";
import type { Answer, AnswerCache } from "../types.js";
import { at } from "./json.js";

/** An answer cache in a folder. */
export interface FolderCache extends AnswerCache {
  readonly dir: string;
  /** Removes every answer. Deleting the folder does the same. */
  clear(): Promise<void>;
}

/**
 * Keeps answers in `dir`, content-addressed and checked by hash when read. A writer that is killed leaves no broken
 * entry, several processes may share the folder, and an entry that was damaged is a miss.
 */
export function answerCache(dir: string): FolderCache {
  return {
    dir,
    async get(key) {
      try {
        const { data } = await (await store()).get(dir, key);
        return checkedAnswer(JSON.parse(data.toString("utf8")));
      } catch (error) {
        await dropDamaged(dir, error);
        return null;
      }
    },
    async set(key, answer) {
      await (await store()).put(dir, key, JSON.stringify(answer));
    },
    clear: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Loaded when it is used first: it takes as long to load as everything else of the client together. */
async function store(): Promise<Cacache> {
  return (await import("cacache")).default;
}

/** Content that no longer matches its hash would never be written again, since its place is taken. */
async function dropDamaged(dir: string, error: unknown): Promise<void> {
  if (at(error, "code") !== "EINTEGRITY") return;
  const integrity: unknown = at(error, "expected");
  if (integrity) await (await store()).rm.content(dir, String(integrity)).catch(() => undefined);
}

function checkedAnswer(value: unknown): Answer | null {
  const isAnswer = at(value, "ok") === true && typeof at(value, "text") === "string";
  return isAnswer ? (value as Answer) : null;
}
