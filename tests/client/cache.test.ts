import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type ClearableCache, answerCache, openRouter } from "../../lib/client/index.js";
import { canonicalJson } from "../../lib/client/cachedAsk.js";
import type { Answer, AskOptions, ChatRequest } from "../../lib/client/types.js";
import { type OpenRouterServer, startOpenRouter } from "../helpers/openrouter-server.js";

let server: OpenRouterServer;
let dir: string;
let cache: ClearableCache;

beforeAll(async () => {
  server = await startOpenRouter();
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  dir = mkdtempSync(join(tmpdir(), "facet-bench-"));
  cache = answerCache(join(dir, "answers"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const client = (options: { readonly baseURL?: string } = {}) =>
  openRouter({ apiKey: "sk-or-v1-test", baseURL: server.baseURL, baseMs: 1, ...options });

function ask(change: Partial<ChatRequest> = {}, options: AskOptions = {}): Promise<Answer> {
  const request = { model: "ok/nth", messages: [{ role: "user" as const, content: "hello" }], ...change };
  return client().ask(request, { cache, ...options });
}

function files(): readonly string[] {
  const all = readdirSync(dir, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("a cached answer", () => {
  it("is given again without a request, at no cost, and says so", async () => {
    const first = await ask();
    const second = await ask();
    expect(first).toMatchObject({ text: "answer 1", cached: false, costUsd: 0.00042 });
    expect(second).toMatchObject({ text: "answer 1", cached: true, costUsd: 0, attempts: 0, failures: [] });
    expect(server.chats).toHaveLength(1);
  });

  it.each<[string, Partial<ChatRequest>, AskOptions]>([
    ["model", { model: "ok/nth?other" }, {}],
    ["prompt", { messages: [{ role: "user", content: "hello " }] }, {}],
    ["temperature", { temperature: 0.3 }, {}],
    ["max_tokens", { max_tokens: 7 }, {}],
    ["seed", { seed: 1 }, {}],
    ["provider", { provider: { order: ["a"] } }, {}],
    ["tools", { tools: [{ type: "function", function: { name: "f", parameters: {} } }] }, {}],
    ["epoch", {}, { epoch: 1 }],
  ])("of another %s is asked for", async (_what, change, options) => {
    await ask();
    expect(await ask(change, options)).toMatchObject({ ok: true, cached: false });
    expect(server.chats).toHaveLength(2);
  });

  it("of another server is asked for", async () => {
    await ask();
    const other = await startOpenRouter();
    const elsewhere = client({ baseURL: other.baseURL });
    await elsewhere.ask({ model: "ok/nth", messages: [{ role: "user", content: "hello" }] }, { cache });
    expect(other.chats).toHaveLength(1);
    await other.close();
  });

  it("is the same whatever order the fields were written in, and whatever the key and the limits", async () => {
    await ask({ temperature: 0, max_tokens: 5 });
    const other = openRouter({ apiKey: "another-key", baseURL: server.baseURL, attempts: 1, concurrency: 9 });
    const swapped = {
      max_tokens: 5,
      temperature: 0,
      messages: [{ content: "hello", role: "user" as const }],
      model: "ok/nth",
    };
    expect(await other.ask(swapped, { cache })).toMatchObject({ cached: true });
  });

  it.each([
    ["ok/echo", true],
    ["ok/tool-only", true],
    ["ok/refusal", true],
    ["ok/length", false],
    ["ok/empty", false],
    ["ok/reasoning-exhausted", false],
    ["ok/content-filter", false],
    ["fault/400", false],
    ["fault/500", false],
  ])("of %s is kept: %s", async (model, isKept) => {
    await ask({ model });
    const before = server.chats.length;
    await ask({ model });
    expect(server.chats.length > before).toBe(!isKept);
  });

  it("that was interrupted is not kept", async () => {
    const interrupt = new AbortController();
    const asked = ask({ model: "fault/hang" }, { signal: interrupt.signal });
    await server.came(1);
    interrupt.abort();
    await asked;
    expect(files()).toEqual([]);
  });
});

describe("a cache without a folder", () => {
  it("keeps answers as long as it is there, and until it is cleared", async () => {
    const memory = answerCache();
    expect(await ask({}, { cache: memory })).toMatchObject({ text: "answer 1", cached: false });
    expect(await ask({}, { cache: memory })).toMatchObject({ text: "answer 1", cached: true });
    expect(await ask({}, { cache: answerCache() })).toMatchObject({ cached: false });
    await memory.clear();
    expect(await ask({}, { cache: memory })).toMatchObject({ cached: false });
  });
});

describe("a damaged cache", () => {
  it.each<[string, (path: string) => void]>([
    ["cut short", (path) => truncateSync(path, 10)],
    ["emptied", (path) => truncateSync(path, 0)],
    ["overwritten", (path) => writeFileSync(path, "not what it was")],
    ["removed", (path) => rmSync(path)],
  ])("whose files were %s is asked again, and heals", async (_how, damage) => {
    await ask({ model: "ok/echo" });
    for (const path of files()) damage(path);
    expect(await ask({ model: "ok/echo" })).toMatchObject({ ok: true, cached: false });
    expect(await ask({ model: "ok/echo" })).toMatchObject({ ok: true, cached: true });
    expect(server.chats).toHaveLength(2);
  });

  it("whose last line a killed writer cut short still has the lines before, and takes new ones", async () => {
    await cache.set("key", await ask({ model: "ok/echo" }, {}));
    const [path = ""] = files().filter((file) => readFileSync(file, "utf8").includes('"key":"key"'));
    appendFileSync(path, '\n0123\t{"key":"ke');
    expect(await cache.get("key")).toMatchObject({ text: "hello" });
    await cache.set("key", { ...(await ask({ model: "ok/refusal" }, {})) });
    expect(await cache.get("key")).toMatchObject({ outcome: "refusal" });
  });

  it("that cannot be written still gives the answers, and warns once", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    writeFileSync(join(dir, "file"), "");
    const broken = answerCache(join(dir, "file", "below"));
    const same = client();
    for (const content of ["one", "two"]) {
      const request: ChatRequest = { model: "ok/echo", messages: [{ role: "user", content }] };
      expect(await same.ask(request, { cache: broken })).toMatchObject({
        ok: true,
        cached: false,
        text: content,
      });
    }
    expect(warned.mock.calls).toEqual([[expect.stringMatching(/^The answer cache cannot be used: ENOTDIR/)]]);
    warned.mockRestore();
  });

  it("is empty once cleared", async () => {
    await ask();
    await cache.clear();
    expect(files()).toEqual([]);
    expect(await ask()).toMatchObject({ cached: false });
  });
});

describe("clearing a cache", () => {
  it("is nothing where there is no folder yet", async () => {
    await answerCache(join(dir, "nowhere")).clear();
    await cache.set("key", await ask({ model: "ok/echo" }, {}));
    await cache.clear();
    expect(existsSync(cache.place)).toBe(false);
  });

  it("leaves whatever else lies in the folder", async () => {
    await ask();
    writeFileSync(join(cache.place, "notes.txt"), "precious");
    await cache.clear();
    expect(files()).toEqual([join(cache.place, "notes.txt")]);
  });

  it.each<[string, readonly string[]]>([
    ["a folder of one's own", ["notes.txt", "src/index.ts"]],
    ["a folder that only sounds like one", ["index-v5/precious.txt"]],
    ["another program's cache of the same make", ["index-v5/aa/bb/0123", "content-v2/sha512/aa/bb/cc"]],
  ])("refuses %s, and deletes nothing", async (_what, paths) => {
    const own = join(dir, "own");
    for (const path of paths) {
      mkdirSync(dirname(join(own, path)), { recursive: true });
      writeFileSync(join(own, path), "precious");
    }
    await expect(answerCache(own).clear()).rejects.toThrow(
      /own is no answer cache, since it holds .*Nothing was/,
    );
    expect(files().toSorted()).toEqual(paths.map((path) => join(own, path)).toSorted());
  });
});

const broken = (): never => {
  throw new Error("disk full");
};

describe("a cache of one's own", () => {
  it.each([
    ["rejects", { get: async () => broken(), set: async () => broken() }],
    ["throws", { get: broken, set: broken }],
  ])("that %s is done without, and told of once", async (_how, own) => {
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const same = client();
    for (const content of ["one", "two"])
      expect(
        await same.ask({ model: "ok/echo", messages: [{ role: "user", content }] }, { cache: own }),
      ).toMatchObject({ ok: true, text: content });
    expect(warned.mock.calls).toEqual([[expect.stringMatching(/used: disk full$/)]]);
    warned.mockRestore();
  });
});

describe("equal questions asked at once", () => {
  it("share one request, and only one is charged", async () => {
    const same = client();
    const request: ChatRequest = { model: "ok/nth", messages: [{ role: "user", content: "hello" }] };
    const answers = await Promise.all([1, 2, 3].map(() => same.ask(request, { cache })));
    expect(server.chats).toHaveLength(1);
    expect(answers.map((answer) => answer.ok && answer.costUsd)).toEqual([0.00042, 0, 0]);
  });

  it("are not interrupted with the one that asked first", async () => {
    const slow = await startOpenRouter({ latencyMs: 100 });
    const same = client({ baseURL: slow.baseURL });
    const request: ChatRequest = { model: "ok/echo", messages: [{ role: "user", content: "hello" }] };
    const interrupt = new AbortController();
    const first = same.ask(request, { cache, signal: interrupt.signal });
    const second = same.ask(request, { cache });
    await slow.came(1);
    interrupt.abort();
    expect(await first).toMatchObject({ kind: "interrupted" });
    expect(await second).toMatchObject({ ok: true, text: "hello" });
    await slow.close();
  });

  it("are asked each for itself without a cache", async () => {
    const same = client();
    const request: ChatRequest = { model: "ok/nth", messages: [{ role: "user", content: "hello" }] };
    await Promise.all([1, 2, 3].map(() => same.ask(request)));
    expect(server.chats).toHaveLength(3);
  });
});

const question = (i: number): ChatRequest => ({
  model: "ok/echo",
  messages: [{ role: "user", content: `question ${i}` }],
});

/** As another process would: with a client and a cache of its own in the same folder. */
const askAll = () => {
  const [own, place] = [client(), answerCache(cache.place)];
  return Promise.all(Array.from({ length: 20 }, (_, i) => own.ask(question(i), { cache: place })));
};

const claimOf = (pid: number): string => {
  const path = join(cache.place, "asking", client().cacheKey!(question(0), 0));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, String(pid));
  return path;
};

describe("two processes on one cache", () => {
  it("ask each question once between them, and leave no claim behind", async () => {
    const [some, others] = await Promise.all([askAll(), askAll()]);
    expect(server.chats).toHaveLength(20);
    expect(some.map((answer) => answer.ok && answer.text)).toEqual(
      others.map((answer) => answer.ok && answer.text),
    );
    expect(files().filter((path) => path.includes("asking"))).toEqual([]);
  });

  it("ask at once what a process that has ended was asking", async () => {
    claimOf(2 ** 22 + 1);
    const began = performance.now();
    await askAll();
    expect(performance.now() - began).toBeLessThan(3000);
    expect(server.chats).toHaveLength(20);
  });

  it("wait for one that is still there until its claim is given back, or left for a few seconds", async () => {
    const given = claimOf(process.pid);
    const asked = client().ask(question(0), { cache });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.chats).toHaveLength(0);
    rmSync(given);
    expect(await asked).toMatchObject({ ok: true, cached: false });
    await cache.clear();
    claimOf(process.pid);
    expect(await client().ask(question(0), { cache })).toMatchObject({ ok: true, cached: false });
  });

  it("end the wait when interrupted", async () => {
    claimOf(process.pid);
    const interrupt = new AbortController();
    const asked = client().ask(question(0), { cache, signal: interrupt.signal });
    setTimeout(() => interrupt.abort(), 50);
    expect(await asked).toMatchObject({ ok: false, kind: "interrupted" });
  });
});

describe("canonicalJson", () => {
  it("sorts keys at every depth and drops what is undefined", () => {
    expect(canonicalJson({ b: [{ d: 1, c: undefined }], a: { z: null, y: "é" } })).toBe(
      '{"a":{"y":"é","z":null},"b":[{"d":1}]}',
    );
  });
});
