import { setMaxListeners } from "node:events";

/** A signal that ends with others or by its own timer. `dispose` must be called, or the timer keeps the process alive. */
export interface Limit {
  readonly signal: AbortSignal;
  /** Whether this limit's own timer ended it. */
  readonly timedOut: () => boolean;
  readonly dispose: () => void;
}

/**
 * A fresh signal that ends when one of `signals` does, or after `ms`. Fresh, because openai's SDK leaves a listener on
 * every signal it is given; by hand, because AbortSignal.any keeps its results alive as long as their sources.
 */
export function limit(ms: number | null, ...signals: readonly (AbortSignal | undefined)[]): Limit {
  const controller = new AbortController();
  const sources = signals.filter((signal) => signal !== undefined);
  let expired = false;
  const end = (): void => controller.abort();
  const timer =
    ms === null
      ? undefined
      : setTimeout(() => {
          // A source that ended first is the reason, even when the timer also fires.
          expired = !controller.signal.aborted;
          controller.abort();
        }, ms);
  for (const source of sources) {
    // Every question in flight listens to the caller's one signal: that many listeners are no leak, and no warning.
    setMaxListeners(0, source);
    if (source.aborted) end();
    else source.addEventListener("abort", end, { once: true });
  }
  return {
    signal: controller.signal,
    timedOut: () => expired,
    dispose: () => {
      clearTimeout(timer);
      for (const source of sources) source.removeEventListener("abort", end);
    },
  };
}

/** Resolves after `ms`; rejects at once when the signal ends. */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(new Ended());
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve();
    }, ms);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

/** A signal ended what was going on. Which one, the caller knows. */
export class Ended extends Error {
  override readonly name = "Ended";
}
