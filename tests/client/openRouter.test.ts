import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { openRouter } from "../../lib/client/index.js";
import type { ChatRequest } from "../../lib/client/types.js";
import { type OpenRouterServer, startOpenRouter } from "../helpers/openrouter-server.js";

const KEY = "sk-or-v1-0123456789abcdef";
const QUESTION: ChatRequest = { model: "ok/echo", messages: [{ role: "user", content: "hello" }] };
let server: OpenRouterServer;

beforeAll(async () => {
  server = await startOpenRouter();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  for (const name of ["OPENROUTER_API_KEY", "OPENROUTER_BASE_URL", "OPENAI_API_KEY"])
    vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

describe("the key", () => {
  it("is taken from OPENROUTER_API_KEY, trimmed, and never from OPENAI_API_KEY", async () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-proj-someone-elses");
    expect(() => openRouter()).toThrow("OPENROUTER_API_KEY is not set");
    vi.stubEnv("OPENROUTER_API_KEY", `  ${KEY}\n`);
    vi.stubEnv("OPENROUTER_BASE_URL", `${server.baseURL}/`);
    expect(await openRouter().ask(QUESTION)).toMatchObject({ ok: true, text: "hello" });
    expect(server.chats[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  });

  it("may be missing for a server of one's own", async () => {
    vi.stubEnv("OPENAI_API_KEY", "sk-proj-someone-elses");
    await openRouter({ baseURL: server.baseURL }).ask(QUESTION);
    expect(server.chats[0]?.headers.authorization).toBe("Bearer none");
  });

  it("is not seen by whoever prints the client", () => {
    const printed = inspect(openRouter({ apiKey: KEY }), { depth: null, showHidden: true });
    expect(printed).not.toContain(KEY);
    expect(JSON.stringify(openRouter({ apiKey: KEY }))).not.toContain(KEY);
  });
});

describe("the environment's OpenAI settings", () => {
  it("change nothing: no key, organisation, project, address or header of theirs is sent", async () => {
    vi.stubEnv("OPENAI_ADMIN_KEY", "sk-admin-x");
    vi.stubEnv("OPENAI_ORG_ID", "org-x");
    vi.stubEnv("OPENAI_PROJECT_ID", "proj-x");
    vi.stubEnv("OPENAI_BASE_URL", "http://127.0.0.1:1/");
    vi.stubEnv("OPENAI_CUSTOM_HEADERS", "X-Secret: secret-x\nAuthorization: Bearer stolen-x");
    vi.stubEnv("OPENAI_LOG", "debug");
    await openRouter({ apiKey: KEY, baseURL: server.baseURL }).ask(QUESTION);
    expect(server.chats[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(JSON.stringify(server.chats[0]?.headers)).not.toMatch(/-x"/);
  });
});

describe("what is sent", () => {
  it("is the question and nothing else: unset fields are left out", async () => {
    await openRouter({ apiKey: KEY, baseURL: server.baseURL }).ask({
      ...QUESTION,
      max_tokens: 5,
      temperature: 0,
    });
    expect(server.chats[0]?.body).toEqual({ ...QUESTION, max_tokens: 5, temperature: 0 });
  });

  it("names the program in the header that OpenRouter reads", async () => {
    await openRouter({
      apiKey: KEY,
      baseURL: server.baseURL,
    }).ask(QUESTION);
    expect(server.chats[0]?.headers).toMatchObject({
      "x-openrouter-title": "facet-bench",
      "user-agent": "facet-bench",
    });
  });
});

describe("options", () => {
  it("that cannot be used are refused by name, at once", () => {
    expect(() => openRouter({ apiKey: KEY, attempts: 0 })).toThrow(
      /attempts must be a whole number from 1 to 100, got 0/,
    );
  });
});

describe("listModels", () => {
  it("gives ids with prices per token, null where a price depends on the model chosen", async () => {
    const client = openRouter({ apiKey: KEY, baseURL: server.baseURL });
    expect(await client.listModels()).toEqual([
      { id: "ok/echo", name: "Echo", promptUsd: 0.000001, completionUsd: 0.000002 },
      { id: "ok/nth", name: "Nth", promptUsd: 0, completionUsd: 0 },
      { id: "openrouter/auto", name: "Auto", promptUsd: null, completionUsd: null },
    ]);
  });

  it("rejects with one line where there is no such page", async () => {
    const bare = await startOpenRouter({ models: null });
    await expect(openRouter({ baseURL: bare.baseURL }).listModels()).rejects.toThrow(
      /^GET \/models: the server has no such page\.$/,
    );
    expect(bare.others).toHaveLength(1);
    await bare.close();
  });

  it("guesses that an address lacks its /v1, and takes no page for a list that is none", async () => {
    const bare = await startOpenRouter({ models: null });
    await expect(openRouter({ baseURL: bare.baseURL.replace("/v1", "") }).listModels()).rejects.toThrow(
      /^GET \/models: the server has no such page\. Should its address end in \/v1\?$/,
    );
    await bare.close();
    const odd = await startOpenRouter({ models: "soon" as never });
    await expect(openRouter({ baseURL: odd.baseURL }).listModels()).rejects.toThrow(
      /^GET \/models: the server sent no list of models but \{"data":"soon"\}\.$/,
    );
    expect(odd.others).toHaveLength(1);
    await odd.close();
  });

  it.each([
    ["http://localhost:11434/v1", true],
    ["http://192.168.1.7:8000/v1", true],
    ["http://[::1]:8080/v1", true],
    ["http://ollama:11434/v1", true],
    ["https://openrouter.ai/api/v1", false],
    ["https://127.example.com/v1", false],
    ["http://172.15.0.1/v1", false],
  ])("knows whether %s stands on this machine or in its network: %s", (baseURL, isLocal) => {
    expect(openRouter({ apiKey: KEY, baseURL }).isLocal).toBe(isLocal);
  });
});

describe("time limits", () => {
  it("end a question when the total is up, in the queue too", async () => {
    const client = openRouter({
      apiKey: KEY,
      baseURL: server.baseURL,
      concurrency: 1,
      totalMs: 150,
      attempts: 1,
    });
    const hang = { ...QUESTION, model: "fault/hang" };
    const answers = await Promise.all([client.ask(hang), client.ask(hang)]);
    for (const answer of answers) expect(answer).toMatchObject({ ok: false, kind: "timeout" });
    for (const answer of answers) expect(answer.ms).toBeGreaterThanOrEqual(149);
  });

  it("fail now when the wait asked for is longer than what is left", async () => {
    const client = openRouter({ apiKey: KEY, baseURL: server.baseURL, totalMs: 2000 });
    const answer = await client.ask({ ...QUESTION, model: "fault/429-retry-after?s=20" });
    expect(answer).toMatchObject({ ok: false, kind: "rate_limit", attempts: 1, waitMs: 20_000 });
    expect(answer.ok ? "" : answer.message).toMatch(/No time is left/);
  });
});

describe("an interrupt", () => {
  it.each([
    ["in flight", "fault/hang", 1],
    ["in the body", "fault/stall-body", 1],
    ["while the body drips", "fault/drip", 1],
    ["in the wait before a retry", "fault/429-retry-after?s=20", 1],
  ])("%s ends the question as interrupted and tears the request down", async (_where, model, requests) => {
    const client = openRouter({ apiKey: KEY, baseURL: server.baseURL });
    const interrupt = new AbortController();
    const asked = client.ask({ ...QUESTION, model }, { signal: interrupt.signal });
    await server.came(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const began = performance.now();
    interrupt.abort();
    expect(await asked).toMatchObject({ ok: false, kind: "interrupted", retriable: false });
    // The bench measures the promised 100 ms; here it need only be sooner than any timer, however busy the machine.
    expect(performance.now() - began).toBeLessThan(5000);
    expect(server.chats).toHaveLength(requests);
  });

  it("in the queue ends the question without a request", async () => {
    const client = openRouter({ apiKey: KEY, baseURL: server.baseURL, concurrency: 1 });
    const interrupt = new AbortController();
    const { signal } = interrupt;
    const asked = [1, 2, 3].map(() => client.ask({ ...QUESTION, model: "fault/hang" }, { signal }));
    await server.came(1);
    interrupt.abort();
    for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ kind: "interrupted" });
    expect(await client.ask(QUESTION, { signal })).toMatchObject({ kind: "interrupted", attempts: 0 });
    expect(server.chats).toHaveLength(1);
    expect(await client.ask(QUESTION)).toMatchObject({ ok: true });
  });
});

describe("after a 429 that asks for a wait", () => {
  it("a model gets one request at first, and more only when that succeeded", async () => {
    const slow = await startOpenRouter({ latencyMs: 80 });
    const client = openRouter({ apiKey: KEY, baseURL: slow.baseURL, concurrency: 8 });
    const limited = { ...QUESTION, model: "fault/429-ms?s=0.3" };
    const first = client.ask(limited);
    // Not by the clock: on a busy machine the answer that asks for the wait may itself come late.
    const slots = await Promise.all(
      Array.from({ length: 8 }, () => client.limits?.slot("other", new AbortController().signal)),
    );
    for (const slot of slots) slot?.release();
    const others = await Promise.all([1, 2, 3, 4].map(() => client.ask(limited)));
    expect([await first, ...others].every((answer) => answer.ok)).toBe(true);
    const [, second, third] = slow.chats;
    expect((third?.at ?? 0) - (second?.at ?? 0)).toBeGreaterThanOrEqual(78);
    await slow.close();
  });

  it("no new request to that model begins until it is over, while others are asked", async () => {
    const client = openRouter({ apiKey: KEY, baseURL: server.baseURL, concurrency: 4 });
    const limited = { ...QUESTION, model: "fault/429-ms?s=1" };
    const first = client.ask(limited);
    await server.came(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    const second = client.ask(limited);
    expect(await client.ask(QUESTION)).toMatchObject({ ok: true });
    expect(server.chats.map((chat) => chat.model)).toEqual([limited.model, QUESTION.model]);
    expect([await first, await second].map((answer) => answer.ok)).toEqual([true, true]);
    const [refused, , ...later] = server.chats;
    for (const chat of later) expect(chat.at - (refused?.at ?? 0)).toBeGreaterThanOrEqual(998);
  });
});
