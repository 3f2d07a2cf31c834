import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serverFailure, serverName } from "../../lib/client/failures.js";
import { openRouter } from "../../lib/client/index.js";
import type { OpenRouterOptions } from "../../lib/client/index.js";
import type { Answer } from "../../lib/client/types.js";
import { type OpenRouterServer, startOpenRouter } from "../helpers/openrouter-server.js";
import { HUGE, UTF8 } from "../helpers/openrouter-server-rows.js";

const KEY = "sk-or-v1-0123456789abcdef0123456789abcdef";
let server: OpenRouterServer;
let elsewhere: OpenRouterServer;

beforeAll(async () => {
  server = await startOpenRouter();
  elsewhere = await startOpenRouter();
});
beforeEach(() => server.reset());
afterAll(() => Promise.all([server.close(), elsewhere.close()]));

/** Fast waits: the rows are about what happens, not about how long. */
function ask(model: string, options: OpenRouterOptions = {}): Promise<Answer> {
  const client = openRouter({
    apiKey: KEY,
    baseURL: server.baseURL,
    baseMs: 5,
    attemptTimeoutMs: 15_000,
    ...options,
  });
  return client.ask({ model, messages: [{ role: "user", content: "the prompt" }], max_tokens: 128 });
}

const SPOKEN = {
  provider: "Test provider",
  costUsd: 0.00042,
  usage: { promptTokens: 12, completionTokens: 8 },
};

/** row number in the contract, model id, requests, what the answer holds */
const ANSWERED: readonly (readonly [number, string, number, Readonly<Record<string, unknown>>])[] = [
  [1, "ok/echo", 1, { outcome: "text", text: "the prompt", finish: "stop", ...SPOKEN }],
  [2, "ok/whitespace", 1, { outcome: "text", text: "42" }],
  [3, "ok/null", 1, { outcome: "empty", text: "" }],
  [4, "ok/empty", 1, { outcome: "empty", text: "" }],
  [5, "ok/length", 1, { outcome: "text", text: "The answer is", finish: "length" }],
  [6, "ok/reasoning-exhausted", 1, { outcome: "no_room", text: "", reasoning: "Let me think. 42 may be" }],
  [
    7,
    "ok/tool-only",
    1,
    { outcome: "tool_calls", text: "", toolCalls: [{ name: "search", arguments: '{"query":"weather"}' }] },
  ],
  [8, "ok/refusal", 1, { outcome: "refusal", refusal: "I cannot help with that." }],
  [9, "ok/content-filter", 1, { outcome: "filtered", text: "" }],
  [10, "ok/parts", 1, { outcome: "text", text: "42" }],
  [11, "ok/no-usage", 1, { outcome: "text", usage: null, costUsd: null }],
  [12, "ok/fallback-model", 1, { outcome: "text", model: "other/model" }],
  [13, "ok/nth", 1, { outcome: "text", text: "answer 1", model: "ok/nth", cached: false }],
  [14, "ok/padded", 1, { outcome: "text", text: "42" }],
  [15, "ok/chunked-utf8", 1, { outcome: "text", text: UTF8 }],
  [16, "ok/huge", 1, { outcome: "text", text: HUGE }],
  [32, "fault/200-text-json", 1, { outcome: "text", text: "42" }],
  [47, "fault/429-retry-after?s=1&n=1", 2, { outcome: "text", text: "the prompt" }],
  [48, "fault/429-date?s=2", 2, { outcome: "text", text: "the prompt" }],
  [49, "fault/429-ms?s=0.3", 2, { outcome: "text", text: "the prompt" }],
  [50, "fault/429-body-only?s=0.3", 2, { outcome: "text", text: "the prompt" }],
  [51, "fault/429-free-minute?s=0.3", 2, { outcome: "text", text: "the prompt" }],
  [58, "fault/flaky?n=1", 2, { outcome: "text", text: "the prompt", attempts: 2 }],
];

describe("an answer", () => {
  it.each(ANSWERED)(
    "row %i: %s is asked %i times and read as it is",
    async (_row, model, requests, expected) => {
      const answer = await ask(model);
      expect(answer).toMatchObject({ ok: true, attempts: requests, ...expected });
      expect(server.chats).toHaveLength(requests);
    },
  );
});

/** Who was asked is named: the host and its port, and openrouter.ai by its name. */
const AUTH = /^127\.0\.0\.1:\d+ rejected the API key\. Check OPENROUTER_API_KEY\.$/;

