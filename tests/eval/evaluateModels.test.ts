import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerCache, openRouter } from "../../lib/client/index.js";
import type { OpenRouterOptions } from "../../lib/client/index.js";
import { type EvaluateOptions, type Progress, evaluateModels } from "../../lib/eval/index.js";
import type { Row } from "../../lib/shared/types.js";
import type { ModelSpec, Task } from "../../lib/tasks/types.js";
import { type OpenRouterServer, type ServerOptions, startOpenRouter } from "../helpers/openrouter-server.js";
import { someTasks } from "../helpers/tasks.js";
import { collector } from "../page/collect.js";

let server: OpenRouterServer;
let dir: string;

beforeAll(async () => {
  server = await startOpenRouter({ models: null });
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  dir = mkdtempSync(join(tmpdir(), "facet-bench-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const specsOf = (...ids: readonly string[]): readonly ModelSpec[] => ids.map((id) => ({ id, alias: id }));
const clientOf = (options: OpenRouterOptions = {}) =>
  openRouter({ apiKey: "sk-or-v1-test", baseURL: server.baseURL, baseMs: 1, ...options });

function evaluate(
  specs: readonly ModelSpec[],
  options: Partial<EvaluateOptions> = {},
): ReturnType<typeof evaluateModels> {
  return evaluateModels(specs, { client: clientOf(), tasks: someTasks(4), ...options });
}

/** A server of its own for one test. */
async function withServer<T>(
  options: ServerOptions,
  use: (server: OpenRouterServer) => Promise<T>,
): Promise<T> {
  const own = await startOpenRouter(options);
  try {
    return await use(own);
  } finally {
    await own.close();
  }
}

const alwaysRight: Task["scorer"] = () => ({ kind: "scored", value: 1, explanation: "there already" });
const halfRight: Task["scorer"] = () => ({ kind: "scored", value: 0.5, explanation: "half" });
const neverDone: Task["scorer"] = () => new Promise(() => undefined);
const throws = (): void => {
  throw new Error("not me");
};
/** A server that lists one model at so many dollars for each token of its answers. */
const priced = (usd: string): ServerOptions => ({
  models: [{ id: "ok/echo", pricing: { prompt: "0", completion: usd } }],
});
const broken = (): never => {
  throw new Error("disk full");
};
const place = (row: Row): string => `${row.model} ${row.task} ${row.epoch}`;

describe("the rows", () => {
  it("come by model, task and epoch, whatever order the answers came in", async () => {
    const run = await evaluate(specsOf("b", "a"), { epochs: 2, client: clientOf({ concurrency: 16 }) });
    const expected = ["b", "a"].flatMap((model) =>
      [0, 1, 2, 3].flatMap((task) => [0, 1].map((epoch) => `${model} task_${task} ${epoch}`)),
    );
    expect(run.rows.map(place)).toEqual(expected);
    expect(run).toMatchObject({ stopped: null, notes: [] });
    expect(run.usage).toMatchObject({ requests: 16, cached: 0, promptTokens: 192, completionTokens: 128 });
    expect(run.usage.costUsd).toBeCloseTo(16 * 0.00042, 10);
  });

  it("hold what was asked, said and scored, and who answered", async () => {
    const run = await evaluate([{ id: "ok/echo", alias: "Echo" }], { tasks: someTasks(1) });
    expect(run.rows[0]).toEqual({
      model: "Echo",
      facet: "even",
      task: "task_0",
      epoch: 0,
      prompt: "prompt 0",
      response: "prompt 0",
      score: 1,
      outcome: "scored",
      reason: null,
      explanation: "prompt 0",
      finish: "stop",
      cached: false,
      costUsd: 0.00042,
      latencyMs: expect.any(Number) as number,
      provider: "Test provider",
    });
    expect(server.chats[0]?.body).toEqual({
      model: "ok/echo",
      messages: [{ role: "user", content: "prompt 0" }],
      max_tokens: 4096,
      temperature: 0.2,
    });
  });

  it("come of the question as its task and model want it: system message, length, seed", async () => {
    const [short, plain] = someTasks(2) as [Task, Task];
    const tasks = [{ ...short, system: "Answer in one word.", maxTokens: 16 }, plain];
    const specs = [...specsOf("a"), { id: "thinker", alias: "thinker", maxTokens: 20_000 }];
    await evaluate(specs, { tasks, epochs: 2, seed: 7, client: clientOf({ concurrency: 1 }) });
    const sent = server.chats.map(({ body }) => body);
    const of = (model: string, prompt: string) =>
      sent.filter((body) => body["model"] === model && JSON.stringify(body["messages"]).includes(prompt));
    expect(of("a", "prompt 0")[0]?.["messages"]).toEqual([
      { role: "system", content: "Answer in one word." },
      { role: "user", content: "prompt 0" },
    ]);
    const lengths = (model: string) =>
      ["prompt 0", "prompt 1"].map((prompt) => of(model, prompt)[0]?.["max_tokens"]);
    expect([lengths("a"), lengths("thinker")]).toEqual([
      [16, 4096],
      [20_000, 20_000],
    ]);
    // A server that keeps to the seed would otherwise give the same answer twice.
    expect(of("a", "prompt 1").map((body) => body["seed"])).toEqual([7, 8]);
  });

  it("send a task's tools and the parameters given with every question", async () => {
    const tools = [
      { type: "function" as const, function: { name: "search", parameters: { type: "object" } } },
    ];
    const tasks = someTasks(1).map((task) => ({ ...task, tools }));
    await evaluate(specsOf("ok/echo"), {
      tasks,
      seed: 7,
      parameters: { provider: { order: ["x"] } },
      maxTokens: 9,
    });
    expect(server.chats[0]?.body).toMatchObject({
      tools,
      seed: 7,
      provider: { order: ["x"] },
      max_tokens: 9,
    });
  });

  it("leave out models that are not enabled", async () => {
    const run = await evaluate([...specsOf("a"), { id: "b", alias: "a", enabled: false }]);
    expect(run.rows.every((row) => row.model === "a")).toBe(true);
    const none = await evaluate([{ id: "b", alias: "b", enabled: false }]);
    expect(none).toMatchObject({ rows: [], stopped: null, notes: ["No model is enabled."] });
    expect(none.usage).toMatchObject({ requests: 0, costUsd: 0 });
  });
});

describe("what cannot be asked", () => {
  it.each<[string, readonly ModelSpec[], Partial<EvaluateOptions>, RegExp]>([
    ["no client", specsOf("a"), { client: undefined as never }, /options\.client must be a client/],
    [
      "equal aliases",
      [...specsOf("a"), { id: "b", alias: "a" }],
      {},
      /two enabled models have the alias "a"/,
    ],
    ["an empty id", [{ id: " ", alias: "a" }], {}, /specs\[0\] needs an id and an alias/],
    [
      "equal task names",
      specsOf("a"),
      { tasks: [...someTasks(2), ...someTasks(1)] },
      /two tasks have the name "task_0"/,
    ],
    ["no epoch", specsOf("a"), { epochs: 0 }, /epochs must be a whole number from 1 up, got 0/],
    ["epochs that are no number", specsOf("a"), { epochs: NaN }, /epochs must be .* got NaN/],
    ["no tasks", specsOf("a"), { tasks: null as never }, /the models and options\.tasks must be lists/],
    ["no models", null as never, {}, /the models and options\.tasks must be lists/],
    ["no tokens", specsOf("a"), { maxTokens: 0.5 }, /maxTokens must be a whole number .* got 0\.5/],
    [
      "no tokens for a task",
      specsOf("a"),
      { tasks: someTasks(1).map((task) => ({ ...task, maxTokens: 0 })) },
      /the maxTokens of task "task_0" must be a whole number from 1 up, got 0/,
    ],
    [
      "no tokens for a model",
      [{ id: "a", alias: "b", maxTokens: 1.5 }],
      {},
      /the maxTokens of model "b" must be .* got 1\.5/,
    ],
    [
      "a facet that no table could hold",
      specsOf("a"),
      { tasks: someTasks(1).map((task) => ({ ...task, facet: "model" })) },
      /the facet of task "task_0" must have a name that is no column's, got "model"/,
    ],
    ["half a seed", specsOf("a"), { seed: 0.5 }, /seed must be a whole number, got 0\.5/],
    ["a temperature", specsOf("a"), { temperature: 3 }, /temperature must lie in \[0, 2\], got 3/],
    ["a negative budget", specsOf("a"), { budgetUsd: -1 }, /budgetUsd must be 0 or more, got -1/],
  ])("%s: one clear error and no request", async (_what, specs, options, message) => {
    await expect(evaluate(specs, options)).rejects.toThrow(message);
    expect(server.chats).toEqual([]);
  });
});

describe("an answer that is none", () => {
  it.each([
    ["ok/refusal", "unscored", "refused", "I cannot help with that."],
    ["ok/content-filter", "unscored", "refused", ""],
    ["ok/null", "unscored", "no-answer", ""],
    ["ok/reasoning-exhausted", "unscored", "cut-off", ""],
    ["ok/length", "unscored", "cut-off", "The answer is"],
    [
      "fault/400",
      "failed",
      "HTTP 400: Provider returned error. The provider said: temperature must be at most 1",
      "",
    ],
  ])("%s becomes %s, %s, and is no 0", async (model, outcome, reason, response) => {
    const { rows } = await evaluate(specsOf(model), { tasks: someTasks(1) });
    expect(rows).toEqual([expect.objectContaining({ outcome, reason, response, score: null })]);
    expect(rows[0]?.explanation).not.toBe("");
  });

  it("is scored all the same when max_tokens cut it after the right answer", async () => {
    const tasks = someTasks(1).map((task) => ({ ...task, scorer: alwaysRight }));
    const { rows } = await evaluate(specsOf("ok/length"), { tasks });
    expect(rows[0]).toMatchObject({ outcome: "scored", score: 1, finish: "length" });
  });

  it("is cut off when max_tokens cut it where it was only partly right", async () => {
    const tasks = someTasks(1).map((task) => ({ ...task, scorer: halfRight }));
    const { rows } = await evaluate(specsOf("ok/length"), { tasks });
    expect(rows[0]).toMatchObject({ outcome: "unscored", reason: "cut-off", score: null });
  });

  it("reaches the scorer as text when it is a tool call", async () => {
    const { rows } = await evaluate(specsOf("ok/tool-only"), { tasks: someTasks(1) });
    expect(rows[0]).toMatchObject({
      outcome: "scored",
      response: '{"tool_calls":[{"name":"search","arguments":"{\\"query\\":\\"weather\\"}"}]}',
    });
  });
});

describe("a scorer that breaks its promise", () => {
  const broken: readonly [string, Task["scorer"], RegExp][] = [
    [
      "throws",
      () => {
        throw new Error("oops");
      },
      /The scorer of task "task_0" threw oops/,
    ],
    ["rejects", () => Promise.reject(new Error("oops")), /threw oops/],
    [
      "gives 1.5",
      () => ({ kind: "scored", value: 1.5, explanation: "" }),
      /gave 1\.5, not a value in \[0, 1\]/,
    ],
    ["gives NaN", () => ({ kind: "scored", value: Number.NaN, explanation: "" }), /gave NaN/],
    ["gives nothing", () => undefined as never, /gave no outcome/],
  ];
  it.each(broken)("and %s fails its own row only", async (_how, scorer, message) => {
    const tasks = someTasks(2).map((task, i) => (i === 0 ? { ...task, scorer } : task));
    const { rows } = await evaluate(specsOf("ok/echo"), { tasks });
    expect(rows[0]).toMatchObject({
      outcome: "failed",
      score: null,
      reason: expect.stringMatching(message) as string,
    });
    expect(rows[1]).toMatchObject({ outcome: "scored", score: 1 });
  });
});

describe("a model that fails", () => {
  it.each([
    ["fault/404-deprecated", 4],
    ["fault/402", 4],
    ["fault/500", 4 * 3],
    ["fault/429", 4 * 3],
  ])("at first, %s, is told of once and skipped, and the others go on", async (model, mostRequests) => {
    const run = await evaluate(specsOf(model, "ok/echo"), {
      tasks: someTasks(30),
      client: clientOf({ concurrency: 8 }),
    });
    expect(run.notes).toEqual([expect.stringMatching(new RegExp(`^${model}: not asked any further\\.`))]);
    expect(server.chats.filter((chat) => chat.model === model).length).toBeLessThanOrEqual(mostRequests);
    expect(run.rows).toHaveLength(60);
    expect(run.rows.filter((row) => row.model === model && row.outcome === "failed")).toHaveLength(30);
    expect(run.rows.filter((row) => row.model === "ok/echo" && row.score === 1)).toHaveLength(30);
    expect(run.stopped).toBeNull();
  });

  it("for a rejected key stops the run, since the key is the same for all", async () => {
    const run = await evaluate(specsOf("fault/401", "ok/echo"), {
      tasks: someTasks(30),
      client: clientOf({ concurrency: 1 }),
    });
    expect(run.notes).toHaveLength(1);
    expect(server.chats.length).toBeLessThanOrEqual(2);
    expect(run.rows).toHaveLength(60);
  });

  it("never gets more than three requests an answer", async () => {
    await evaluate(specsOf("fault/429", "fault/500"), {
      tasks: someTasks(3),
      client: clientOf({ concurrency: 1 }),
    });
    expect(server.chats).toHaveLength(18);
  });
});

describe("turns", () => {
  it("go over the models, so that none waits for another to be done", async () => {
    await evaluate(specsOf("a", "b", "c"), { client: clientOf({ concurrency: 1 }) });
    expect(server.chats.map((chat) => chat.model).join("")).toBe("abcabcabcabc");
  });

  it("pass over a model that asked for a pause", async () => {
    const limited = "fault/429-ms?s=1";
    const run = await evaluate(specsOf(limited, "ok/echo"), { client: clientOf({ concurrency: 1 }) });
    expect(run.rows.every((row) => row.score === 1)).toBe(true);
    // The other model's four come while the first waits for its retry.
    expect(server.chats.slice(0, 5).map((chat) => chat.model)).toEqual([
      limited,
      ...Array<string>(4).fill("ok/echo"),
    ]);
  });

  it("keep to the client's concurrency", async () => {
    await withServer({ latencyMs: 60, models: null }, async (slow) => {
      const client = clientOf({ baseURL: slow.baseURL, concurrency: 6 });
      await evaluate(specsOf("a", "b", "c"), { client, tasks: someTasks(10) });
      expect(slow.peak).toBe(6);
    });
  });
});

describe("an unknown id", () => {
  const pricing = { prompt: "0.000001", completion: "0.000002" };
  const listed = [
    "openai/gpt-4o-mini",
    "openai/gpt-4o",
    "anthropic/claude-3.5-haiku",
    "qwen/qwen-2.5-7b-instruct",
  ];
  const models = listed.map((id) => ({ id, pricing }));

  it("is not asked, and the nearest ids are named", async () => {
    await withServer({ models }, async (own) => {
      const run = await evaluate(specsOf("openai/gpt4o-mini", "openai/gpt-4o"), {
        client: clientOf({ baseURL: own.baseURL }),
      });
      expect(run.notes).toEqual([
        expect.stringMatching(/no model "openai\/gpt4o-mini"\. The nearest ids are openai\/gpt-4o-mini, /),
      ]);
      expect(own.chats.map((chat) => chat.model)).toEqual(Array(4).fill("openai/gpt-4o"));
      expect(run.rows.filter((row) => row.outcome === "failed")).toHaveLength(4);
    });
  });

  it("of several is told of at once where a server on this machine has other models", async () => {
    for (const local of [["llama3.2:3b"], ["llama3.2:3b", "qwen2.5:7b"]])
      await withServer({ models: local.map((id) => ({ id })) }, async (own) => {
        const run = await evaluate(specsOf("openai/gpt-4o-mini", "qwen/qwen2.5-7b", "llama3.2:3b"), {
          client: clientOf({ baseURL: own.baseURL }),
        });
        expect(run.notes).toEqual([
          `openai/gpt-4o-mini: the provider lists no model "openai/gpt-4o-mini". Its ids are ${local.join(", ")}.`,
          `qwen/qwen2.5-7b: the provider lists no model "qwen/qwen2.5-7b". ${
            local.length === 1 ? "Its ids are llama3.2:3b" : "The nearest ids are qwen2.5:7b"
          }.`,
        ]);
        expect(own.chats.map((chat) => chat.model)).toEqual(Array(4).fill("llama3.2:3b"));
      });
  });

  it.each([
    ["openai/gpt-4o:nitro", 4],
    ["openai/gpt-4o-2024-08-06", 4],
    ["@preset/mine", 4],
    ["openai/gpt-4o:free", 0],
  ])("%s, a variant of a listed one, is asked %i times", async (id, requests) => {
    const dated = models.map((model) => ({ ...model, canonical_slug: `${model.id}-2024-08-06` }));
    await withServer({ models: dated }, async (own) => {
      await evaluate(specsOf(id), { client: clientOf({ baseURL: own.baseURL }) });
      expect(own.chats).toHaveLength(requests);
    });
  });

  it.each([
    ["lists a lone file without a price", [{ id: "/models/llama.gguf" }]],
    ["has no list", null],
    ["has an empty list", []],
  ])("is asked of a server of one's own that %s", async (_what, list) => {
    await withServer({ models: list }, async (own) => {
      const run = await evaluate(specsOf("llama"), { client: clientOf({ baseURL: own.baseURL }) });
      expect(run.rows.every((row) => row.score === 1)).toBe(true);
    });
  });
});

describe("a budget", () => {
  it("is never exceeded: the run stops before, keeps its rows and says so", async () => {
    // At most 128 tokens at $0.00001: $0.00128 a question. The answers cost $0.00042 each.
    await withServer(priced("0.00001"), async (own) => {
      const client = clientOf({ baseURL: own.baseURL, concurrency: 8 });
      const run = await evaluate(specsOf("ok/echo"), {
        client,
        tasks: someTasks(30),
        maxTokens: 128,
        budgetUsd: 0.005,
      });
      expect(run.stopped).toBe("budget");
      // Asked as long as what is spent leaves room for one more at its dearest: (0.005 - 0.00128) / 0.00042 = 8.9, and one.
      expect(run.rows).toHaveLength(9);
      expect(own.chats).toHaveLength(9);
      expect(run.usage.costUsd).toBeLessThanOrEqual(0.005);
      expect(run.notes.at(-1)).toMatch(/The budget of \$0\.005 is spent/);
    });
  });

  it("is compared beforehand with what the run can cost at most", async () => {
    await withServer(priced("0.00001"), async (own) => {
      const seen: Progress[] = [];
      const client = clientOf({ baseURL: own.baseURL });
      const run = await evaluate(specsOf("ok/echo"), {
        client,
        maxTokens: 128,
        budgetUsd: 0.002,
        onProgress: (p) => seen.push(p),
      });
      expect(seen.at(-1)?.estimateUsd).toBeCloseTo(4 * 0.00128, 10);
      expect(seen.at(-1)?.likelyUsd).toBeCloseTo(4 * 0.00128, 10);
      expect(run.notes[0]).toMatch(
        /likely to cost \$0\.0051 and can cost up to \$0\.0051; the run stops before more than \$0\.002 is spent/,
      );
    });
  });

  it("of nothing lets free models be asked", async () => {
    await withServer(priced("0"), async (own) => {
      const client = clientOf({ baseURL: own.baseURL });
      const run = await evaluate(specsOf("ok/echo"), { client, budgetUsd: 0, tasks: someTasks(1) });
      expect(run.rows).toHaveLength(1);
    });
  });

  it("without listed prices holds by what the answers cost", async () => {
    const run = await evaluate(specsOf("ok/echo"), {
      client: clientOf({ concurrency: 1 }),
      tasks: someTasks(30),
      budgetUsd: 0.002,
    });
    expect(run.stopped).toBe("budget");
    expect(run.rows).toHaveLength(4);
    expect(run.usage.costUsd).toBeLessThanOrEqual(0.002);
  });

  it("that cannot be kept, since nobody names a cost, stops the run and says why", async () => {
    const run = await evaluate(specsOf("ok/no-usage"), {
      client: clientOf({ concurrency: 1 }),
      budgetUsd: 1,
    });
    expect(run.stopped).toBe("budget");
    expect(run.notes.at(-1)).toMatch(/names neither cost nor price/);
    expect(server.chats).toHaveLength(1);
  });

  it("is kept by a server on this machine that lists models without prices, since it wants no money", async () => {
    await withServer({ models: [{ id: "ok/no-usage" }, { id: "other" }] }, async (own) => {
      const client = clientOf({ baseURL: own.baseURL });
      const run = await evaluate(specsOf("ok/no-usage"), { client, budgetUsd: 0.01 });
      expect(run).toMatchObject({ stopped: null, notes: [], rows: { length: 4 } });
    });
  });

  it("does not stand in the way of cached answers", async () => {
    const cache = answerCache(join(dir, "cache"));
    await evaluate(specsOf("ok/echo"), { cache });
    const run = await evaluate(specsOf("ok/echo"), { cache, budgetUsd: 0 });
    expect(run).toMatchObject({ stopped: null, usage: { requests: 0, cached: 4 } });
  });
});

describe("an interrupt", () => {
  it("ends the run at once with the rows so far, and nothing new is sent", async () => {
    const interrupt = new AbortController();
    const seen: Progress[] = [];
    let rows = 0;
    const running = evaluate(specsOf("ok/echo", "fault/hang"), {
      signal: interrupt.signal,
      onProgress: (p) => seen.push(p),
      onRow: () => void rows++,
      client: clientOf({ concurrency: 6 }),
    });
    await server.came(8);
    await expect.poll(() => rows).toBe(4);
    const began = performance.now();
    interrupt.abort();
    const run = await running;
    // The bench measures the promised 100 ms; here it need only be sooner than any timer, however busy the machine.
    expect(performance.now() - began).toBeLessThan(5000);
    expect(run.stopped).toBe("interrupted");
    expect(run.rows.map((row) => row.model)).toEqual(Array(4).fill("ok/echo"));
    expect(seen.at(-1)).toMatchObject({ stopped: "interrupted", done: 4 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.chats).toHaveLength(8);
  });

  it("does not wait for a scorer that hangs", async () => {
    const interrupt = new AbortController();
    const tasks = someTasks(2).map((task, i) => (i === 0 ? { ...task, scorer: neverDone } : task));
    const onRow = (): void => void setTimeout(() => interrupt.abort(), 50);
    const running = evaluate(specsOf("ok/echo"), { tasks, signal: interrupt.signal, onRow });
    expect(await running).toMatchObject({ stopped: "interrupted", rows: [{ task: "task_1" }] });
  });

  it("does not wait for a scorer that hangs over a cached answer either", async () => {
    const cache = answerCache(join(dir, "cache"));
    await evaluate(specsOf("ok/echo"), { cache, tasks: someTasks(1) });
    const interrupt = new AbortController();
    const tasks = someTasks(1).map((task) => ({ ...task, scorer: neverDone }));
    const running = evaluate(specsOf("ok/echo"), { cache, tasks, signal: interrupt.signal });
    await new Promise((resolve) => setTimeout(resolve, 50));
    interrupt.abort();
    expect(await running).toMatchObject({ stopped: "interrupted", rows: [] });
  });

  it("before the start asks nothing", async () => {
    const run = await evaluate(specsOf("ok/echo"), { signal: AbortSignal.abort() });
    expect(run).toMatchObject({ stopped: "interrupted", rows: [] });
    expect([...server.chats, ...server.others]).toEqual([]);
  });

  it("leaves a cache from which the run goes on", async () => {
    const cache = answerCache(join(dir, "cache"));
    const interrupt = new AbortController();
    let rows = 0;
    const onRow = (): void => {
      if (++rows === 5) interrupt.abort();
    };
    const client = clientOf({ concurrency: 1 });
    const first = await evaluate(specsOf("a", "b"), { client, cache, signal: interrupt.signal, onRow });
    expect(first.rows).toHaveLength(5);
    const second = await evaluate(specsOf("a", "b"), { client, cache });
    expect(second.rows).toHaveLength(8);
    expect(second.usage.cached).toBeGreaterThanOrEqual(5);
    expect(second.usage.requests + second.usage.cached).toBe(8);
  });
});

describe("with a cache", () => {
  it("a second evaluation sends nothing, not even for the list of models", async () => {
    const cache = answerCache(join(dir, "cache"));
    const first = await evaluate(specsOf("a", "b"), { cache, epochs: 2 });
    server.reset();
    const second = await evaluate(specsOf("a", "b"), { cache, epochs: 2 });
    expect([...server.chats, ...server.others]).toEqual([]);
    expect(second.usage).toMatchObject({ requests: 0, cached: 16, costUsd: 0 });
    expect(second.rows).toEqual(first.rows.map((row) => ({ ...row, cached: true, costUsd: 0 })));
  });

  it("one edited prompt and N models make N requests", async () => {
    const cache = answerCache(join(dir, "cache"));
    const specs = specsOf("a", "b", "c", "d", "e");
    await evaluate(specs, { cache });
    server.reset();
    const edited = someTasks(4).map((task, i) => (i === 2 ? { ...task, prompt: "edited" } : task));
    await evaluate(specs, { cache, tasks: edited });
    expect(server.chats.map((chat) => chat.model).toSorted()).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("two runs at once are both right", async () => {
    await withServer({ latencyMs: 5, models: null }, async (slow) => {
      const runs = await Promise.all(
        [1, 2].map(() =>
          evaluate(specsOf("a", "b"), {
            client: clientOf({ baseURL: slow.baseURL }),
            cache: answerCache(join(dir, "cache")),
            tasks: someTasks(20),
          }),
        ),
      );
      for (const run of runs) {
        expect(run.rows).toHaveLength(40);
        expect(run.rows.every((row) => row.score === 1)).toBe(true);
      }
    });
  });

  it("is looked up once for each question, asked or not", async () => {
    const inner = answerCache();
    let reads = 0;
    const cache = { ...inner, get: (key: string) => (reads++, inner.get(key)) };
    await evaluate(specsOf("a", "b"), { cache });
    expect(reads).toBe(8);
    const again = await evaluate(specsOf("a", "b"), { cache });
    expect(reads).toBe(16);
    expect(again.notes).toEqual([
      "All 8 answers came from memory, at no cost. Clear it to have them asked afresh.",
    ]);
    const { notes } = await evaluate(specsOf("a"), { cache, tasks: someTasks(1) });
    expect(notes).toEqual([
      "The one answer came from memory, at no cost. Clear it to have them asked afresh.",
    ]);
  });

  it("equal questions under two names are asked once", async () => {
    const specs = ["one", "two"].map((alias) => ({ id: "a", alias }));
    const run = await evaluate(specs, { cache: answerCache(), client: clientOf({ concurrency: 1 }) });
    expect(run.rows).toHaveLength(8);
    expect(server.chats).toHaveLength(4);
  });

  it.each([
    ["rejects", { get: async () => broken(), set: async () => broken() }],
    ["throws", { get: broken, set: broken }],
    ["cannot be written", { get: async () => null, set: async () => broken() }],
  ])("that %s the run goes on without it, and says so once", async (_how, cache) => {
    const run = await evaluate(specsOf("a", "b"), { cache });
    expect(run.rows.every((row) => row.score === 1)).toBe(true);
    expect(run.notes).toEqual([expect.stringMatching(/^The answer cache cannot be used: disk full/)]);
    expect(server.chats).toHaveLength(8);
  });

  it("a run that a budget stopped goes on with a budget of its own, and buys nothing twice", async () => {
    await withServer(priced("0.00001"), async (own) => {
      const cache = answerCache(join(dir, "cache"));
      const client = clientOf({ baseURL: own.baseURL });
      const options = { client, cache, tasks: someTasks(15), maxTokens: 128, budgetUsd: 0.005 };
      const first = await evaluate(specsOf("ok/echo"), options);
      expect(first).toMatchObject({ stopped: "budget", usage: { requests: 9 } });
      const second = await evaluate(specsOf("ok/echo"), options);
      expect(second).toMatchObject({ stopped: null, usage: { requests: 6, cached: 9 } });
      for (const { usage } of [first, second]) expect(usage.costUsd).toBeLessThanOrEqual(0.005);
    });
  });

  it("failed and cut answers are asked again", async () => {
    const cache = answerCache(join(dir, "cache"));
    for (const n of [1, 2]) {
      await evaluate(specsOf("ok/length"), { cache, tasks: someTasks(1) });
      expect(server.chats).toHaveLength(n);
    }
  });
});

describe("the display", () => {
  it("shows how far the run is, in one line, and in the end that it is over", async () => {
    const display = collector();
    await evaluate(specsOf("ok/echo"), { show: display });
    expect(display.shown[0]).toContain("0 of 4 answers");
    expect(display.shown.at(-1)).toMatch(/4 of 4 answers · \$0\.0017 · .* in all/);
  });

  it("shows that a run was interrupted", async () => {
    const display = collector();
    await evaluate(specsOf("ok/echo"), { show: display, signal: AbortSignal.abort() });
    expect(display.shown.at(-1)).toContain("0 of 4 answers · interrupted");
  });
});

describe("callbacks", () => {
  it("get every row, and progress from 0 to the whole", async () => {
    const rows: Row[] = [];
    const seen: Progress[] = [];
    const run = await evaluate(specsOf("fault/404-privacy", "ok/echo"), {
      onRow: (row) => rows.push(row),
      onProgress: (progress) => seen.push(progress),
    });
    expect(rows.map(place).toSorted()).toEqual(run.rows.map(place).toSorted());
    expect(seen[0]).toMatchObject({ done: 0, total: 8, costUsd: null, model: null });
    expect(seen.at(-1)).toMatchObject({ done: 8, total: 8, failed: 4, stopped: null, remainingMs: 0 });
  });

  it("that throw end the run with their error, and nothing more is sent", async () => {
    await expect(evaluate(specsOf("a"), { onRow: throws, tasks: someTasks(50) })).rejects.toThrow("not me");
    const asked = server.chats.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(server.chats).toHaveLength(asked);
  });

  it("may be the only place where rows go, so that memory does not grow", async () => {
    let count = 0;
    const run = await evaluate(specsOf("a"), { keepRows: false, onRow: () => void count++ });
    expect(run.rows).toEqual([]);
    expect(count).toBe(4);
  });
});

describe("a client that is not ours", () => {
  const listing = { listModels: async () => [] };

  it("and rejects makes failed rows", async () => {
    const client = { ...listing, concurrency: 2, ask: () => Promise.reject(new Error("broken")) };
    const run = await evaluate(specsOf("a"), { client });
    expect(run.rows.every((row) => row.outcome === "failed")).toBe(true);
    expect(run.rows[0]?.reason).toBe("the client failed: broken");
  });
});
