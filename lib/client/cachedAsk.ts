import { createHash } from "node:crypto";
import type { Answer, AnswerCache, AskOptions } from "./types.js";

/** Rises whenever a cached answer of before would no longer be read right. */
const SCHEMA = 1;

/**
 * The key of a question in the answer cache: sha256 of canonical JSON of the server's address, the whole body as sent
 * and the epoch. Keys, headers, time limits and concurrency are not in it.
 */
export function questionKey(baseURL: string, body: Readonly<Record<string, unknown>>, epoch: number): string {
  return createHash("sha256")
    .update(canonicalJson({ schema: SCHEMA, baseURL, body, epoch }))
    .digest("hex");
}

/** JSON with sorted keys and without undefined fields: equal for equal values, whatever the order they were written in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : inner,
  );
}

type Keep = (answer: Answer) => Promise<void>;

/** Asks through a cache: a kept answer is given again, a new one kept, and equal questions asked at once share a request. */
export class CachedAsk {
  readonly #inFlight = new WeakMap<AnswerCache, Map<string, Promise<Answer>>>();
  #hasWarned = false;

  async ask(
    key: string,
    cache: AnswerCache,
    { signal, slot }: AskOptions,
    fresh: (keep: Keep) => Promise<Answer>,
  ): Promise<Answer> {
    const inFlight = this.#of(cache);
    for (let other = inFlight.get(key); other; other = inFlight.get(key)) {
      // The other may need it for its retry.
      slot?.release();
      const answer = await untilEnded(other, signal);
      // Where the other asker was interrupted and this one was not, it asks for itself.
      if (answer !== null && (answer.ok || answer.kind !== "interrupted")) return asHit(answer);
      if (signal?.aborted) break;
    }
    const own = this.#lookUpOrAsk(key, cache, fresh);
    inFlight.set(key, own);
    try {
      return await own;
    } finally {
      inFlight.delete(key);
    }
  }

  async #lookUpOrAsk(
    key: string,
    cache: AnswerCache,
    fresh: (keep: Keep) => Promise<Answer>,
  ): Promise<Answer> {
    const kept = await tried(() => cache.get(key)).catch((error: unknown) => this.#warn("read from", error));
    if (kept) return asHit(kept);
    return fresh(async (answer) => {
      // An answer that cannot be kept is an answer still.
      if (isWorthKeeping(answer))
        await tried(() => cache.set(key, answer)).catch((error: unknown) => this.#warn("kept in", error));
    });
  }

  #warn(what: string, error: unknown): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const why = error instanceof Error ? error.message : String(error);
    process.emitWarning(`Answers cannot be ${what} the cache: ${why}`);
  }

  #of(cache: AnswerCache): Map<string, Promise<Answer>> {
    const known = this.#inFlight.get(cache) ?? new Map<string, Promise<Answer>>();
    this.#inFlight.set(cache, known);
    return known;
  }
}

/** A cache of one's own may throw instead of rejecting. */
async function tried<T>(call: () => Promise<T>): Promise<T> {
  return await call();
}

/** Errors pass, filtered and empty answers may; text that was cut would hide that a higher max_tokens is needed. */
function isWorthKeeping(answer: Answer): boolean {
  return (
    answer.ok && ["text", "tool_calls", "refusal"].includes(answer.outcome) && answer.finish !== "length"
  );
}

/** An answer as it is given again: it cost nothing and sent nothing. `ms` stays what it took when it was asked. */
export function asHit(answer: Answer): Answer {
  const nothingSent = { attempts: 0, failures: [] };
  return answer.ok ? { ...answer, ...nothingSent, cached: true, costUsd: 0 } : { ...answer, ...nothingSent };
}

/** The promise's value, or null as soon as the signal ends. */
function untilEnded<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(null);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
  });
}