/** row number in the contract, model id, requests, kind, what the message says */
const FAILED: readonly (readonly [number, string, number, string, RegExp])[] = [
  [17, "fault/200-error-body", 3, "server", /HTTP 502: Upstream failed/],
  [18, "fault/200-error-body-429", 3, "rate_limit", /Slow down/],
  [19, "fault/200-error-body-400", 1, "request", /Bad request/],
  [20, "fault/200-choice-error", 3, "server", /Upstream broke off/],
  [21, "fault/200-finish-error", 3, "server", /failed midway/],
  [22, "fault/200-cold", 3, "bad_body", /nothing generated/],
  [23, "fault/200-no-choices", 3, "bad_body", /without choices/],
  [24, "fault/200-choices-missing", 3, "bad_body", /without choices/],
  [25, "fault/200-message-missing", 3, "bad_body", /without a message/],
  [26, "fault/200-json-null", 3, "bad_body", /"null"/],
  [27, "fault/200-html", 3, "bad_body", /not JSON: "<!DOCTYPE html>/],
  [28, "fault/200-truncated", 3, "bad_body", /not JSON/],
  [29, "fault/200-only-whitespace", 3, "bad_body", /an empty body/],
  [30, "fault/200-empty", 3, "bad_body", /an empty body/],
  [31, "fault/204", 3, "bad_body", /an empty body/],
  [33, "fault/400", 1, "request", /Provider returned error.*temperature must be at most 1/],
  [34, "fault/400-model", 1, "model", /not a valid model ID.*Check the id at 127\.0\.0\.1:\d+\.$/],
  [35, "fault/400-context", 1, "request", /maximum context length/],
  [36, "fault/413", 1, "request", /Payload too large/],
  [36, "fault/422", 1, "request", /Unprocessable/],
  [37, "fault/401", 1, "auth", AUTH],
  [38, "fault/401-echoes-key", 1, "auth", AUTH],
  [39, "fault/402", 1, "credits", /Insufficient credits.*Add credits at 127\.0\.0\.1:\d+\.$/],
  [40, "fault/402-afford", 1, "credits", /Lower max_tokens to 57/],
  [41, "fault/403-key-limit", 1, "credits", /Raise the key's limit at 127\.0\.0\.1:\d+\.$/],
  [42, "fault/403-moderation", 1, "blocked", /flagged.*violence, self-harm/],
  [43, "fault/403-guardrail", 1, "blocked", /guardrail.*credit-card/],
  [44, "fault/404-no-endpoints", 1, "model", /127\.0\.0\.1:\d+ suggests good\/model-a, good\/model-b\.$/],
  [45, "fault/404-deprecated", 1, "model", /deprecated.*good\/model-2/],
  [46, "fault/404-privacy", 1, "model", /data policy.*good\/private/],
  [52, "fault/429-long", 1, "rate_limit", /asks to wait 86400 s.*longer than the 30 s/],
  [53, "fault/429-free-day", 1, "rate_limit", /per-day/],
  [54, "fault/429-garbage", 3, "rate_limit", /Rate limit exceeded/],
  [55, "fault/408", 3, "server", /HTTP 408/],
  [56, "fault/500", 3, "server", /HTTP 500: Internal error/],
  [57, "fault/502", 3, "server", /HTTP 502/],
  [58, "fault/502-html", 3, "server", /HTTP 502: an HTML page/],
  [58, "fault/502-empty", 3, "server", /HTTP 502: an empty body/],
  [58, "fault/503", 3, "server", /HTTP 503/],
  [58, "fault/504", 3, "server", /HTTP 504/],
  [58, "fault/524-html", 3, "server", /HTTP 524: an HTML page/],
  [58, "fault/529", 3, "server", /HTTP 529/],
  [59, "fault/reset", 3, "network", /could not reach 127\.0\.0\.1:\d+ \(ECONNRESET\)/],
  [60, "fault/close", 3, "network", /could not reach 127\.0\.0\.1:\d+ \(\w+\)/],
  [61, "fault/reset-mid", 3, "network", /could not reach 127\.0\.0\.1:\d+ \(\w+\)/],
];

describe("a failure at OpenRouter itself", () => {
  it.each([
    [401, "No auth", "OpenRouter rejected the API key. Check OPENROUTER_API_KEY."],
    [402, "Too little.", "Too little. Add credits at openrouter.ai/settings/credits."],
    [403, "Key limit.", "Key limit. Raise the key's limit at openrouter.ai/settings/keys."],
    [404, "No such model.", "No such model. Check the id at openrouter.ai/models."],
  ])("of status %i names the page where it is mended", (status, message, said) => {
    const server = serverName("https://openrouter.ai/api/v1");
    const error = { status, error: { message }, headers: null, text: "", model: "a/b", server };
    expect(serverFailure(error).message).toBe(said);
  });
});

describe("a failure", () => {
  it.each(FAILED)("row %i: %s is asked %i times and is %s", async (_row, model, requests, kind, message) => {
    const answer = await ask(model);
    expect(answer).toMatchObject({ ok: false, kind, attempts: requests });
    expect(server.chats).toHaveLength(requests);
    const said = answer.ok ? "" : answer.message;
    expect(said).toMatch(message);
    expect(said).not.toContain("\n");
    expect(said).not.toContain("user_secret");
    expect(answer.failures.map((failure) => failure.n)).toEqual(
      Array.from({ length: requests }, (_, i) => i + 1),
    );
    expect(answer.failures.at(-1)?.waitedMs).toBe(0);
  });

  it("row 20: text that came before an error is kept apart and is no answer", async () => {
    expect(await ask("fault/200-choice-error")).toMatchObject({ ok: false, partial: "half an ans" });
  });

  it.each([
    [62, "fault/hang"],
    [63, "fault/stall-body"],
    [64, "fault/drip"],
  ])("row %i: %s times out three times, body included", async (_row, model) => {
    const answer = await ask(model, { attemptTimeoutMs: 150 });
    expect(answer).toMatchObject({ ok: false, kind: "timeout", attempts: 3 });
    const gaps = server.chats.slice(1).map((chat, i) => chat.at - (server.chats[i]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(140);
    await expect.poll(() => server.abandoned).toBe(3);
  });

  it("row 65: a redirect is refused and nothing is sent there", async () => {
    const answer = await ask(`fault/redirect?to=${elsewhere.baseURL}/chat/completions`);
    expect(answer).toMatchObject({ ok: false, kind: "network", attempts: 1 });
    expect(answer.ok ? "" : answer.message).toMatch(/redirects elsewhere/);
    expect([...elsewhere.chats, ...elsewhere.others]).toEqual([]);
  });
});

/** Twenty-four different questions to one model, all at once. */
function askMany(model: string): Promise<Answer[]> {
  const client = openRouter({ apiKey: KEY, baseURL: server.baseURL, concurrency: 4, baseMs: 5 });
  return Promise.all(
    Array.from({ length: 24 }, (_, i) =>
      client.ask({ model, messages: [{ role: "user", content: `prompt ${i}` }] }),
    ),
  );
}

it("a wait longer than allowed is not retriable, and its length is told", async () => {
  expect(await ask("fault/429-long")).toMatchObject({ retriable: false, waitMs: 86_400_000 });
  expect(await ask("fault/429-garbage")).toMatchObject({ retriable: true, waitMs: null });
});

describe("many questions at once", () => {
  it("row 66: limit/conc never sees more than `concurrency` requests, and answers come in the order asked", async () => {
    const answers = await askMany("limit/conc");
    expect(server.peak).toBe(4);
    expect(server.chats).toHaveLength(24);
    expect(answers.map((answer) => answer.ok && answer.text)).toEqual(
      Array.from({ length: 24 }, (_, i) => `prompt ${i}`),
    );
  });

  it("row 67: limit/rate gets every answer in time, since the model's pause is kept", async () => {
    const answers = await askMany("limit/rate");
    expect(answers.every((answer) => answer.ok)).toBe(true);
    expect(server.chats.length).toBeLessThanOrEqual(24 * 2);
  });
});

describe("a wait that the server asks for", () => {
  it.each([
    ["fault/429-retry-after?s=1", 1000],
    ["fault/429-ms?s=0.3", 300],
    ["fault/429-body-only?s=0.3", 300],
    ["fault/429-free-minute?s=0.3", 300],
  ])("%s is kept to: never less, and said in `failures`", async (model, asked) => {
    const answer = await ask(model);
    const [first, second] = server.chats;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(asked - 2);
    expect(answer.failures[0]).toMatchObject({ n: 1, kind: "rate_limit", status: 429 });
    expect(answer.failures[0]?.waitedMs).toBeGreaterThanOrEqual(asked - 2);
  });
});
