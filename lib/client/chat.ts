import { createRequire } from "node:module";
import { deadline } from "./deadline.js";
import { RequestFailed, failure, networkFailure, seconds, serverFailure } from "./failures.js";
import type { ClientSettings } from "./options.js";

/**
 * The part of openai's SDK that is used here. Its own types are 140 files of 2 MB, and every notebook's first cell would
 * wait until they are read; a test holds this part to them instead.
 */
export interface Sdk {
  readonly chat: {
    readonly completions: {
      create(body: object, options: { readonly signal: AbortSignal }): SdkRequest;
    };
  };
  get(path: string, options: { readonly signal: AbortSignal }): SdkRequest;
}

interface SdkRequest {
  asResponse(): Promise<Response>;
}

export interface SdkOptions {
  readonly apiKey: string;
  readonly adminAPIKey: null;
  readonly organization: null;
  readonly project: null;
  readonly webhookSecret: null;
  readonly baseURL: string;
  readonly maxRetries: number;
  readonly timeout: number;
  readonly logLevel: "off";
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
}

/** What the SDK throws for a status that is no success; its connection errors have no status. */
export interface SdkError extends Error {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  /** The body's `error`. */
  readonly error: unknown;
}

interface SdkPackage {
  readonly OpenAI: (new (options: SdkOptions) => Sdk) & {
    readonly APIError: abstract new (...args: never[]) => SdkError;
  };
}

/** A server's answer with a 2xx status, its whole body read. */
export interface Received {
  readonly text: string;
  readonly headers: Headers;
}

/** Sends one request by the SDK, for the model in question or, in a listing, its path. */
export type Send = (sdk: Sdk, signal: AbortSignal) => SdkRequest;

/**
 * openai's SDK as the sender of single requests, each at most `attemptTimeoutMs` long, its body included: the SDK's own
 * timer stops at the headers. The SDK never leaves this function, since printing it would print the key. Everything it
 * would take from the environment on its own (keys, organisation, address, debug log) is shut off.
 *
 * @returns A function that throws RequestFailed or, when `whole` has ended, whatever the SDK makes of that.
 */
export function chat(
  settings: ClientSettings,
): (model: string, send: Send, whole: AbortSignal) => Promise<Received> {
  const { OpenAI } = createRequire(import.meta.url)("openai/client") as SdkPackage;
  // These and no others: the SDK would add those of OPENAI_CUSTOM_HEADERS, which may replace the key, and tell of the machine.
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${settings.apiKey}`,
    "content-type": "application/json",
    "user-agent": "facet-bench",
    ...settings.headers,
  };
  const sdk = new OpenAI({
    apiKey: settings.apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: settings.baseURL,
    maxRetries: 0,
    timeout: settings.attemptTimeoutMs,
    logLevel: "off",
    // A redirect would carry the prompts, and perhaps the key, to a place nobody chose.
    fetch: (url, init) => fetch(url, { ...init, headers, redirect: "error" }),
  });

  return async (model, send, whole) => {
    const own = deadline(settings.attemptTimeoutMs, whole);
    try {
      const response = await send(sdk, own.signal).asResponse();
      return { text: await response.text(), headers: response.headers };
    } catch (error) {
      // Told apart by whose signal ended, never by the class of the error.
      if (whole.aborted) throw error;
      if (own.isOver()) throw new RequestFailed(timeout(settings.attemptTimeoutMs));
      throw new RequestFailed(
        error instanceof OpenAI.APIError && error.status !== undefined
          ? serverFailure({ ...statusOf(error, error.status), model })
          : networkFailure(error, settings.baseURL),
      );
    } finally {
      own.dispose();
    }
  };
}

export function timeout(ms: number): ReturnType<typeof failure> {
  return failure({ kind: "timeout", message: `no whole answer within ${seconds(ms)} s.`, retriable: true });
}

/** The SDK puts a body that is no JSON into its message, after the status. */
function statusOf({ error, headers, message }: SdkError, status: number) {
  const text = message.slice(`${status} `.length).replace(/^status code \(no body\)$/, "");
  return { status, error: error ?? undefined, headers: headers ?? null, text };
}
