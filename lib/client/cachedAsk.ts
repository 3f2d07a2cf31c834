import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Unclaim } from "./claims.js";
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

/** Asks, and calls what it is given with the answer while it still holds the slot. */
type AskAfresh = (keep: (answer: Answer) => Promise<void>) => Promise<Answer>;

/**
 * Asks through a cache: a kept answer is given again, a new one kept, and equal questions asked at once share a request.
 * A cache that fails is told of once, and does without.
 */
export function cachedAsk() {
  const inFlight = new Map<string, Promise<Answer>>();
  let hasWarned = false;
  const warnOnce = (line: string): void => {
    if (!hasWarned) process.emitWarning(line);
    hasWarned = true;
  };
  return async (key: string, given: AnswerCache, { signal, slot }: AskOptions, fresh: AskAfresh) => {
    const cache = tolerant(given, warnOnce);
    for (let other = inFlight.get(key); other; other = inFlight.get(key)) {
      // The other may need it for its retry.
      slot?.release();
      const answer = await untilEnded(other, signal);
      // Where the other asker was interrupted and this one was not, it asks for itself.
      if (answer !== null && (answer.ok || answer.kind !== "interrupted")) return asHit(answer);
      if (signal?.aborted) break;
    }
    const keep = async (answer: Answer): Promise<void> => {
      if (isWorthKeeping(answer)) await cache.set(key, answer);
    };
    /** Where another process asks, its answer is waited for, without the slot. */
    const askOrWait = async (): Promise<Answer> => {
      const known = await cache.get(key);
      if (known) return asHit(known);
      for (;;) {
        const unclaim = signal?.aborted ? NOTHING : await cache.claim(key);
        if (unclaim === NOTHING) return fresh(keep);
        // Another process may have kept it since.
        if (unclaim)
          return cache
            .get(key)
            .then((kept) => (kept ? asHit(kept) : fresh(keep)))
            .finally(unclaim);
        slot?.release();
        await untilEnded(sleep(POLL_MS), signal);
      }
    };
    const own = askOrWait();
    inFlight.set(key, own);
    return own.finally(() => inFlight.delete(key));
  };
}

/** The cache as one that never rejects: an answer that cannot be read is a miss, one that cannot be kept an answer still. */
export function tolerant(
  cache: AnswerCache,
  tell: (line: string) => void,
): Required<Omit<AnswerCache, "place">> {
  // Awaited inside, since a cache of one's own may throw instead of rejecting.
  const attempt = async <T>(use: () => Promise<T>): Promise<T | null> => {
    try {
      return await use();
    } catch (error) {
      tell(`The answer cache cannot be used: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  return {
    get: (key) => attempt(() => cache.get(key)),
    set: async (key, answer) => void (await attempt(() => cache.set(key, answer))),
    claim: async (key) => {
      const claimed = await attempt(async () => ({ unclaim: await (cache.claim?.(key) ?? NOTHING) }));
      const unclaim = claimed === null ? NOTHING : claimed.unclaim;
      return unclaim === null || unclaim === NOTHING ? unclaim : async () => void (await attempt(unclaim));
    },
  };
}

/** The claim of whoever is alone. */
const NOTHING: Unclaim = () => Promise.resolve();

/** Between two looks at what another process asks. */
const POLL_MS = 100;

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
export function untilEnded<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const end = (): void => resolve(null);
    if (signal?.aborted) end();
    signal?.addEventListener("abort", end, { once: true });
    promise
      .finally(() => signal?.removeEventListener("abort", end))
      // With the signal's end whatever waited for it may reject first.
      .then(resolve, (error: unknown) => (signal?.aborted ? end() : reject(error)));
  });
}
