import { randomUUID } from "node:crypto";
import { startPython } from "./process.js";
import type { PythonJob, PythonProcess, PythonReply } from "./process.js";

/** One process for all answers, started at the first and again after one that had to be ended. */
let current: PythonProcess | null = null;
/** Why no process starts here; asked once, not for every answer. */
let unavailable: string | null = null;
let queue: Promise<unknown> = Promise.resolve();
let idle: NodeJS.Timeout | undefined;

const IDLE_MS = 30_000;

/** Runs Python away from this process, one job after another. Never rejects. */
export function runPython(job: PythonJob): Promise<PythonReply> {
  const reply = queue
    .then(() => runNow(job))
    .catch((error: unknown): PythonReply => ({
      kind: "unavailable",
      why: error instanceof Error ? error.message : String(error),
    }));
  queue = reply;
  return reply;
}

async function runNow(job: PythonJob): Promise<PythonReply> {
  if (unavailable !== null) return { kind: "unavailable", why: unavailable };
  clearTimeout(idle);
  if (!current?.alive) {
    const started = await startPython();
    if (typeof started === "string") {
      unavailable = started;
      return { kind: "unavailable", why: started };
    }
    current = started;
  }
  const used = current;
  const reply = await used.run(job);
  idle = setTimeout(() => used.kill(), IDLE_MS).unref();
  return reply;
}

/** A Python name that no answer can guess: under it the hidden inputs and the right value stand beside its code. */
export const secretName = (): string => `_${randomUUID().replaceAll("-", "")}`;
