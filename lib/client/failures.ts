import { listAt, numberOf, objectOf, textAt, valueAt } from "../shared/json.js";
import type { Failure } from "./types.js";

/** Carries a Failure through p-retry, which takes only Errors and treats TypeErrors in its own way. */
export class RequestFailed extends Error {
  override readonly name = "RequestFailed";
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

/** A Failure with the fields that most failures leave empty. */
export function failure(fields: Pick<Failure, "kind" | "message" | "retriable"> & Partial<Failure>): Failure {
  return { status: null, waitMs: null, partial: null, usage: null, ...fields };
}

/** An error as the server put it: as an HTTP status, as `error` in a body sent with 200, or in a choice. */
export interface ServerError {
  /** HTTP status from 400 to 599, or the error's own `code` where the HTTP status says 200. */
  readonly status: number;
  /** The body's `error`; undefined when the body had none. */
  readonly error: unknown;
  readonly headers: Headers | null;
  /** The body where it is no JSON, for the message. */
  readonly text: string;
  readonly model: string;
  /** `serverName`. */
  readonly server: string;
}

const OPENROUTER = "OpenRouter";

/** Who was asked, as messages name it: the host and its port; OpenRouter by its name. */
export function serverName(baseURL: string): string {
  const { host } = new URL(baseURL);
  return host === "openrouter.ai" ? OPENROUTER : host;
}

/** Where the reader can mend what is wrong: pages of OpenRouter's, or the server itself. */
function placeFor(page: string, server: string): string {
  return server === OPENROUTER ? `openrouter.ai/${page}` : server;
}

const LONGEST_QUOTE = 200;

/** The error table: which kind an error is, whether asking again can help, and what to tell the reader. */
export function serverFailure(said: ServerError): Failure {
  const { status, error, server } = said;
  const message = errorMessage(said);
  const waitMs = askedWaitMs(said.headers, error, Date.now());
  const make = (kind: Failure["kind"], retriable: boolean, text: string): Failure =>
    failure({ kind, status, retriable, waitMs, message: text });
  const coded = `HTTP ${status}: ${message}`;
  const isNoModel = status === 400 && /not a valid model/i.test(message);

  // Never the server's own words: they may quote the key.
  if (status === 401) return make("auth", false, `${server} rejected the API key. Check OPENROUTER_API_KEY.`);
  if (status === 402) return make("credits", false, creditsMessage(message, server));
  if (status === 403 && /key limit/i.test(message)) {
    const place = placeFor("settings/keys", server);
    return make("credits", false, `${message} Raise the key's limit at ${place}.`);
  }
  if (status === 403) return make("blocked", false, `${message}${reasons(error)}`);
  if (status === 404 || isNoModel)
    return make("model", !isNoModel && (retryable(error) ?? false), modelMessage(message, said));
  if (status === 429) {
    const isFinal = /per[- ]day/i.test(message) || retryable(error) === false;
    return make("rate_limit", !isFinal, rateMessage(message, waitMs, said));
  }
  if (status === 408 || status === 409 || status === 425) return make("server", true, coded);
  if (status >= 500) return make("server", retryable(error) ?? true, coded);
  return make("request", false, `${coded}${raw(error)}`);
}

/** The status that an `error` object names; 502 when it names none, since the upstream provider failed. */
export function errorStatus(error: unknown): number {
  const code = numberOf(valueAt(error, "code")) ?? numberOf(valueAt(error, "status"));
  return code !== null && code >= 400 && code <= 599 ? code : 502;
}

function errorMessage({ error, text }: ServerError): string {
  const body = text.trim();
  if (error !== undefined) {
    const said = typeof error === "string" ? error.trim() : textAt(error, "message");
    return closed((said || "the server gave no reason").slice(0, 400));
  }
  // The SDK keeps a body only where it is no JSON.
  if (body === "") return "an empty body, or one that names no error.";
  if (/^<(!doctype|html|head|body)/i.test(body)) return "an HTML page.";
  return closed(body.slice(0, LONGEST_QUOTE));
}

/** The texts in these lists of what an error says further. */
function textsIn(error: unknown, ...lists: readonly string[]): readonly unknown[] {
  const places = ["availability", "metadata"].flatMap((place) => lists.map((list) => [place, list]));
  return places.flatMap((path) => listAt(error, ...path)).filter((item) => typeof item === "string");
}

/** With an end to the sentence, so that another can follow. */
function closed(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** What the provider behind the server said. */
function raw(error: unknown): string {
  const upstream = valueAt(error, "metadata", "raw") ?? "";
  const text = (typeof upstream === "string" ? upstream : JSON.stringify(upstream)).trim();
  return text === "" ? "" : ` The provider said: ${text.slice(0, LONGEST_QUOTE)}`;
}

function reasons(error: unknown): string {
  const named = textsIn(error, "reasons", "patterns");
  return named.length === 0 ? "" : ` Reasons: ${named.join(", ")}.`;
}

function creditsMessage(message: string, server: string): string {
  const afford = /can only afford (\d[\d,]*)/i.exec(message);
  const advice = afford ? ` Lower max_tokens to ${afford[1]} or less, or add` : " Add";
  return `${message}${advice} credits at ${placeFor("settings/credits", server)}.`;
}

function modelMessage(message: string, { error, server }: ServerError): string {
  const fallbacks = textsIn(error, "fallback_models");
  return fallbacks.length > 0
    ? `${message} ${server} suggests ${fallbacks.join(", ")}.`
    : `${message} Check the id at ${placeFor("models", server)}.`;
}

function rateMessage(message: string, waitMs: number | null, { model, server }: ServerError): string {
  const asks = waitMs === null ? "" : ` It asks to wait ${seconds(waitMs)} s.`;
  const free =
    model.endsWith(":free") && server === OPENROUTER
      ? " Free models allow 20 requests a minute and 50 a day (1000 a day once 10 credits were bought)."
      : "";
  return `${message}${asks}${free}`;
}

/** Seconds for a reader: whole ones, except below ten. */
export function seconds(ms: number): string {
  return ms < 10_000 ? String(Math.round(ms / 100) / 10) : String(Math.round(ms / 1000));
}

function retryable(error: unknown): boolean | null {
  const said =
    valueAt(error, "availability", "retryable") ?? valueAt(error, "metadata", "availability", "retryable");
  return typeof said === "boolean" ? said : null;
}

/** Asking again cannot mend these: a name that does not exist, a certificate that is not trusted. */
const FINAL_CODE = /^(ENOTFOUND|EPROTO|ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

const CERTIFICATE_CODE = /CERT|SIGNED|UNABLE_TO/;
const PROXIES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/** What a company may have put between this machine and the server, and how Node is told of it; "" where nothing says so. */
function obstacleAdvice(code: string): string {
  if (CERTIFICATE_CODE.test(code))
    return " Where a company's proxy signs its connections, NODE_EXTRA_CA_CERTS wants the file of its certificate.";
  const proxy = PROXIES.find((name) => process.env[name]);
  const isUsed = process.env["NODE_USE_ENV_PROXY"] === "1" || process.execArgv.includes("--use-env-proxy");
  if (proxy === undefined || isUsed) return "";
  return ` ${proxy} is set, but Node uses it only where NODE_USE_ENV_PROXY=1 is, too (Node 22.21, 24 and later).`;
}

/** What a request that got no answer failed of. Says the code and never the error, which may hold headers. */
export function networkFailure(error: unknown, server: string): Failure {
  let code: string | undefined;
  let isRedirect = false;
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") code ??= cause.code;
    isRedirect ||= /redirect/i.test(cause.message);
  }
  const why = isRedirect ? "it redirects elsewhere" : (code ?? "no connection");
  const advice = isRedirect || code === "ENOTFOUND" ? " Check OPENROUTER_BASE_URL." : "";
  const between = isRedirect ? "" : obstacleAdvice(code ?? "");
  return failure({
    kind: "network",
    message: `could not reach ${server} (${why}).${advice}${between}`,
    retriable: !isRedirect && !FINAL_CODE.test(code ?? ""),
  });
}

/**
 * How long the server asks to wait, in milliseconds; null when it does not say, or says something negative or unreadable.
 * The first valid of: `retry-after-ms`; `Retry-After` in seconds or as an HTTP date; the body's
 * `error.availability.retry_after` in seconds; `X-RateLimit-Reset` in epoch milliseconds, as a header or in
 * `error.metadata.headers`.
 *
 * @param now Epoch milliseconds.
 */
export function askedWaitMs(headers: Headers | null, error: unknown, now: number): number | null {
  const retryAfter = headers?.get("retry-after") ?? "";
  const inBody = Object.entries(objectOf(valueAt(error, "metadata", "headers")));
  const resets = [
    headers?.get("x-ratelimit-reset"),
    inBody.find(([name]) => name.toLowerCase() === "x-ratelimit-reset")?.[1],
  ];
  // A bare number is seconds, never a date, although Date.parse would take "-5" for a year.
  const date = /[a-z]{3}.*\d|\d.*[a-z]{3}/i.test(retryAfter) ? Date.parse(retryAfter) : NaN;
  // Smaller numbers are not epoch milliseconds (12 September 2001 and later) but some other clock.
  const times = [date, ...resets.map(numberOf).filter((reset) => (reset ?? 0) >= 1e12)];
  const [ofDate = NaN, ...ofResets] = times.map((time) => Math.max(0, (time ?? NaN) - now));
  const waits = [
    numberOf(headers?.get("retry-after-ms")) ?? NaN,
    (numberOf(retryAfter) ?? NaN) * 1000,
    ofDate,
    (numberOf(valueAt(error, "availability", "retry_after")) ?? NaN) * 1000,
    ...ofResets,
  ];
  const first = waits.find((wait) => wait >= 0);
  return first === undefined ? null : Math.ceil(first);
}
