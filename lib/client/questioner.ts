import type { Answer, AskOptions, ChatRequest, FailedTry } from "../types.js";
import { type Failure, RequestFailed, failure } from "./failure.js";
import { type Limit, limit } from "./limits.js";
import type { ClientSettings } from "./options.js";
import { type Reading, readAnswer } from "./read-answer.js";
import { type Redactor, redactor } from "./redact.js";
import { SPREAD_MS, withRetries } from "./retry.js";
import { seconds, serverFailure } from "./server-error.js";
import { Slots } from "./slots.js";
import { type Received, networkFailure, transport } from "./transport.js";
import { at } from "./json.js";

type Settled<T> =
  | {
      readonly value: T;
      readonly attempts: number;
      readonly failures: readonly FailedTry[];
      readonly ms: number;
    }
  | {
      readonly failed: Failure;
      readonly attempts: number;
      readonly failures: readonly FailedTry[];
      readonly ms: number;
    };

/** Takes one question from the queue to its answer: slots, tries, waits and time limits. */
export class Questioner {
  readonly #send;
  readonly #slots: Slots;
  readonly #redact: Redactor;

  constructor(readonly settings: ClientSettings) {
    this.#send = transport(settings);
    this.#slots = new Slots(settings.concurrency);
    this.#redact = redactor(settings.apiKey);
  }

  /** Never rejects. */
  async ask(
    request: ChatRequest,
    signal: AbortSignal | undefined,
    onWait: AskOptions["onWait"] | undefined,
  ): Promise<Answer> {
    const settled = await this.#settle(
      request.model,
      (own) => this.#send.chat({ ...request }, own),
      (received) => {
        const read = readAnswer(received.text, request.model, received.headers);
        if ("failure" in read) throw new RequestFailed(read.failure);
        return read.reading;
      },
      signal,
      onWait,
    );
    const { attempts, failures, ms } = settled;
    if ("value" in settled)
      return { ok: true, ...this.#redacted(settled.value), ms, attempts, cached: false, failures };
    const { kind, status, message, retriable, waitMs, partial, usage } = settled.failed;
    return {
      ok: false,
      kind,
      status,
      message: this.#redact.message(message),
      retriable,
      waitMs,
      partial: partial === null ? null : this.#redact.answer(partial),
      usage,
      ms,
      attempts,
      failures,
    };
  }

  /** @throws Error with one redacted line. */
  async get(path: string): Promise<string> {
    const settled = await this.#settle(
      path,
      (signal) => this.#send.get(path, signal),
      (received) => received.text,
      undefined,
      undefined,
    );
    if ("value" in settled) return this.#redact.answer(settled.value);
    throw new Error(`GET ${path}: ${this.#redact.message(settled.failed.message)}`);
  }

  async #settle<T>(
    model: string,
    send: (signal: AbortSignal) => Promise<Received>,
    read: (received: Received) => T,
    asker: AbortSignal | undefined,
    onWait: AskOptions["onWait"] | undefined,
  ): Promise<Settled<T>> {
    const began = performance.now();
    const whole = limit(this.settings.totalMs, asker);
    const failures: FailedTry[] = [];
    let attempts = 0;
    const attempt = (n: number): Promise<T> =>
      this.#slots.run(
        model,
        () => {
          attempts++;
          return this.#once(model, send, read, whole);
        },
        {
          signal: whole.signal,
          priority: n,
          onHeld: (held) => onWait?.(held, "rate_limit"),
        },
      );
    try {
      const value = await withRetries(attempt, {
        settings: this.settings,
        signal: whole.signal,
        deadline: began + this.settings.totalMs,
        failures,
        onWait,
      });
      return { value, attempts, failures, ms: performance.now() - began };
    } catch (error) {
      const failed = this.#ending(error, whole, asker);
      return { failed, attempts, failures, ms: performance.now() - began };
    } finally {
      whole.dispose();
    }
  }

  /** One request. @throws RequestFailed, or whatever the signal makes of it. */
  async #once<T>(
    model: string,
    send: (signal: AbortSignal) => Promise<Received>,
    read: (received: Received) => T,
    whole: Limit,
  ): Promise<T> {
    const own = limit(this.settings.attemptTimeoutMs, whole.signal);
    try {
      const received = await send(own.signal).catch((error: unknown) => {
        if (whole.signal.aborted) throw error;
        throw new RequestFailed(
          own.timedOut()
            ? timeout(this.settings.attemptTimeoutMs)
            : networkFailure(error, this.settings.baseURL),
        );
      });
      if (received.status < 200 || received.status > 299)
        throw new RequestFailed(httpFailure(received, model));
      return read(received);
    } catch (error) {
      if (error instanceof RequestFailed) this.#pauseAfter(model, error.failure);
      throw error;
    } finally {
      own.dispose();
    }
  }

  #pauseAfter(model: string, { kind, waitMs }: Failure): void {
    if (kind === "rate_limit" && waitMs !== null && waitMs <= this.settings.maxWaitMs)
      // Longer than any of those who retry waits, so that they are in the queue, in front, when it is over.
      this.#slots.pause(model, waitMs + SPREAD_MS);
  }

  /** Told apart by whose signal ended, never by the class of the error. */
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

function timeout(ms: number): Failure {
  return failure({ kind: "timeout", message: `no whole answer within ${seconds(ms)} s.`, retriable: true });
}

function httpFailure({ status, headers, text }: Received, model: string): Failure {
  let error: unknown;
  try {
    error = at(JSON.parse(text), "error");
  } catch {
    // Not JSON, such as a proxy's page: the message then says what the body looks like.
  }
  return serverFailure({ status, error: error ?? undefined, headers, text, model });
}
