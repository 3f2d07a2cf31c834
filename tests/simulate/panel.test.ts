import { isSimulated } from "../../lib/shared/provenance.js";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openRouter } from "../../lib/client/index.js";
import { evaluateModels } from "../../lib/eval/index.js";
import { simulatedPanel, type SimulatedPanel } from "../../lib/simulate/index.js";
import { SIMULATED_PANEL } from "../../lib/shared/provenance.js";
import { fitSurface } from "../../lib/spline/index.js";
import { combineScores, facetMeans, pointsOf, wideTable } from "../../lib/table/index.js";
import { editTask, task, TASKS } from "../../lib/tasks/index.js";
import type { ChatRequest } from "../../lib/client/types.js";
import type { Task } from "../../lib/tasks/types.js";

const APPLES = TASKS[0]!.prompt;
const ask = (model: string, prompt: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
  model,
  messages: [{ role: "user", content: prompt }],
  max_tokens: 128,
  temperature: 0.2,
  ...more,
});

let panel: SimulatedPanel;
beforeAll(async () => {
  panel = await simulatedPanel({ seed: 2, latencyMs: 0 });
});
afterAll(() => panel.close());

const post = (body: unknown, headers: Record<string, string> = { authorization: "Bearer k" }) =>
  fetch(`${panel.baseURL}/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

/** Four askings of one question to each of three models. */
const answersOf = async (port: SimulatedPanel) => {
  const client = openRouter({ ...port, concurrency: 1 });
  const answers = [];
  // oxlint-disable-next-line no-await-in-loop -- the order of asking is the order of epochs
  for (let i = 0; i < 12; i++) answers.push(await client.ask(ask(port.specs[i % 3]!.id, APPLES)));
  return answers.map((answer) => answer.ok && [answer.text, answer.reasoning]);
};

const answersTo = async (tasks: readonly Task[]) => {
  const own = await simulatedPanel({ seed: 43, latencyMs: 0, tasks });
  const run = await evaluateModels(own.specs, { client: openRouter(own), tasks });
  await own.close();
  return run.rows.map(({ model, task, response, score }) => JSON.stringify({ model, task, response, score }));
};

const textOf = async (client: ReturnType<typeof openRouter>, more: Partial<ChatRequest>) => {
  const answer = await client.ask(ask(panel.specs[4]!.id, APPLES, more));
  return answer.ok ? answer.text : answer.message;
};

describe("simulatedPanel", () => {
  it("answers the real client, says who answered, and costs nothing", async () => {
    const answer = await openRouter(panel).ask(ask(panel.specs[0]!.id, APPLES));
    expect(answer).toMatchObject({
      ok: true,
      provider: SIMULATED_PANEL,
      costUsd: 0,
      model: panel.specs[0]!.id,
    });
  });

  it("has 24 models unless told otherwise, listed with the price 0", async () => {
    const listed = await openRouter(panel).listModels();
    expect(listed).toHaveLength(24);
    expect(listed.map(({ id }) => id)).toEqual(panel.specs.map(({ id }) => id));
    expect(listed[0]).toMatchObject({ promptUsd: 0, completionUsd: 0 });
    expect(listed[0]!.name).toMatch(/\(simulated\)$/);
  });

  it("gives the same answers for the same seed, at every epoch, from another server", async () => {
    const first = await simulatedPanel({ seed: 77, latencyMs: 0 });
    const once = await answersOf(first);
    await first.close();
    const second = await simulatedPanel({ seed: 77, latencyMs: 0 });
    expect(await answersOf(second)).toEqual(once);
    await second.close();
    expect(new Set(once.map((answer) => JSON.stringify(answer))).size).toBeGreaterThan(3);
  });

  it("repeats itself at temperature 0 and for one seed in the request", async () => {
    const client = openRouter({ ...panel, concurrency: 1 });
    for (const fixed of [{ temperature: 0 }, { seed: 5 }]) {
      const texts = new Set<string>();
      // oxlint-disable-next-line no-await-in-loop -- one after the other is what is tested
      for (let i = 0; i < 5; i++) texts.add(JSON.stringify(await textOf(client, fixed)));
      expect(texts.size).toBe(1);
    }
  });

  it("refuses a model it does not have as OpenRouter does", async () => {
    const answer = await openRouter(panel).ask(ask("simulated/dodo", APPLES));
    expect(answer).toMatchObject({ ok: false, kind: "model", status: 400 });
    expect(!answer.ok && answer.message).toMatch(/simulated\/dodo is not a valid model ID/);
  });

  it("makes nothing up for a prompt that is none of its tasks': it declines, and says what to do", async () => {
    const answer = await openRouter(panel).ask(ask(panel.specs[0]!.id, "What is the capital of France?"));
    expect(answer).toMatchObject({ ok: true, outcome: "refusal", provider: SIMULATED_PANEL });
    expect(answer.ok && answer.refusal).toMatch(/none of its tasks.*panel\.learn\(tasks\)/);
  });

  it("answers an edited prompt once it has learnt the tasks, and still knows those of before", async () => {
    const own = await simulatedPanel({ seed: 2, latencyMs: 0 });
    const client = openRouter(own);
    const edited = editTask(TASKS, "style_rule", { prompt: "Say GO!", expected: { exact: "GO!" } });
    const says = async (prompt: string) =>
      Promise.all(own.specs.map(({ id }) => client.ask(ask(id, prompt, { temperature: 0 })))).then(
        (answers) => answers.map((answer) => answer.ok && answer.text),
      );
    const before = await says(APPLES);
    own.learn(edited);
    expect(await says("Say GO!")).toContain("GO!");
    expect(await says(APPLES)).toEqual(before);
    await own.close();
  });

  it("leaves a task whose right answer it does not know unscored, and names it in its note", async () => {
    const haiku = task("poetry", "haiku", "Write a haiku.", {}, () => ({
      kind: "scored",
      value: 1,
      explanation: "",
    }));
    const own = await simulatedPanel({ models: 3, latencyMs: 0 });
    expect(own.note.split("\n")).toHaveLength(1);
    own.learn([...TASKS, haiku]);
    expect(own.note.split("\n").slice(1)).toEqual([expect.stringMatching(/cannot answer "haiku"/)]);
    const run = await evaluateModels(own.specs, { client: openRouter(own), tasks: [haiku] });
    await own.close();
    expect(run.rows).toHaveLength(3);
    for (const row of run.rows) {
      expect(row).toMatchObject({ outcome: "unscored", reason: "refused", score: null });
      expect(row.response).toMatch(/The simulated panel cannot answer "haiku"/);
    }
  });

  it("says in its note by which law and from which seed its models are made", () => {
    expect(panel.note).toMatch(
      /^Simulated: 24 invented models.* 0\.06 \+ 0\.9 s\(r\) s\(c\).*seed is simply 2\.$/,
    );
    const [s7, s3] = [0.7, 0.3].map((ability) => 1 / (1 + Math.exp(-9 * (ability - 0.42))));
    expect(panel.truth(0.7, 0.3)).toBeCloseTo(0.06 + 0.9 * s7! * s3!, 12);
  });

  it("asks for a key, and takes any", async () => {
    const response = await post(ask(panel.specs[0]!.id, APPLES), {});
    expect([response.status, await response.json()]).toEqual([
      401,
      { error: { code: 401, message: "No auth credentials found" } },
    ]);
    expect((await post(ask(panel.specs[0]!.id, APPLES), { authorization: "Bearer sk-x" })).status).toBe(200);
  });

  it.each([
    ["no JSON", "{", /not JSON/],
    ["a list", [], /must be a JSON object/],
    ["no model", { messages: [] }, /`model`/],
    ["no messages", { model: "m" }, /`messages`/],
    ["nothing from the user", { model: "m", messages: [{ role: "system", content: "x" }] }, /role "user"/],
    ["max_tokens 0", { ...ask("m", "x"), max_tokens: 0 }, /`max_tokens`.*got 0/],
    ["a temperature in words", { ...ask("m", "x"), temperature: "hot" }, /`temperature`.*got "hot"/],
    ["streaming", { ...ask("m", "x"), stream: true }, /does not stream/],
  ])("answers %s with 400 and what is wrong", async (_, body, message) => {
    const response = await post(body);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(message);
  });

  it("has no other pages", async () => {
    const response = await fetch(`${panel.baseURL}/keys`, { headers: { authorization: "Bearer k" } });
    expect(response.status).toBe(404);
  });

  it("cuts what max_tokens leave no room for, and says so", async () => {
    const client = openRouter(panel);
    const answers = await Promise.all(
      panel.specs.map(({ id }) => client.ask(ask(id, TASKS[8]!.prompt, { max_tokens: 5 }))),
    );
    const cut = answers.filter((answer) => answer.ok && answer.finish === "length");
    expect(cut.length).toBeGreaterThan(18);
    for (const answer of cut) expect(answer.ok && answer.usage?.completionTokens).toBe(5);
    for (const answer of cut) expect(answer.ok && answer.text.length).toBeLessThanOrEqual(20);
  });

  it("calls real tools where the request offers them: most of the able models get it right", async () => {
    const tools = [
      {
        type: "function" as const,
        function: {
          name: "search",
          parameters: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
        },
      },
    ];
    const prompt = "Find out what the weather in Paris is like today.";
    const expected = { call: { tool: "search", args: ["weather in Paris"] } };
    const own = await simulatedPanel({
      seed: 2,
      latencyMs: 0,
      tasks: [{ ...TASKS[9]!, prompt, expected, tools }],
    });
    const client = openRouter(own);
    const answers = await Promise.all(own.specs.map(({ id }) => client.ask(ask(id, prompt, { tools }))));
    const calls = answers.flatMap((answer) =>
      answer.ok && answer.outcome === "tool_calls" ? [answer.toolCalls] : [],
    );
    const right = { name: "search", arguments: '{"query":"weather in Paris"}' };
    const rights = calls.filter((made) => JSON.stringify(made) === JSON.stringify([right]));
    expect(calls.length).toBeGreaterThan(12);
    expect(rights.length).toBeGreaterThan(4);
    expect(rights.length).toBeLessThan(20);
    await own.close();
  });

  it("stops when it is closed", async () => {
    const own = await simulatedPanel({ seed: 41, latencyMs: 0 });
    const client = openRouter({ ...own, attempts: 1 });
    expect(await client.ask(ask(own.specs[0]!.id, APPLES))).toMatchObject({ ok: true });
    await own.close();
    await own.close();
    expect(await client.ask(ask(own.specs[0]!.id, APPLES))).toMatchObject({ ok: false, kind: "network" });
  });

  it("changes the answers to an edited prompt and to no other, though nothing is cached and the server is new", async () => {
    const prompt = APPLES.replace("3 apples", "13 apples");
    const edited = editTask(TASKS, "math_apples", { prompt, expected: { answer: 15 } });
    const once = await answersTo(TASKS);
    const again = await answersTo(edited);
    const changed = once.filter((row, i) => row !== again[i]);
    expect(changed.length).toBeGreaterThan(20);
    for (const row of changed) expect(row).toContain('"task":"math_apples"');
  });

  it.each([
    [{ models: 0 }, "simulatedPanel: models must be a whole number from 1 to 500, got 0."],
    [{ models: 2.5 }, "simulatedPanel: models must be a whole number from 1 to 500, got 2.5."],
    [{ seed: Number.NaN }, /seed must be a whole number .* got NaN/],
    [{ latencyMs: -1 }, "simulatedPanel: latencyMs must be a number from 0 to 60000, got -1."],
  ])("refuses the options %j", async (options, message) => {
    await expect(simulatedPanel(options)).rejects.toThrow(message);
  });

  it("does not keep the process alive, though nobody closes it", async () => {
    const script =
      'import { simulatedPanel } from "./lib/simulate/index.ts"; const p = await simulatedPanel({ latencyMs: 300 });' +
      'const headers = { authorization: "Bearer k" }, model = p.specs[0].id;' +
      `const body = JSON.stringify({ model, messages: [{ role: "user", content: ${JSON.stringify(APPLES)} }] });` +
      'const r = await fetch(p.baseURL + "/chat/completions", { method: "POST", headers, body });' +
      "console.log((await r.json()).provider);";
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", script],
      { timeout: 15_000 },
    );
    expect(stdout.trim()).toBe(SIMULATED_PANEL);
  });
});

describe("A run on the simulated panel", () => {
  const surfaces = [
    ["reasoning", "instruction", "coding"],
    ["reasoning", "coding", "tool_use"],
    ["instruction", "tool_use", "reasoning"],
  ] as const;

  it(
    "goes through client, scorers and tables to three surfaces that 24 models support",
    { timeout: 60_000 },
    async () => {
      const own = await simulatedPanel({ latencyMs: 0 });
      const run = await evaluateModels(own.specs, {
        client: openRouter({ ...own, concurrency: 8 }),
        tasks: TASKS,
      });
      await own.close();
      expect(run.rows).toHaveLength(24 * 12);
      expect(run.rows.filter((row) => row.outcome === "failed")).toEqual([]);
      expect(isSimulated(combineScores(run.rows).rows)).toBe(true);
      const unscored = run.rows.filter((row) => row.outcome === "unscored").length;
      expect(unscored).toBeGreaterThan(0);
      expect(unscored).toBeLessThan(20);
      const wide = wideTable(facetMeans(run.rows));
      for (const [x, y, z] of surfaces) {
        const surface = fitSurface(pointsOf(wide, x, y, z)!);
        expect(surface).toMatchObject({ method: "posterior", scale: "ability", n: 24 });
        // Instruction is only correlated with the two others: three questions a facet leave a third of it to see.
        expect(surface.r2!).toBeGreaterThan(x === "reasoning" && z === "coding" ? 0.3 : 0.5);
        const { supported } = surface.grid(20);
        expect(supported.filter((cell) => cell === 1).length / supported.length).toBeGreaterThan(0.6);
      }
      const toolUse = fitSurface(pointsOf(wide, "reasoning", "coding", "tool_use")!);
      const misses = [0.2, 0.4, 0.6, 0.8].flatMap((x) =>
        [0.2, 0.4, 0.6, 0.8].flatMap((y) => {
          const { z, supported } = toolUse.predict(x, y);
          return supported && z !== null ? [(z - own.truth(x, y)) ** 2] : [];
        }),
      );
      expect(misses.length).toBeGreaterThan(8);
      expect(Math.sqrt(misses.reduce((a, b) => a + b, 0) / misses.length)).toBeLessThan(0.25);
    },
  );

  it("repeats epochs with other answers where the model is unsure", async () => {
    const own = await simulatedPanel({ models: 8, seed: 6, latencyMs: 0 });
    const run = await evaluateModels(own.specs, {
      client: openRouter(own),
      tasks: TASKS.slice(0, 3),
      epochs: 4,
    });
    await own.close();
    const items = [...new Set(run.rows.map((row) => `${row.model} ${row.task}`))];
    const mixed = items.filter((item) => {
      const rows = run.rows.filter((row) => `${row.model} ${row.task}` === item);
      return new Set(rows.map((row) => row.score)).size > 1;
    });
    expect(items).toHaveLength(24);
    expect(mixed.length).toBeGreaterThan(0);
    expect(mixed.length).toBeLessThan(20);
  });
});
