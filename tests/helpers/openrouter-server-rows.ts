import type { ServerResponse } from "node:http";

/** One chat request with what its row needs to know. */
export interface Exchange {
  readonly model: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Requests to this model id so far, this one included. */
  readonly n: number;
  readonly response: ServerResponse;
  readonly inFlight: number;
  readonly ceiling: number;
  /** Chat requests answered with 200 in the last 200 ms. */
  readonly recent: number;
  readonly answer: (prompt: string, model: string) => string;
}

type Json = Readonly<Record<string, unknown>>;
type Row = (exchange: Exchange, params: URLSearchParams) => void;

const USAGE = { prompt_tokens: 12, completion_tokens: 8, total_tokens: 20, cost: 0.00042 };

function completion(exchange: Exchange, choice: Json, rest: Json = {}): Json {
  return {
    id: `gen-${exchange.n}`,
    object: "chat.completion",
    model: exchange.model,
    provider: "Test provider",
    user_id: "user_secret",
    choices: [{ index: 0, finish_reason: "stop", native_finish_reason: "end_turn", ...choice }],
    usage: USAGE,
    ...rest,
  };
}

function send(
  { response }: Exchange,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
}

function promptOf({ body }: Exchange): string {
  const messages = body["messages"] as readonly { readonly content: string }[] | undefined;
  return messages?.at(-1)?.content ?? "";
}

/** A good answer: what most rows give before or after what they are about. */
function good(exchange: Exchange): void {
  const content = exchange.answer(promptOf(exchange), exchange.model);
  send(exchange, 200, completion(exchange, { message: { role: "assistant", content } }));
}

const says =
  (content: unknown, choice: Json = {}, rest: Json = {}): Row =>
  (exchange) =>
    send(exchange, 200, completion(exchange, { message: { role: "assistant", content }, ...choice }, rest));

const raw =
  (body: string, type = "application/json", status = 200): Row =>
  (exchange) =>
    send(exchange, status, body, { "content-type": type });

const fails =
  (status: number, message: string, more: Json = {}): Row =>
  (exchange) =>
    send(exchange, status, { error: { code: status, message, ...more }, user_id: "user_secret" });

/** 429 for the first n requests, asking for a wait in its own way. */
const limits =
  (how: (params: URLSearchParams) => { headers?: Record<string, string>; error?: Json }): Row =>
  (exchange, params) => {
    if (exchange.n > Number(params.get("n") ?? 1)) return good(exchange);
    const { headers = {}, error = {} } = how(params);
    send(exchange, 429, { error: { code: 429, message: "Rate limit exceeded", ...error } }, headers);
  };

const dropped =
  (how: (exchange: Exchange) => void): Row =>
  (exchange) =>
    how(exchange);

