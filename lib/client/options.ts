/** Options of `openRouter`. Times are in milliseconds. */
export interface OpenRouterOptions {
  /** Default: the environment's OPENROUTER_API_KEY. OPENAI_API_KEY is never read. */
  readonly apiKey?: string;
  /** Default: the environment's OPENROUTER_BASE_URL, else https://openrouter.ai/api/v1. Any OpenAI-style server will do. */
  readonly baseURL?: string;
  /** Requests for one answer at most, the first included. Default 3. */
  readonly attempts?: number;
  /** Wait before the first retry, doubled for each further one, ±25 %. Default 1500. */
  readonly baseMs?: number;
  /** The longest wait before a retry; a server that asks for more is not asked again. Default 30000. */
  readonly maxWaitMs?: number;
  /** Limit of one request, its body included: a model may think for a minute. Default 120000. */
  readonly attemptTimeoutMs?: number;
  /** Limit of one answer: queue, requests and waits. Default 300000. */
  readonly totalMs?: number;
  /** Requests in flight at once at most. Default 4. */
  readonly concurrency?: number;
}

/** The same, checked, with every default in place. */
export type ClientSettings = Required<OpenRouterOptions>;

const DEFAULT_BASE_URL = "https://openrouter.ai/api/v1";
/** What a server of one's own gets as key when none is set: the SDK insists on one. */
const NO_KEY = "none";
/** setTimeout fires at once for anything longer. */
const LONGEST_MS = 2 ** 31 - 1;

/** @throws Error or RangeError that names the option, what it got and what it wants. Never quotes the key. */
export function clientSettings(
  options: OpenRouterOptions,
  env: Readonly<Record<string, string | undefined>>,
): ClientSettings {
  const baseURL = checkedBaseURL(options.baseURL ?? env["OPENROUTER_BASE_URL"]);
  return {
    baseURL,
    apiKey: checkedKey(options.apiKey ?? env["OPENROUTER_API_KEY"], baseURL),
    attempts: whole("attempts", options.attempts ?? 3, 1, 100),
    baseMs: whole("baseMs", options.baseMs ?? 1500, 0, LONGEST_MS),
    maxWaitMs: whole("maxWaitMs", options.maxWaitMs ?? 30_000, 0, LONGEST_MS),
    attemptTimeoutMs: whole("attemptTimeoutMs", options.attemptTimeoutMs ?? 120_000, 1, LONGEST_MS),
    totalMs: whole("totalMs", options.totalMs ?? 300_000, 1, LONGEST_MS),
    concurrency: whole("concurrency", options.concurrency ?? 4, 1, 10_000),
  };
}

function checkedBaseURL(given: string | undefined): string {
  const text = given?.trim() || DEFAULT_BASE_URL;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error(`openRouter: baseURL "${text}" is not a URL; it should look like ${DEFAULT_BASE_URL}.`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new Error(`openRouter: baseURL must begin with http:// or https://, got "${url.protocol}//".`);
  if (url.username || url.password || url.search || url.hash)
    throw new Error("openRouter: baseURL must hold no user, password, query or fragment.");
  return text.replace(/\/+$/, "");
}

function checkedKey(given: string | undefined, baseURL: string): string {
  const key = given?.trim() ?? "";
  if (key === "") {
    if (new URL(baseURL).hostname !== "openrouter.ai") return NO_KEY;
    throw new Error(
      "openRouter: OPENROUTER_API_KEY is not set. Set it (keys: openrouter.ai/settings/keys), or pass { apiKey }.",
    );
  }
  if (!/^[\x21-\x7e]+$/.test(key))
    throw new Error(
      "openRouter: the API key holds a space, a line break or another character that no key has. Copy it again into OPENROUTER_API_KEY.",
    );
  return key;
}

function whole(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(
    `openRouter: ${name} must be a whole number from ${least} to ${most}, got ${String(value)}.`,
  );
}

const OPENROUTER_KEY = /sk-or-[\w.*…-]+/gi;
const BEARER = /\bBearer\s+[^\s"',;]+/gi;
/** A placeholder such as "none" for a server without keys is no secret, and hiding it would garble answers. */
const SHORTEST_SECRET = 6;

/** Takes the key in use out of texts that are about to be shown or stored. */
export function redactor(key: string) {
  /** For answers: the exact key only, so that what the model wrote stays as it wrote it. */
  const answer = (text: string): string =>
    key.length >= SHORTEST_SECRET ? text.replaceAll(key, "[key]") : text;
  /** For messages: also anything that looks like an OpenRouter key, and bearer tokens; one line. */
  const message = (text: string): string =>
    answer(text).replace(BEARER, "Bearer [key]").replace(OPENROUTER_KEY, "[key]").replace(/\s+/g, " ").trim();
  return { answer, message };
}
