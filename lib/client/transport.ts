import { createRequire } from "node:module";
import { type Failure, failure } from "./failure.js";
import { httpFetch } from "./httpFetch.js";
import type { ClientSettings } from "./options.js";

/** A server's answer to one request, whatever its status, with its whole body read. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends single requests: no retry, no queue, no time limit but the signal's. */
export interface Transport {
  /** @throws whatever the network or the signal makes of it: see networkFailure. */
  chat(body: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<Received>;
  get(path: string, signal: AbortSignal): Promise<Received>;
}

/**
 * The part of openai's SDK that is used here. Its own types are 140 files of 2 MB, and every notebook's first cell would
 * wait until they are read; a test holds this part to them instead.
 */
export interface Sdk {
  post(path: string, options: { readonly body: unknown; readonly signal: AbortSignal }): SdkRequest;
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
  readonly fetchOptions: { readonly redirect: "error" };
  readonly fetch: (url: string | URL | Request, init?: RequestInit) => Promise<Response>;
}

/** The longest that setTimeout takes. */
const NEVER_MS = 2 ** 31 - 1;

/** What the SDK's fetch throws for a status that is no success, so that the body is read in one place. */
class HttpError extends Error {
  override readonly name = "HttpError";
  constructor(readonly received: Received) {
    super(`HTTP ${received.status}`);
  }
}

/**
 * openai's SDK as the sender. It never leaves this function: printing it would print the key. Everything it would
 * take from the environment on its own (keys, organisation, address, extra headers, debug log) is shut off.
 */
export function transport(settings: ClientSettings): Transport {
  // These and no others: the SDK would add those of OPENAI_CUSTOM_HEADERS, which may replace the key, and tell of the machine.
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${settings.apiKey}`,
    "content-type": "application/json",
    "user-agent": "facet-bench",
    ...settings.headers,
  };
  const { OpenAI } = createRequire(import.meta.url)("openai/client") as {
    readonly OpenAI: new (options: SdkOptions) => Sdk;
  };
  const sdk = new OpenAI({
    apiKey: settings.apiKey,
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL: settings.baseURL,
    maxRetries: 0,
    // Its timer stops at the headers; ours covers the body too.
    timeout: NEVER_MS,
    logLevel: "off",
    // A redirect would carry the prompts, and perhaps the key, to a place nobody chose.
    fetchOptions: { redirect: "error" },
    fetch: async (url: string | URL | Request, init?: RequestInit) => {
      const response = await httpFetch(url, { ...init, headers });
      if (response.ok) return response;
      throw new HttpError({
        status: response.status,
        headers: response.headers,
        text: await response.text(),
      });
    },
  });
  return {
    chat: (body, signal) => received(sdk.post("/chat/completions", { body, signal }).asResponse()),
    get: (path, signal) => received(sdk.get(path, { signal }).asResponse()),
  };
}

async function received(response: Promise<Response>): Promise<Received> {
  try {
    const good = await response;
    return { status: good.status, headers: good.headers, text: await good.text() };
  } catch (error) {
    const http = causes(error).find((cause) => cause instanceof HttpError);
    if (http) return http.received;
    throw error;
  }
}

/** Asking again cannot mend these: a name that does not exist, a certificate that is not trusted. */
const FINAL_CODE = /^(ENOTFOUND|EPROTO|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** What a request that got no answer failed of. Says the code and never the error, which may hold headers. */
export function networkFailure(error: unknown, baseURL: string): Failure {
  const chain = causes(error);
  const code = chain.map((cause) => (cause as { code?: unknown }).code).find((c) => typeof c === "string");
  const words = chain.map((cause) => cause.message).join(" ");
  const redirected = /redirect/i.test(words);
  const ended = /terminated|other side closed|socket/i.test(words) ? "connection closed" : "no connection";
  const why = redirected ? "it redirects elsewhere" : (code ?? ended);
  const host = new URL(baseURL).host;
  const where = host === "openrouter.ai" ? "" : ` at ${host}`;
  const advice = redirected || code === "ENOTFOUND" ? " Check OPENROUTER_BASE_URL." : "";
  return failure({
    kind: "network",
    message: `could not reach OpenRouter (${why})${where}.${advice}`,
    retriable: !redirected && !FINAL_CODE.test(code ?? ""),
  });
}

function causes(error: unknown): readonly Error[] {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && !chain.includes(next); next = next.cause) chain.push(next);
  return chain;
}
