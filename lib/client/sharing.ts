import type { Answer, AnswerCache } from "./types.js";

/** Asks through a cache: a kept answer is given again, a new one kept, and equal questions asked at once share a request. */
export class Sharing {
  readonly #inFlight = new WeakMap<AnswerCache, Map<string, Promise<Answer>>>();
  #hasWarned = false;

  async ask(
    key: string,
    cache: AnswerCache,
    fresh: () => Promise<Answer>,
    signal: AbortSignal | undefined,
  ): Promise<Answer> {
    const inFlight = this.#of(cache);
    const other = inFlight.get(key);
    if (other) {
      const answer = await untilEnded(other, signal);
      // The other asker was interrupted, this one was not: it asks for itself.
      if (answer !== null && (answer.ok || answer.kind !== "interrupted")) return asHit(answer);
      return signal?.aborted ? fresh() : this.ask(key, cache, fresh, signal);
    }
    const own = this.#lookUpOrAsk(key, cache, fresh);
    inFlight.set(key, own);
    try {
      return await own;
    } finally {
      inFlight.delete(key);
    }
  }

  async #lookUpOrAsk(key: string, cache: AnswerCache, fresh: () => Promise<Answer>): Promise<Answer> {
    const kept = await cache.get(key).catch(() => null);
    if (kept) return asHit(kept);
    const answer = await fresh();
    // An answer that cannot be kept is an answer still.
    if (isWorthKeeping(answer)) await cache.set(key, answer).catch((error: unknown) => this.#warn(error));
    return answer;
  }

  #warn(error: unknown): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    const why = error instanceof Error ? error.message : String(error);
    process.emitWarning(`Answers cannot be kept in the cache: ${why}`);
  }

  #of(cache: AnswerCache): Map<string, Promise<Answer>> {
    const known = this.#inFlight.get(cache) ?? new Map<string, Promise<Answer>>();
    this.#inFlight.set(cache, known);
    return known;
  }
}

/** Errors pass, filtered and empty answers may; text that was cut would hide that a higher max_tokens is needed. */
export function isWorthKeeping(answer: Answer): boolean {
  return (
    answer.ok && ["text", "tool_calls", "refusal"].includes(answer.outcome) && answer.finish !== "length"
  );
}

/** An answer as it is given again: it cost nothing and sent nothing. `ms` stays what it took when it was asked. */
function asHit(answer: Answer): Answer {
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
