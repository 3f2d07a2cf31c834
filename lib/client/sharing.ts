import type { Answer, AnswerCache } from "../types.js";

/** Asks through a cache: a kept answer is given again, a new one kept, and equal questions asked at once share a request. */
export class Sharing {
  readonly #inFlight = new WeakMap<AnswerCache, Map<string, Promise<Answer>>>();

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
      if (answer !== null && (answer.ok || answer.kind !== "interrupted")) return asHit(answer, 0);
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
    const began = performance.now();
    const kept = await cache.get(key);
    if (kept) return asHit(kept, Math.round(performance.now() - began));
    const answer = await fresh();
    if (isWorthKeeping(answer)) await cache.set(key, answer);
    return answer;
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

/** An answer as it is given again: it cost nothing and sent nothing. */
function asHit(answer: Answer, ms: number): Answer {
  return answer.ok ? { ...answer, cached: true, costUsd: 0, attempts: 0, failures: [], ms } : answer;
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
