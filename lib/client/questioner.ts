import type { Answer, AskOptions, ChatRequest, FailedTry } from "./types.js";
import { type Failure, RequestFailed, failure } from "./failure.js";
import { type Limit, limit } from "./limit.js";
import { type Sendable, oneRequest, timeout } from "./oneRequest.js";
import type { ClientSettings } from "./options.js";
import { type Reading, readAnswer } from "./readAnswer.js";
import { type Redactor, redactor } from "./redactor.js";
import { Slots } from "./slots.js";
import { transport } from "./transport.js";
import { SPREAD_MS, withRetries } from "./withRetries.js";

/** What came of a request and its retries. */
type Settled<T> = ({ readonly value: T } | { readonly failed: Failure }) & {
  readonly attempts: number;
  readonly failures: readonly FailedTry[];
  readonly ms: number;
};

/** Takes questions from the queue to their answers: slots, tries, waits and time limits. */
export class Questioner {
  readonly #transport;
  readonly #slots: Slots;
  readonly #redact: Redactor;

  constructor(readonly settings: ClientSettings) {
    this.#transport = transport(settings);
    this.#slots = new Slots(settings.concurrency);
    this.#redact = redactor(settings.apiKey);
  }

  /** Never rejects. */
  async ask(
    request: ChatRequest,
    signal: AbortSignal | undefined,
    onWait: AskOptions["onWait"],
  ): Promise<Answer> {
    const { model } = request;
    const sendable: Sendable<Reading> = {
      model,
      send: (own) => this.#transport.chat({ ...request }, own),
      read: (received) => {
        const read = readAnswer(received.text, model, received.headers);
        if ("failure" in read) throw new RequestFailed(read.failure);
        return read.reading;
      },
    };
    const settled = await this.#settle(sendable, signal, onWait);
    const { attempts, failures, ms } = settled;
    if ("value" in settled)
      return { ok: true, ...this.#redacted(settled.value), ms, attempts, cached: false, failures };
    const { partial, message } = settled.failed;
    return {
      ok: false,
      ...settled.failed,
      message: this.#redact.message(message),
      partial: partial === null ? null : this.#redact.answer(partial),
      ms,
      attempts,
      failures,
    };
  }

  /** @throws Error with one redacted line. */
  async get(path: string, signal: AbortSignal | undefined): Promise<string> {
    const settled = await this.#settle(
      { model: path, send: (own) => this.#transport.get(path, own), read: (received) => received.text },
      signal,
      undefined,
    );
    if ("value" in settled) return this.#redact.answer(settled.value);
    const { kind, message } = settled.failed;
    const why = kind === "model" ? "the server has no such page." : this.#redact.message(message);
    throw new Error(`GET ${path}: ${why}`);
  }

  async #settle<T>(
    sendable: Sendable<T>,
    asker: AbortSignal | undefined,
    onWait: AskOptions["onWait"],
  ): Promise<Settled<T>> {
    const began = performance.now();
    const whole = limit(this.settings.totalMs, asker);
    const failures: FailedTry[] = [];
    let attempts = 0;
    const request = async (): Promise<T> => {
      attempts++;
      try {
        return await oneRequest(sendable, this.settings, whole);
      } catch (error) {
        if (error instanceof RequestFailed) this.#pauseAfter(sendable.model, error.failure);
        throw error;
      }
    };
    const spent = (): { attempts: number; failures: FailedTry[]; ms: number } => ({
      attempts,
      failures,
      ms: Math.round(performance.now() - began),
    });
    try {
      const value = await withRetries(
        (n) =>
          this.#slots.run(sendable.model, request, {
            signal: whole.signal,
            priority: n,
            onHeld: (held) => onWait?.(held, "rate_limit"),
          }),
        {
          settings: this.settings,
          signal: whole.signal,
          deadline: began + this.settings.totalMs,
          failures,
          onWait,
        },
      );
      return { value, ...spent() };
    } catch (error) {
      return { failed: this.#ending(error, whole, asker), ...spent() };
    } finally {
      whole.dispose();
    }
  }

  #pauseAfter(model: string, { kind, waitMs }: Failure): void {
    // Longer than any of those who retry waits, so that they are in the queue, in front, when it is over.
    if (kind === "rate_limit" && waitMs !== null && waitMs <= this.settings.maxWaitMs)
      this.#slots.pause(model, waitMs + SPREAD_MS);
  }

  #ending(error: unknown, whole: Limit, asker: AbortSignal | undefined): Failure {
    if (error instanceof RequestFailed) return error.failure;
    if (whole.timedOut()) return timeout(this.settings.totalMs);
    if (asker?.aborted)
      return failure({
        kind: "interrupted",
        message: "interrupted before the answer came.",
        retriable: false,
      });
    const name = error instanceof Error ? error.name : typeof error;
    return failure({
      kind: "unknown",
      message: `the request could not be made (${name}).`,
      retriable: false,
    });
  }

  #redacted(reading: Reading): Reading {
    const hide = this.#redact.answer;
    const hideMaybe = (text: string | null): string | null => (text === null ? null : hide(text));
    return {
      ...reading,
      text: hide(reading.text),
      refusal: hideMaybe(reading.refusal),
      reasoning: hideMaybe(reading.reasoning),
      toolCalls: reading.toolCalls.map((call) => ({
        name: hide(call.name),
        arguments: hide(call.arguments),
      })),
      finish: hideMaybe(reading.finish),
      nativeFinish: hideMaybe(reading.nativeFinish),
      model: hideMaybe(reading.model),
      provider: hideMaybe(reading.provider),
      id: hideMaybe(reading.id),
    };
  }
}
