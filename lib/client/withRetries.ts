import pRetry from "p-retry";
import type { FailedTry } from "./types.js";
import { type Failure, RequestFailed } from "./failure.js";
import { sleep } from "./limit.js";
import type { ClientSettings } from "./options.js";
import { seconds } from "./serverFailure.js";

/** At most this much above the wait a server asked for, so that many clients do not come back in the same millisecond. */
export const SPREAD_MS = 250;

export interface RetryOptions {
  readonly settings: ClientSettings;
  readonly signal: AbortSignal;
  /** performance.now() at which the time for all tries is up. */
  readonly deadline: number;
  /** Filled with every try that failed. */
  readonly failures: FailedTry[];
  readonly onWait?: ((waiting: boolean, kind: Failure["kind"]) => void) | undefined;
}

/**
 * Calls `attempt` until it succeeds, at most `settings.attempts` times: the only layer of retries. Before the next try
 * it waits what the server asked for, else baseMs doubled each time, ±25 %.
 *
 * @throws RequestFailed with the last failure. Whatever a signal throws comes through.
 */
export async function withRetries<T>(attempt: (n: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { settings, signal, failures } = options;
  return pRetry(
    async (n) => {
      try {
        return await attempt(n);
      } catch (error) {
        if (error instanceof RequestFailed) {
          const { kind, status } = error.failure;
          failures.push({ n, kind, status, waitedMs: 0 });
        }
        throw error;
      }
    },
    {
      retries: settings.attempts - 1,
      minTimeout: 0,
      signal,
      // p-retry asks only while a try is left, so nothing waits after the last one.
      shouldRetry: async ({ error, attemptNumber }) => {
        if (!(error instanceof RequestFailed) || !error.failure.retriable) return false;
        const left = options.deadline - performance.now();
        const wait = waitBefore(error.failure, attemptNumber, settings, left, Math.random());
        options.onWait?.(true, error.failure.kind);
        const began = performance.now();
        try {
          await sleep(wait, signal);
        } finally {
          options.onWait?.(false, error.failure.kind);
          const last = failures.at(-1);
          if (last)
            failures[failures.length - 1] = { ...last, waitedMs: Math.round(performance.now() - began) };
        }
        return true;
      },
    },
  );
}

/**
 * How long to wait before the next try.
 *
 * @param attempt The try that failed, from 1.
 * @param leftMs Time left for all tries.
 * @param random From 0 to 1.
 * @throws RequestFailed when the wait would be longer than allowed: said now, not after the wait.
 */
export function waitBefore(
  failed: Failure,
  attempt: number,
  { baseMs, maxWaitMs }: Pick<ClientSettings, "baseMs" | "maxWaitMs">,
  leftMs: number,
  random: number,
): number {
  const asked = failed.waitMs;
  if (asked !== null && asked > maxWaitMs)
    throw given(
      { ...failed, retriable: false },
      `That is longer than the ${seconds(maxWaitMs)} s this client waits.`,
    );
  const backoff = Math.min(maxWaitMs, baseMs * 2 ** (attempt - 1) * (0.75 + random / 2));
  const wait = asked === null ? backoff : asked + random * SPREAD_MS;
  if (wait >= leftMs) throw given(failed, "No time is left for another try.");
  return wait;
}

function given(failed: Failure, why: string): RequestFailed {
  return new RequestFailed({ ...failed, message: `${failed.message} ${why}` });
}