function startBody({ response }: Exchange): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"choices": [{"message": {"content": "ha');
}

const seconds = (params: URLSearchParams, otherwise: string): number => Number(params.get("s") ?? otherwise);
const utf8 = "Grüße, 世界 — 🙂🙃";
export const UTF8 = utf8;
export const HUGE = "0123456789abcdef".repeat(131072);
const HTML = "<!DOCTYPE html><html><body><h1>Bad gateway</h1></body></html>";

export const ROWS: Readonly<Record<string, Row>> = {
  "ok/echo": good,
  "ok/whitespace": says("\n\n  42 \n\n"),
  "ok/null": says(null),
  "ok/empty": says(""),
  "ok/length": says("The answer is", { finish_reason: "length" }),
  "ok/reasoning-exhausted": (exchange) =>
    send(
      exchange,
      200,
      completion(
        exchange,
        { finish_reason: "length", message: { content: null, reasoning: "Let me think. 42 may be" } },
        { usage: { ...USAGE, completion_tokens_details: { reasoning_tokens: 8 } } },
      ),
    ),
  "ok/tool-only": (exchange) =>
    send(
      exchange,
      200,
      completion(exchange, {
        finish_reason: "tool_calls",
        message: {
          content: null,
          tool_calls: [
            { id: "c1", type: "function", function: { name: "search", arguments: '{"query":"weather"}' } },
          ],
        },
      }),
    ),
  "ok/refusal": (exchange) =>
    send(
      exchange,
      200,
      completion(exchange, { message: { content: null, refusal: "I cannot help with that." } }),
    ),
  "ok/content-filter": says("", { finish_reason: "content_filter" }),
  "ok/parts": says([
    { type: "text", text: "4" },
    { type: "text", text: "2" },
  ]),
  "ok/no-usage": says("42", {}, { usage: undefined }),
  "ok/fallback-model": says("42", {}, { model: "other/model" }),
  "ok/nth": (exchange, params) => says(`answer ${exchange.n}`)(exchange, params),
  "ok/padded": (exchange) =>
    raw(`\n   \n\t${JSON.stringify(completion(exchange, { message: { content: "42" } }))}`)(
      exchange,
      NO_PARAMS,
    ),
  "ok/chunked-utf8": (exchange) => {
    const bytes = Buffer.from(JSON.stringify(completion(exchange, { message: { content: utf8 } })));
    exchange.response.writeHead(200, { "content-type": "application/json" });
    let at = 0;
    const next = (): void => {
      if (at >= bytes.length) return void exchange.response.end();
      exchange.response.write(bytes.subarray(at, at + 3), () => setImmediate(next));
      at += 3;
    };
    next();
  },
  "ok/huge": says(HUGE),
  "ok/key": (exchange, params) =>
    says(`You sent ${String(exchange.headers["authorization"])}`)(exchange, params),

  "fault/200-error-body": (exchange) =>
    send(exchange, 200, { error: { code: 502, message: "Upstream failed" } }),
  "fault/200-error-body-429": (exchange) =>
    send(exchange, 200, { error: { code: 429, message: "Slow down" } }),
  "fault/200-error-body-400": (exchange) =>
    send(exchange, 200, { error: { code: 400, message: "Bad request" } }),
  "fault/200-choice-error": says("half an ans", { error: { code: 502, message: "Upstream broke off" } }),
  "fault/200-finish-error": says("half an ans", { finish_reason: "error" }),
  "fault/200-cold": says(
    "",
    { finish_reason: null, native_finish_reason: null },
    { usage: { prompt_tokens: 0, completion_tokens: 0 } },
  ),
  "fault/200-no-choices": (exchange) => send(exchange, 200, { id: "gen-1", choices: [] }),
  "fault/200-choices-missing": (exchange) => send(exchange, 200, { id: "gen-1", model: "m" }),
  "fault/200-message-missing": (exchange) => send(exchange, 200, { choices: [{ finish_reason: "stop" }] }),
  "fault/200-json-null": raw("null"),
  "fault/200-html": raw(HTML, "text/html"),
  "fault/200-truncated": raw('{"choices":[{"message":{"content":"4'),
  "fault/200-only-whitespace": raw(" \n \n "),
  "fault/200-empty": raw(""),
  "fault/204": ({ response }) => void response.writeHead(204).end(),
  "fault/200-text-json": (exchange) =>
    raw(JSON.stringify(completion(exchange, { message: { content: "42" } })), "text/plain")(
      exchange,
      NO_PARAMS,
    ),

  "fault/400": fails(400, "Provider returned error", { metadata: { raw: "temperature must be at most 1" } }),
  "fault/400-model": fails(400, "no/such is not a valid model ID"),
  "fault/400-context": fails(400, "This endpoint's maximum context length is 8192 tokens"),
  "fault/413": fails(413, "Payload too large"),
  "fault/422": fails(422, "Unprocessable: max_tokens"),
  "fault/401": fails(401, "No auth credentials found"),
  "fault/401-echoes-key": (exchange) =>
    send(exchange, 401, {
      error: { code: 401, message: `Invalid credentials: ${String(exchange.headers["authorization"])}` },
    }),
  "fault/400-echoes-key": (exchange) =>
    send(exchange, 400, {
      error: { code: 400, message: `Malformed header: ${String(exchange.headers["authorization"])}` },
    }),
  "fault/402": fails(402, "Insufficient credits"),
  "fault/402-afford": fails(402, "You requested up to 128 tokens, but can only afford 57"),
  "fault/403-key-limit": fails(403, "Key limit exceeded (monthly limit)"),
  "fault/403-moderation": fails(403, "Your input was flagged", {
    metadata: { reasons: ["violence", "self-harm"] },
  }),
  "fault/403-guardrail": fails(403, "Blocked by a guardrail", { metadata: { patterns: ["credit-card"] } }),
  "fault/404-no-endpoints": fails(404, "No endpoints found for no/such", {
    availability: { retryable: false, fallback_models: ["good/model-a", "good/model-b"] },
  }),
  "fault/404-deprecated": fails(404, "This model is deprecated", {
    availability: { retryable: false, fallback_models: ["good/model-2"] },
  }),
  "fault/404-privacy": fails(404, "No endpoints found matching your data policy", {
    availability: { retryable: false, fallback_models: ["good/private"] },
  }),

  "fault/429-retry-after": limits((params) => ({ headers: { "retry-after": String(seconds(params, "1")) } })),
  "fault/429-date": limits((params) => ({
    headers: { "retry-after": new Date(Date.now() + seconds(params, "1") * 1000).toUTCString() },
  })),
  "fault/429-ms": limits((params) => ({
    headers: { "retry-after-ms": String(seconds(params, "1") * 1000) },
  })),
  "fault/429-body-only": limits((params) => ({
    error: { availability: { retry_after: seconds(params, "1") } },
  })),
  "fault/429-free-minute": limits((params) => ({
    error: {
      message: "Rate limit exceeded: free-models-per-min",
      metadata: { headers: { "X-RateLimit-Reset": String(Date.now() + seconds(params, "1") * 1000) } },
    },
  })),
  "fault/429": fails(429, "Rate limit exceeded"),
  "fault/429-long": (exchange) =>
    send(exchange, 429, { error: { code: 429, message: "Rate limit exceeded" } }, { "retry-after": "86400" }),
  "fault/429-free-day": (exchange) =>
    send(exchange, 429, {
      error: {
        code: 429,
        message: "Rate limit exceeded: free-models-per-day",
        metadata: { headers: { "X-RateLimit-Reset": String(Math.ceil(Date.now() / 864e5) * 864e5) } },
      },
    }),
  "fault/429-garbage": (exchange) =>
    send(
      exchange,
      429,
      { error: { code: 429, message: "Rate limit exceeded", availability: { retry_after: -5 } } },
      { "retry-after": "soon", "retry-after-ms": "-5" },
    ),

  "fault/408": fails(408, "Request timed out"),
  "fault/500": fails(500, "Internal error"),
  "fault/502": fails(502, "Bad gateway"),
  "fault/502-html": raw(HTML, "text/html", 502),
  "fault/502-empty": raw("", "text/plain", 502),
  "fault/503": fails(503, "No provider available"),
  "fault/504": fails(504, "Gateway timeout"),
  "fault/524-html": raw(HTML, "text/html", 524),
  "fault/529": fails(529, "Overloaded"),
  "fault/flaky": (exchange, params) =>
    exchange.n <= Number(params.get("n") ?? 1)
      ? fails(500, "Internal error")(exchange, params)
      : good(exchange),

  "fault/reset": dropped(({ response }) => void response.socket?.resetAndDestroy()),
  "fault/close": dropped(({ response }) => void response.socket?.destroy()),
  "fault/reset-mid": dropped((exchange) => {
    startBody(exchange);
    setTimeout(() => exchange.response.socket?.resetAndDestroy(), 20);
  }),
  "fault/hang": () => undefined,
  "fault/stall-body": dropped(startBody),
  "fault/drip": dropped(({ response }) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 20);
    response.once("close", () => clearInterval(timer));
  }),
  "fault/redirect": (exchange, params) =>
    send(exchange, 302, "", { location: params.get("to") ?? "http://127.0.0.1:1/" }),
  "limit/conc": (exchange, params) =>
    exchange.inFlight > exchange.ceiling
      ? fails(429, "Too many requests at once")(exchange, params)
      : void setTimeout(() => good(exchange), 20),
  "limit/rate": (exchange) =>
    exchange.recent >= Number(exchange.ceiling)
      ? send(
          exchange,
          429,
          { error: { code: 429, message: "Rate limit exceeded" } },
          { "retry-after-ms": "200" },
        )
      : good(exchange),
};

const NO_PARAMS = new URLSearchParams();

/** Answers as the row that the model id names; any other id gets a good answer. */
export function play(exchange: Exchange): void {
  const [name = "", query = ""] = exchange.model.split("?");
  const row = ROWS[name];
  if (!row && /^(ok|fault|limit)\//.test(name))
    return fails(400, `${name} is not a valid model ID`)(exchange, NO_PARAMS);
  (row ?? good)(exchange, new URLSearchParams(query));
}
