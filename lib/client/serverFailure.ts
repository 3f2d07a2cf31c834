import { askedWaitMs } from "./askedWaitMs.js";
import { type Failure, failure } from "./failure.js";
import { at, numberOf, record, stringsOf, wordOf } from "./json.js";

/** An error as the server put it: as an HTTP status, as `error` in a body sent with 200, or in a choice. */
export interface ServerError {
  /** HTTP status, or the error's own `code` where the HTTP status says 200. */
  readonly status: number;
  /** The body's `error`; undefined when the body had none. */
  readonly error: unknown;
  readonly headers: Headers | null;
  /** The body, for the message when it holds no `error`. */
  readonly text: string;
  readonly model: string;
}

const LONGEST_QUOTE = 200;

/** The error table: which kind an error is, whether asking again can help, and what to tell the reader. */
export function serverFailure(said: ServerError): Failure {
  const { status, error } = said;
  const message = said.error === undefined ? bodyMessage(said.text) : errorMessage(error);
  const waitMs = askedWaitMs(said.headers, error, Date.now());
  const make = (kind: Failure["kind"], retriable: boolean, text: string): Failure =>
    failure({ kind, status, retriable, waitMs, message: text });

  // Never the server's own words: they may quote the key.
  if (status === 401)
    return make("auth", false, "OpenRouter rejected the API key. Check OPENROUTER_API_KEY.");
  if (status === 402) return make("credits", false, creditsMessage(message));
  if (status === 403 && /key limit/i.test(message))
    return make("credits", false, `${message} Raise the key's limit at openrouter.ai/settings/keys.`);
  if (status === 403) return make("blocked", false, `${message}${reasons(error)}`);
  if (status === 404) return make("model", retryable(error) ?? false, modelMessage(message, error));
  if (status === 400 && /not a valid model/i.test(message))
    return make("model", false, modelMessage(message, error));
  if (status === 429) {
    const final = /per[- ]day/i.test(message);
    return make("rate_limit", !final && (retryable(error) ?? true), rateMessage(message, waitMs, said.model));
  }
  if (status === 408 || status === 409 || status === 425)
    return make("server", true, `HTTP ${status}: ${message}`);
  if (status >= 500 && status <= 599)
    return make("server", retryable(error) ?? true, `HTTP ${status}: ${message}`);
  if (status >= 400 && status <= 499)
    return make("request", false, `HTTP ${status}: ${message}${raw(error)}`);
  return make("unknown", false, `HTTP ${status}: ${message}`);
}

/** The status that an `error` object names; 502 when it names none, since the upstream provider failed. */
export function errorStatus(error: unknown): number {
  const code = numberOf(at(error, "code")) ?? numberOf(at(error, "status"));
  return code !== null && code >= 400 && code <= 599 ? code : 502;
}

function errorMessage(error: unknown): string {
  const words = wordOf(error) ?? wordOf(at(error, "message")) ?? "the server gave no reason";
  return closed(words.slice(0, 400));
}

function bodyMessage(text: string): string {
  const body = text.trim();
  if (body === "") return "an empty body.";
  if (/^<(!doctype|html|head|body)/i.test(body)) return "an HTML page.";
  const parsed = parsedJson(body);
  const words = wordOf(at(parsed, "message")) ?? wordOf(at(parsed, "detail")) ?? body;
  return closed(words.slice(0, LONGEST_QUOTE));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** With an end to the sentence, so that another can follow. */
function closed(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function raw(error: unknown): string {
  const upstream = at(error, "metadata", "raw");
  const text =
    typeof upstream === "string" ? upstream : upstream === undefined ? "" : JSON.stringify(upstream);
  return text.trim() === "" ? "" : ` The provider said: ${text.trim().slice(0, LONGEST_QUOTE)}`;
}

function reasons(error: unknown): string {
  const metadata = record(at(error, "metadata"));
  const named = [...stringsOf(metadata["reasons"]), ...stringsOf(metadata["patterns"])];
  return named.length === 0 ? "" : ` Reasons: ${named.join(", ")}.`;
}

function creditsMessage(message: string): string {
  const afford = /can only afford (\d[\d,]*)/i.exec(message);
  const advice = afford ? ` Lower max_tokens to ${afford[1]} or less, or add` : " Add";
  return `${message}${advice} credits at openrouter.ai/settings/credits.`;
}

function modelMessage(message: string, error: unknown): string {
  const listed = at(error, "availability", "fallback_models") ?? at(error, "metadata", "fallback_models");
  const fallbacks = stringsOf(listed);
  return fallbacks.length > 0
    ? `${message} OpenRouter suggests ${fallbacks.join(", ")}.`
    : `${message} Check the id at openrouter.ai/models.`;
}

function rateMessage(message: string, waitMs: number | null, model: string): string {
  const asks = waitMs === null ? "" : ` It asks to wait ${seconds(waitMs)} s.`;
  const free = model.endsWith(":free")
    ? " Free models allow 20 requests a minute and 50 a day (1000 a day once 10 credits were bought)."
    : "";
  return `${message}${asks}${free}`;
}

/** Seconds for a reader: whole ones, except below ten. */
export function seconds(ms: number): string {
  return ms < 10_000 ? String(Math.round(ms / 100) / 10) : String(Math.round(ms / 1000));
}

function retryable(error: unknown): boolean | null {
  const said = at(error, "availability", "retryable") ?? at(error, "metadata", "availability", "retryable");
  return typeof said === "boolean" ? said : null;
}
