import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import type { Cacache } from "cacache";
import type { Answer, AnswerCache } from "./types.js";
import { at } from "./json.js";

/** An answer cache in a folder. */
export interface FolderCache extends AnswerCache {
  readonly dir: string;
  /** Removes every answer. Deleting the folder does the same. */
  clear(): Promise<void>;
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
    async get(key) {
      const { get } = await store();
      const entry = await get.info(dir, key).catch(() => null);
      return checkedAnswer(entry?.metadata);
    },
    async set(key, answer) {
      const text = JSON.stringify(answer);
      const integrity = `sha256-${createHash("sha256").update(text).digest("base64")}`;
      await (await store()).index.insert(dir, key, integrity, { metadata: answer, size: text.length });
    },
    clear: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Loaded when it is used first: it takes as long to load as everything else of the client together. */
async function store(): Promise<Cacache> {
  return (await import("cacache")).default;
}

function checkedAnswer(value: unknown): Answer | null {
  const isAnswer = at(value, "ok") === true && typeof at(value, "text") === "string";
  return isAnswer ? (value as Answer) : null;
}
