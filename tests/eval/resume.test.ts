import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { answerCache, openRouter } from "../../lib/client/index.js";
import { type EvaluateOptions, evaluateModels, loadRows, saveRows } from "../../lib/eval/index.js";
import { type OpenRouterServer, startOpenRouter } from "../helpers/openrouter-server.js";
import { seeded } from "../helpers/seeded.js";
import { someTasks } from "../helpers/tasks.js";

const CONCURRENCY = 8;
const CELLS = 3 * 20 * 2;
let server: OpenRouterServer;
let dir: string;
let rowsFile: string;
let cacheDir: string;

beforeAll(async () => {
  server = await startOpenRouter({ latencyMs: 15, models: null });
});
afterAll(() => server.close());
beforeEach(() => {
  server.reset();
  dir = mkdtempSync(join(tmpdir(), "facet-bench-"));
  rowsFile = join(dir, "out", "rows.jsonl");
  cacheDir = join(dir, "cache");
});
afterEach(() => {
  // A test that ran out of time must not go on asking the next one's server.
  for (const left of children) left.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});

const children = new Set<ChildProcess>();

/** Runs the evaluation in a process of its own; `kill` decides when it is killed. */
async function child(kill: (() => Promise<void>) | null): Promise<string> {
  const script = join(import.meta.dirname, "..", "helpers", "eval-child.ts");
  const running = spawn(process.execPath, ["--import", "tsx", script, server.baseURL, rowsFile, cacheDir], {
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

/** The cache's files, one a question. */
function entries(): readonly string[] {
  if (!existsSync(cacheDir)) return [];
  const all = readdirSync(cacheDir, { recursive: true, withFileTypes: true });
  return all.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function answersKept(): number {
  return entries().filter((path) => readFileSync(path, "utf8").endsWith("}")).length;
}

/** Processes are started: on a busy machine that takes its time. */
const PATIENCE = { timeout: 120_000 };

describe("a run killed with SIGKILL", PATIENCE, () => {
  it.each([1, 2, 3, 4])(
    "resumes from the cache and asks only for what was in flight, each row once (seed %i)",
    async (seed) => {
      const random = seeded(seed);
      const kills = 2;
      for (let k = 0; k < kills; k++) {
        const asked = server.chats.length + 1 + Math.floor(random() * (CELLS / kills - CONCURRENCY));
        await child(async () => {
          await server.came(asked);
          await new Promise((resolve) => setTimeout(resolve, random() * 15));
        });
        // What was asked and is not kept is no more than was in flight at the kills.
        expect(server.chats.length - answersKept()).toBeLessThanOrEqual(CONCURRENCY * (k + 1));
      }
      const kept = answersKept();
      const said = JSON.parse(await child(null)) as { readonly cached: number };
      expect(said.cached).toBe(kept);
      const rows = await loadRows(rowsFile);
      expect(rows).toHaveLength(CELLS);
      expect(new Set(rows.map((row) => `${row.model} ${row.task} ${row.epoch}`)).size).toBe(CELLS);
      expect(rows.every((row) => row.score === 1)).toBe(true);
      expect(server.chats.length).toBeGreaterThanOrEqual(CELLS);
      expect(server.chats.length).toBeLessThanOrEqual(CELLS + kills * CONCURRENCY);
    },
  );
});

function evaluate(options: Partial<EvaluateOptions> = {}): ReturnType<typeof evaluateModels> {
  return evaluateModels([{ id: "some/a", alias: "a" }], {
    client: openRouter({ apiKey: "sk-or-v1-test", baseURL: server.baseURL, concurrency: 8 }),
    tasks: someTasks(10),
    cache: answerCache(cacheDir),
    ...options,
  });
}

describe("a run with the cache of one before", () => {
  it("asks afresh for an edited prompt, another temperature and another epoch only", async () => {
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

  it("loses only the answer whose entry was cut, even inside a character", async () => {
    const tasks = someTasks(3).map((task) => ({ ...task, prompt: `${task.prompt} 🙂` }));
    await evaluate({ tasks });
    const [path = ""] = entries();
    const bytes = readFileSync(path);
    truncateSync(path, bytes.lastIndexOf(Buffer.from("🙂")) + 2);
    server.reset();
    const run = await evaluate({ tasks });
    expect(run.usage).toMatchObject({ requests: 1, cached: 2 });
    expect(run.rows).toHaveLength(3);
  });
});

describe("saveRows and loadRows", () => {
  it("give back what was saved", async () => {
    const { rows } = await evaluate();
    const path = join(dir, "saved", "here.jsonl");
    await saveRows(rows, path);
    expect(await loadRows(path)).toEqual(rows);
  });

  it("say which file is not there, and what to do; none is wanted where it is optional", async () => {
    const path = join(dir, "nowhere.jsonl");
    for (const none of [path, dir])
      await expect(loadRows(none)).rejects.toThrow(
        `loadRows: there is no file ${none}. Run the evaluation once, which writes it`,
      );
    expect(await loadRows(path, { optional: true })).toEqual([]);
  });

  it("keep the last of several rows of one question", async () => {
    const { rows } = await evaluate({ tasks: someTasks(2) });
    const path = join(dir, "twice.jsonl");
    const later = { ...rows[0]!, response: "later" };
    await saveRows([...rows, later], path);
    expect(await loadRows(path)).toEqual([later, rows[1]]);
  });

  it("drop a cut last line with a note and refuse a broken one before it", async () => {
    const { rows } = await evaluate();
    const path = join(dir, "saved.jsonl");
    await saveRows(rows, path);
    appendFileSync(path, '{"model":"a","fac');
    const warn = vi.spyOn(console, "warn").mockReturnValue(undefined);
    expect(await loadRows(path)).toEqual(rows);
    expect(warn.mock.calls).toEqual([
      [`${path}: the last line was cut short, as by a killed run, and is left out.`],
    ]);
    warn.mockRestore();
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
