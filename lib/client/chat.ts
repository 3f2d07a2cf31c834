import * as http from "node:http";
import * as https from "node:https";
import { createRequire } from "node:module";
import { text as readText } from "node:stream/consumers";
import { deadline } from "./deadline.js";
import { RequestFailed, failure, networkFailure, seconds, serverFailure, serverName } from "./failures.js";
import type { ClientSettings } from "./options.js";
import type { ChatRequest, Failure } from "./types.js";

/**
 * The part of openai's SDK that is used here. Its own types are 140 files of 2 MB, and every notebook's first cell would
 * wait until they are read; a test holds this part to them instead.
 */
export interface Sdk {
  post(path: string, options: { readonly body: object; readonly signal: AbortSignal }): Sending;
  get(path: string, options: { readonly signal: AbortSignal }): Sending;
}

interface Sending {
  asResponse(): Promise<Response>;
}

/** What the SDK throws for a status that is no success; its connection errors have no status. */
export interface SdkError extends Error {
  readonly status: number | undefined;
  readonly headers: Headers | undefined;
  /** The body's `error`. */
  readonly error: unknown;
}

interface SdkPackage {
  readonly OpenAI: new (options: ReturnType<typeof sdkOptions>) => Sdk;
}

/** A server's answer with a 2xx status, its whole body read. */
export interface Received {
  readonly text: string;
  readonly headers: Headers;
  /** `serverName`. */
  readonly server: string;
}

/**
 * Everything that the SDK would take from the environment on its own is shut off: keys, organisation, address, debug log.
 * Its `fetch` sends our headers and no others: the SDK would add those of OPENAI_CUSTOM_HEADERS, which may replace the
 * key, and tell of the machine. And it follows no redirect, which would carry the prompts to a place nobody chose.
 */
export function sdkOptions({ apiKey, baseURL, attemptTimeoutMs }: ClientSettings) {
  const headers = {
    accept: "application/json",
    "accept-encoding": "identity",
    authorization: `Bearer ${apiKey}`,
    "content-type": "application/json",
    "user-agent": "facet-bench",
    // How OpenRouter's own pages name the program.
    "x-openrouter-title": "facet-bench",
  };
  return {
    apiKey,
    baseURL,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: attemptTimeoutMs,
    logLevel: "off" as const,
    fetch: (url: string | URL | Request, init: RequestInit = {}) =>
      overHttp(new URL(String(url)), init, headers),
  };
}

/**
 * What the SDK needs of `fetch`, over node:http. The built-in one takes half as much CPU again for a call: with it 1,200
 * questions, 64 at once, take longer than the 4.5 s that tests/bench/eval.ts holds us to. The body is read to its end.
 */
function overHttp(url: URL, init: RequestInit, headers: Readonly<Record<string, string>>): Promise<Response> {
  const { method = "GET", body, signal } = init;
  const sent = typeof body === "string" ? body : "";
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).request(url, {
      method,
      headers: { ...headers, "content-length": Buffer.byteLength(sent) },
      ...(signal ? { signal } : {}),
    });
    request.once("error", reject).once("response", (incoming) => {
      const { statusCode: status = 0 } = incoming;
      if (status >= 300 && status < 400) return request.destroy(new Error("unexpected redirect"));
      const named = Object.entries(incoming.headers).map(
        ([name, value]) => [name, String(value)] as [string, string],
      );
      readText(incoming)
        .then((read) => new Response(read || null, { status, headers: named }))
        .then(resolve, reject);
    });
    request.end(sent);
  });
}

/**
 * openai's SDK as the sender of single requests, each at most `attemptTimeoutMs` long, its body included: the SDK's own
 * timer stops at the headers. The SDK never leaves this function, since printing it would print the key.
 *
 * @returns A function that is given a question, or the path of a page, and the signal of all its tries. It
 *   throws RequestFailed or, when that signal has ended, whatever the SDK makes of that.
 */
export function chat(settings: ClientSettings) {
  const { OpenAI } = createRequire(import.meta.url)("openai/client") as SdkPackage;
  const sdk = new OpenAI(sdkOptions(settings));
  const server = serverName(settings.baseURL);
  return async (asked: ChatRequest | string, whole: AbortSignal): Promise<Received> => {
    const own = deadline(settings.attemptTimeoutMs, whole);
    const { signal } = own;
    try {
      const sending =
        typeof asked === "string"
          ? sdk.get(asked, { signal })
          : sdk.post("/chat/completions", { body: asked, signal });
      const response = await sending.asResponse();
      return { text: await response.text(), headers: response.headers, server };
    } catch (error) {
      // Told apart by whose signal ended, never by the class of the error.
      if (whole.aborted) throw error;
      if (own.isOver()) throw new RequestFailed(timeout(settings.attemptTimeoutMs));
      const { status, headers = null, message, error: inBody } = error as SdkError;
      if (status === undefined) throw new RequestFailed(networkFailure(error, server));
      // A body that is no JSON stands in the message, after the status.
      const text = message.slice(`${status} `.length).replace(/^status code \(no body\)$/, "");
      const model = typeof asked === "string" ? "" : asked.model;
      const said = { status, error: inBody ?? undefined, headers, text, model, server };
      throw new RequestFailed(serverFailure(said));
    } finally {
      own.dispose();
    }
  };
}

export function timeout(ms: number): Failure {
  return failure({ kind: "timeout", message: `no whole answer within ${seconds(ms)} s.`, retriable: true });
}
