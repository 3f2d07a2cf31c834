import { type Failure, RequestFailed, failure } from "./failure.js";
import { at } from "./json.js";
import { type Limit, limit } from "./limit.js";
import type { ClientSettings } from "./options.js";
import { seconds, serverFailure } from "./serverFailure.js";
import { type Received, networkFailure } from "./transport.js";

/** A request to be made: how it is sent and how a body sent with a 2xx status is read. */
export interface Sendable<T> {
  /** The model, for messages and limits; a path where there is none. */
  readonly model: string;
  readonly send: (signal: AbortSignal) => Promise<Received>;
  /** @throws RequestFailed when the body is no answer. */
  readonly read: (received: Received) => T;
}

/**
 * One request, at most `attemptTimeoutMs` long, its body included.
 *
 * @param whole The limit of the whole question.
 * @throws RequestFailed, or whatever the transport makes of it when `whole` has ended.
 */
export async function oneRequest<T>(
  { model, send, read }: Sendable<T>,
  settings: ClientSettings,
  whole: Limit,
): Promise<T> {
  const own = limit(settings.attemptTimeoutMs, whole.signal);
  try {
    const received = await send(own.signal).catch((error: unknown) => {
      // Told apart by whose signal ended, never by the class of the error.
      if (whole.signal.aborted) throw error;
      throw new RequestFailed(
        own.timedOut() ? timeout(settings.attemptTimeoutMs) : networkFailure(error, settings.baseURL),
      );
    });
    if (received.status < 200 || received.status > 299) throw new RequestFailed(httpFailure(received, model));
    return read(received);
  } finally {
    own.dispose();
  }
}

export function timeout(ms: number): Failure {
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
