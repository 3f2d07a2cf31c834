import { setMaxListeners } from "node:events";

/** A signal that ends with another or by its own timer. `dispose` must be called, or the timer keeps the process alive. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Whether its own timer ended it. */
  readonly isOver: () => boolean;
  readonly dispose: () => void;
}

/**
 * A fresh signal that ends after `ms`, or when `source` does. Fresh, because openai's SDK leaves a listener on every
 * signal it is given; by hand, because AbortSignal.any keeps its results alive as long as their sources.
 */
export function deadline(ms: number, source?: AbortSignal): Deadline {
  const controller = new AbortController();
  let isOver = false;
  const end = (): void => controller.abort();
  const timer = setTimeout(() => {
    // A source that ended first is the reason, even when the timer also fires.
    isOver = !controller.signal.aborted;
    end();
  }, ms);
  // Every question in flight listens to the caller's one signal: that many listeners are no leak, and no warning.
  if (source) setMaxListeners(0, source);
  source?.addEventListener("abort", end, { once: true });
  if (source?.aborted) end();
  return {
    signal: controller.signal,
    isOver: () => isOver,
    dispose: () => {
      clearTimeout(timer);
      source?.removeEventListener("abort", end);
    },
  };
}
