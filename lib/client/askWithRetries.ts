import { setTimeout as sleep } from "node:timers/promises";
import pRetry from "p-retry";
import { type Received, chat, timeout } from "./chat.js";
import { deadline } from "./deadline.js";
import { RequestFailed, failure, seconds } from "./failures.js";
import type { ClientSettings } from "./options.js";
import type { RateLimits, Slot } from "./rateLimits.js";
import type { ChatRequest, Failure, Spent } from "./types.js";

/** At most this much above the wait a server asked for, so that many clients do not come back in the same millisecond. */
const SPREAD_MS = 250;

/** A question, and what is made of the body that comes back. */
export interface Question<T> {
  /** A question for a model, or the path of a page of the server, such as "/models". */
  readonly request: ChatRequest | string;
  /** Still in the slot: whatever it waits for is done before another request begins. @throws RequestFailed */
  readonly read: (received: Received, spent: () => Spent) => T | Promise<T>;
  readonly signal?: AbortSignal | undefined;
  readonly slot?: Slot | undefined;
}

/** What came of a question. */
export type Settled<T> = { readonly value: T } | { readonly failed: Failure; readonly spent: Spent };

/**
 * Takes questions to their answers: a slot, at most `attempts` requests, the waits between them (without a slot), and a
 * limit of time for all of it. The only layer of retries. Never rejects.
 */
export function askWithRetries(
  settings: ClientSettings,
  limits: RateLimits,
): <T>(question: Question<T>) => Promise<Settled<T>> {
  const sendOnce = chat(settings);
  return async ({ request, read, signal, slot: given }) => {
    const model = typeof request === "string" ? "" : request.model;
    const began = performance.now();
    const whole = deadline(settings.totalMs, signal);
    const failures: Spent["failures"][number][] = [];
    let attempts = 0;
    const spent = (): Spent => ({ ms: Math.round(performance.now() - began), attempts, failures });
    const whyEnded = (error: unknown): Failure => {
      if (error instanceof RequestFailed) return error.failure;
      if (whole.isOver()) return timeout(settings.totalMs);
      const message = signal?.aborted
        ? "interrupted before the answer came."
        : `the request could not be made (${error instanceof Error ? error.name : typeof error}).`;
      return failure({ kind: signal?.aborted ? "interrupted" : "unknown", message, retriable: false });
    };
    try {
      const value = await pRetry(
        async (n) => {
          const slot = given?.isHeld ? given : await limits.slot(model, whole.signal, n > 1);
          attempts++;
          try {
            const value = await read(await sendOnce(request, whole.signal), spent);
            slot.release(true);
            return value;
          } catch (error) {
            const { kind, waitMs } = error instanceof RequestFailed ? error.failure : {};
            // Longer than any of those who retry waits, so that they are in the queue, in front, when it is over.
            if (kind === "rate_limit" && typeof waitMs === "number" && waitMs <= settings.maxWaitMs)
              limits.pause(model, waitMs + SPREAD_MS);
            throw error;
          } finally {
            slot.release();
          }
        },
        {
          retries: settings.attempts - 1,
          minTimeout: 0,
          signal: whole.signal,
          shouldRetry: ({ error }) => error instanceof RequestFailed && error.failure.retriable,
          onFailedAttempt: async ({ error, attemptNumber: n, retriesLeft }) => {
            if (!(error instanceof RequestFailed)) return;
            const { kind, status, retriable } = error.failure;
            failures.push({ n, kind, status, waitedMs: 0 });
            if (!retriable || retriesLeft === 0) return;
            const left = began + settings.totalMs - performance.now();
            const wait = waitBefore(error.failure, n, settings, left, Math.random());
            if (kind === "rate_limit") limits.pause(model, wait);
            const waits = performance.now();
            await sleep(wait, undefined, { signal: whole.signal }).finally(() => {
              const waitedMs = Math.round(performance.now() - waits);
              failures[failures.length - 1] = { n, kind, status, waitedMs };
            });
          },
        },
      );
      return { value };
    } catch (error) {
      return { failed: whyEnded(error), spent: spent() };
    } finally {
      whole.dispose();
    }
  };
}

/**
 * How long to wait before the next try: what the server asked for, else baseMs doubled each time, ±25 %.
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
  const giveUp = (why: string): RequestFailed =>
    new RequestFailed({
      ...failed,
      message: `${failed.message} ${why}`,
      retriable: (asked ?? 0) <= maxWaitMs,
    });
  if (asked !== null && asked > maxWaitMs)
    throw giveUp(`That is longer than the ${seconds(maxWaitMs)} s this client waits.`);
  const backoff = Math.min(maxWaitMs, baseMs * 2 ** (attempt - 1) * (0.75 + random / 2));
  const wait = asked === null ? backoff : asked + random * SPREAD_MS;
  if (wait >= leftMs) throw giveUp("No time is left for another try.");
  return wait;
}
