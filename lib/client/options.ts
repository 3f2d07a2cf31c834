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
  /** Limit of one request, its body included. Default 60000. */
  readonly attemptTimeoutMs?: number;
  /** Limit of one answer: queue, requests and waits. Default 180000. */
  readonly totalMs?: number;
  /** Requests in flight at once at most. Default 4. */
  readonly concurrency?: number;
  /** Sent as X-OpenRouter-Title: how OpenRouter's own pages name the program. Default "facet-bench". */
  readonly title?: string;
  /** Sent as HTTP-Referer. Default: not sent. */
  readonly referer?: string;
}

/** The same, checked, with every default in place. */
export interface ClientSettings extends Required<Omit<OpenRouterOptions, "title" | "referer">> {
  readonly headers: Readonly<Record<string, string>>;
}

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
    attemptTimeoutMs: whole("attemptTimeoutMs", options.attemptTimeoutMs ?? 60_000, 1, LONGEST_MS),
    totalMs: whole("totalMs", options.totalMs ?? 180_000, 1, LONGEST_MS),
    concurrency: whole("concurrency", options.concurrency ?? 4, 1, 10_000),
    headers: {
      "X-OpenRouter-Title": header("title", options.title ?? "facet-bench"),
      ...(options.referer === undefined ? {} : { "HTTP-Referer": header("referer", options.referer) }),
    },
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

function header(name: string, value: string): string {
  if (/^[\x20-\x7e]+$/.test(value)) return value;
  throw new Error(`openRouter: ${name} must be plain ASCII text on one line, since it is sent as a header.`);
}

/** Takes secrets out of a string that is about to be shown or stored. */
export interface Redactor {
  /** For messages: the exact key, anything that looks like an OpenRouter key, and bearer tokens; one line. */
  message(text: string): string;
  /** For answers: the exact key only, so that what the model wrote stays as it wrote it. */
  answer(text: string): string;
}

const HIDDEN = "[key]";
const OPENROUTER_KEY = /sk-or-[\w.*…-]+/gi;
const BEARER = /\bBearer\s+[^\s"',;]+/gi;
/** A placeholder such as "none" for a server without keys is no secret, and hiding it would garble answers. */
const SHORTEST_SECRET = 6;

/** @param key The API key in use. */
export function redactor(key: string): Redactor {
  const hideKey = (text: string): string =>
    key.length >= SHORTEST_SECRET && text.includes(key) ? text.replaceAll(key, HIDDEN) : text;
  return {
    message: (text) =>
      hideKey(text)
        .replace(BEARER, `Bearer ${HIDDEN}`)
        .replace(OPENROUTER_KEY, HIDDEN)
        .replace(/\s+/g, " ")
        .trim(),
    answer: hideKey,
  };
}
