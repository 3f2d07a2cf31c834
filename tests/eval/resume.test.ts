import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openRouter } from "../../lib/client/index.js";
import { type EvaluateOptions, evaluateModels, loadRows, saveRows } from "../../lib/eval/index.js";
import { type OpenRouterServer, startOpenRouter } from "../helpers/openrouter-server.js";
import { seeded } from "../helpers/seeded.js";
import { someTasks } from "../helpers/tasks.js";

const CONCURRENCY = 8;
const CELLS = 3 * 20 * 2;
let server: OpenRouterServer;
let dir: string;
let rowsFile: string;

beforeAll(async () => {
  server = await startOpenRouter({ latencyMs: 15, models: null });
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  dir = mkdtempSync(join(tmpdir(), "facet-bench-"));
  rowsFile = join(dir, "out", "rows.jsonl");
});
afterEach(() => {
  // A test that ran out of time must not go on asking the next one's server.
  for (const left of children) left.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});

const children = new Set<ChildProcess>();

/** Runs the evaluation in a process of its own; `kill` decides when it is killed. */
async function child(kill: (() => Promise<void>) | null, cache = "-"): Promise<string> {
  const script = join(import.meta.dirname, "..", "helpers", "eval-child.ts");
  const running = spawn(process.execPath, ["--import", "tsx", script, server.baseURL, rowsFile, cache], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let out = "";
  running.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  children.add(running);
  const ended = new Promise<void>((resolve) => running.once("close", () => resolve()));
  if (kill) {
    await Promise.race([kill(), ended]);
    running.kill("SIGKILL");
  }
  await ended;
  return out;
}

function lineCount(): number {
  return existsSync(rowsFile) ? readFileSync(rowsFile, "utf8").split("\n").length - 1 : 0;
}

/** Processes are started: on a busy machine that takes its time. */
const PATIENCE = { timeout: 120_000 };

describe("a run killed with SIGKILL", PATIENCE, () => {
  it.each([1, 2, 3, 4])(
    "resumes and asks only for what is missing, each row once (seed %i)",
    async (seed) => {
      const random = seeded(seed);
      const kills = 2;
      for (let k = 0; k < kills; k++) {
        const asked = server.chats.length + 1 + Math.floor(random() * (CELLS / kills - CONCURRENCY));
        await child(async () => {
          await server.came(asked);
          await new Promise((resolve) => setTimeout(resolve, random() * 15));
        });
        // What was asked and has no row is no more than was in flight at the kills.
        expect(server.chats.length - lineCount()).toBeLessThanOrEqual(CONCURRENCY * (k + 1));
      }
      await child(null);
      const rows = await loadRows(rowsFile);
      const lines = readFileSync(rowsFile, "utf8").trimEnd().split("\n");
      expect(lines).toHaveLength(CELLS);
      expect(new Set(rows.map((row) => `${row.model} ${row.task} ${row.epoch}`)).size).toBe(CELLS);
      expect(rows.every((row) => row.score === 1)).toBe(true);
      expect(server.chats.length).toBeGreaterThanOrEqual(CELLS);
      expect(server.chats.length).toBeLessThanOrEqual(CELLS + kills * CONCURRENCY);
    },
  );

  it("leaves a cache that the next run can use", async () => {
    const cache = join(dir, "cache");
    await child(() => server.came(40), cache);
    const before = server.chats.length;
    rmSync(rowsFile, { force: true });
    rmSync(`${rowsFile}.lock`, { force: true });
    const said = JSON.parse(await child(null, cache)) as { readonly cached: number; readonly rows: number };
    expect(said.rows).toBe(CELLS);
    expect(said.cached).toBeGreaterThanOrEqual(before - CONCURRENCY);
    expect(server.chats.length).toBe(before + CELLS - said.cached);
  });
});

function evaluate(options: Partial<EvaluateOptions> = {}): ReturnType<typeof evaluateModels> {
  return evaluateModels([{ id: "some/a", alias: "a" }], {
    client: openRouter({ apiKey: "sk-or-v1-test", baseURL: server.baseURL, concurrency: 8 }),
    tasks: someTasks(10),
    rowsFile,
    ...options,
  });
}

describe("the rows file", () => {
  it("holds every row as it came in and, in the end, in order", async () => {
    const run = await evaluate();
    expect(await loadRows(rowsFile)).toEqual(run.rows);
    expect(run.rows.map((row) => row.task)).toEqual(someTasks(10).map((task) => task.name));
    expect(existsSync(`${rowsFile}.lock`)).toBe(false);
  });

  it("answers a second run without a request", async () => {
    const first = await evaluate();
    server.reset();
    const second = await evaluate();
    expect(server.chats).toEqual([]);
    expect(server.others).toEqual([]);
    expect(second.rows).toEqual(first.rows);
    expect(second.usage).toMatchObject({ requests: 0, cached: 10, costUsd: 0 });
  });

  it("is asked afresh for an edited prompt, another temperature and another epoch only", async () => {
    await evaluate();
    server.reset();
    const edited = someTasks(10).map((task, i) => (i === 3 ? { ...task, prompt: "edited" } : task));
    await evaluate({ tasks: edited });
    expect(server.chats).toHaveLength(1);
    await evaluate({ tasks: edited, epochs: 2 });
    expect(server.chats).toHaveLength(11);
    await evaluate({ tasks: edited, epochs: 2, temperature: 0.7 });
    expect(server.chats).toHaveLength(31);
  });

  it("scores known answers with the scorer of today", async () => {
    await evaluate();
    const strict = someTasks(10).map((task) => ({
      ...task,
      scorer: () => ({ kind: "scored" as const, value: 0.5, explanation: "halved" }),
    }));
    const run = await evaluate({ tasks: strict });
    expect(run.usage.requests).toBe(0);
    expect(run.rows.map((row) => row.score)).toEqual(Array.from({ length: 10 }, () => 0.5));
  });

  it("asks failed questions again", async () => {
    const specs = [{ id: "fault/400", alias: "a" }];
    const options = {
      client: openRouter({ apiKey: "sk-or-v1-test", baseURL: server.baseURL }),
      tasks: someTasks(2),
      rowsFile,
    };
    await evaluateModels(specs, options);
    await evaluateModels(specs, options);
    expect(server.chats).toHaveLength(4);
    expect(await loadRows(rowsFile)).toHaveLength(2);
  });

  it("keeps the rows of models that this run does not ask", async () => {
    await evaluate();
    await evaluateModels([{ id: "some/b", alias: "b" }], {
      client: openRouter({ apiKey: "sk-or-v1-test", baseURL: server.baseURL }),
      tasks: someTasks(2),
      rowsFile,
    });
    const models = (await loadRows(rowsFile)).map((row) => row.model);
    expect(models.filter((model) => model === "a")).toHaveLength(10);
    expect(models.filter((model) => model === "b")).toHaveLength(2);
  });

  it("loses only its last line when that was cut, and says so", async () => {
    await evaluate();
    truncateSync(rowsFile, readFileSync(rowsFile).length - 20);
    server.reset();
    const run = await evaluate();
    expect(run.notes).toEqual([expect.stringContaining("last line was cut short")]);
    expect(server.chats).toHaveLength(1);
    expect(await loadRows(rowsFile)).toHaveLength(10);
  });

  it("is cut back to whole lines before anything is added", async () => {
    await evaluate();
    truncateSync(rowsFile, readFileSync(rowsFile).length - 20);
    const interrupt = new AbortController();
    await evaluate({
      epochs: 2,
      signal: interrupt.signal,
      onRow: (row) => row.epoch === 1 && interrupt.abort(),
    });
    expect((await loadRows(rowsFile)).some((row) => row.epoch === 1)).toBe(true);
  });

  it("is whole when only the last line's end is missing", async () => {
    await evaluate();
    truncateSync(rowsFile, readFileSync(rowsFile).length - 1);
    server.reset();
    const run = await evaluate();
    expect(run.notes).toEqual([]);
    expect(server.chats).toEqual([]);
  });

  it.each([
    ['{"name":"precious"}\n', /rows\.jsonl:1: "outcome" must be/],
    ['{"name":"precious"}', /rows\.jsonl:1: "outcome" must be/],
    ["precious notes\n", /rows\.jsonl:1: not JSON/],
    ["precious notes", /rows\.jsonl:1: not a row\. Choose another file/],
  ])("is refused, untouched, when it holds something else: %j", async (content, message) => {
    await saveRows([], rowsFile);
    writeFileSync(rowsFile, content);
    await expect(evaluate()).rejects.toThrow(message);
    expect(readFileSync(rowsFile, "utf8")).toBe(content);
    expect(server.chats).toEqual([]);
    expect(existsSync(`${rowsFile}.lock`)).toBe(false);
  });

  it("that was cut inside a character goes on from the line before", async () => {
    await evaluate({ tasks: someTasks(3).map((task) => ({ ...task, prompt: `${task.prompt} 🙂` })) });
    const bytes = readFileSync(rowsFile);
    truncateSync(rowsFile, bytes.lastIndexOf(Buffer.from("🙂")) + 2);
    server.reset();
    const run = await evaluate({
      tasks: someTasks(3).map((task) => ({ ...task, prompt: `${task.prompt} 🙂` })),
    });
    expect(run.usage).toMatchObject({ requests: 1, cached: 2 });
    expect(await loadRows(rowsFile)).toEqual(run.rows);
  });

  it("is not written again when nothing has changed", async () => {
    await evaluate();
    const before = statSync(rowsFile);
    await evaluate();
    expect(statSync(rowsFile)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  it("is refused while another process writes it, and taken over from one that was killed", async () => {
    await saveRows([], rowsFile);
    writeFileSync(`${rowsFile}.lock`, `${process.ppid} ${hostname()}\n`);
    await expect(evaluate()).rejects.toThrow(new RegExp(`is being written by process ${process.ppid}`));
    for (const gone of [4194305, process.pid]) {
      writeFileSync(`${rowsFile}.lock`, `${gone} ${hostname()}\n`);
      expect((await evaluate()).rows).toHaveLength(10);
    }
  });
});

describe("saveRows and loadRows", () => {
  it("give back what was saved", async () => {
    const { rows } = await evaluate();
    const path = join(dir, "saved", "here.jsonl");
    await saveRows(rows, path);
    expect(await loadRows(path)).toEqual(rows);
  });

  it("drop a cut last line with a note and refuse a broken one before it", async () => {
    const { rows } = await evaluate();
    const path = join(dir, "saved.jsonl");
    await saveRows(rows, path);
    appendFileSync(path, '{"model":"a","fac');
    const notes: string[] = [];
    expect(await loadRows(path, (line) => notes.push(line))).toEqual(rows);
    expect(notes).toEqual([`${path}: the last line was cut short, as by a killed run, and is left out.`]);
    appendFileSync(path, `\n${JSON.stringify(rows[0])}\n`);
    await expect(loadRows(path)).rejects.toThrow(`${path}:11: not JSON`);
  });

  it.each([
    ["score", 1.5, /"score" must be a number in \[0, 1\] or null, got 1.5/],
    ["score", null, /"score" must be a number in \[0, 1\], got null/],
    ["model", 7, /"model" must be text, got 7/],
    ["epoch", 0.5, /"epoch" must be a whole number/],
    ["outcome", "good", /"outcome" must be "scored", "unscored", "failed", got "good"/],
  ])("refuse a row whose %s is %j, naming line and field", async (field, value, message) => {
    const { rows } = await evaluate();
    const path = join(dir, "bad.jsonl");
    writeFileSync(path, `${JSON.stringify({ ...rows[0], [field]: value })}\n`);
    await expect(loadRows(path)).rejects.toThrow(message);
    await expect(loadRows(path)).rejects.toThrow(/bad\.jsonl:1/);
  });
});
