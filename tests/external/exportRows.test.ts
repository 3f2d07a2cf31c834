import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportRows, loadExternalEvals } from "../../lib/external/index.js";
import type { Row, ScoreRow } from "../../lib/shared/types.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "export-"));
});
afterAll(() => rm(folder, { recursive: true }));

const answer: Row = {
  model: "model-a",
  facet: "reasoning",
  task: "math_apples",
  epoch: 0,
  prompt: "How many?",
  response: "=5, she said\n",
  score: 1,
  outcome: "scored",
  reason: null,
  explanation: "5 is 5",
  finish: "length",
  cached: false,
  costUsd: 0.001,
  latencyMs: 1500,
  provider: "p",
};
const rows: readonly Row[] = [
  answer,
  { ...answer, epoch: 1, score: 0 },
  { ...answer, task: "train_time", score: 0.25 },
  {
    ...answer,
    task: "ratio_mix",
    score: null,
    outcome: "failed",
    reason: "timeout",
    response: "",
    finish: null,
  },
  { ...answer, model: "=1+1", facet: "my facet", task: "own", score: 0.5 },
  { ...answer, model: "Model-A", facet: "Reasoning", task: "own", score: 0.5 },
];
const scored = rows
  .filter(({ score }) => score !== null)
  .map(({ model, facet, score }) => ({ model, facet, score }));

describe("exportRows", () => {
  it.each(["csv", "jsonl"])(
    "writes %s that loads again as the same scores, the missing one listed",
    async (ending) => {
      const path = join(folder, `rows.${ending}`);
      expect(await exportRows(rows, path)).toEqual([path]);
      const loaded = await loadExternalEvals([path], { facetOf: { Reasoning: "Reasoning" } });
      const taken = loaded.rows.map(({ model, facet, score }) => ({ model, facet, score }));
      expect(taken).toEqual(scored.filter(({ model }) => model !== "=1+1"));
      expect(loaded.skipped.map(({ what }) => what)).toEqual([
        "row 4 (model-a, reasoning)",
        "row 5 (=1+1, my facet)",
      ]);
    },
  );

  it("writes CSV whose every cell is harmless to a spreadsheet", async () => {
    const path = join(folder, "safe.csv");
    await exportRows(rows, path);
    const text = await readFile(path, "utf8");
    expect(text.split("\n")[0]).toMatch(/^model,facet,score,task,epoch,outcome,reason,prompt,/);
    expect(text).toContain("\"'=5, she said");
    expect(text).not.toMatch(/(^|,)"?[=+\-@]/m);
  });

  it("writes JSON lines that are exactly the rows", async () => {
    const path = join(folder, "exact.jsonl");
    await exportRows(rows, path);
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(rows);
  });

  it("writes an Inspect log for each model and facet, which load again as its means", async () => {
    const written = await exportRows(rows, join(folder, "logs/log.json"));
    expect(written.map((file) => file.slice(folder.length))).toEqual([
      "/logs/log_model-a_reasoning.json",
      "/logs/log_1-1_my-facet.json",
      "/logs/log_Model-A_Reasoning_2.json",
    ]);
    const loaded = await loadExternalEvals([join(folder, "logs")]);
    expect(loaded.rows.map(({ model, facet, score, n }) => [model, facet, score, n])).toEqual([
      ["=1+1", "my facet", 0.5, 1],
      ["Model-A", "reasoning", 0.5, 1],
      ["model-a", "reasoning", 0.375, 2],
    ]);
    expect(loaded.files[2]?.notes).toEqual(["Samples not scored, and left out: 1."]);
  });

  it("writes an Inspect log whose samples hold the question, the answer and the score, and none where it is missing", async () => {
    const path = join(folder, "one.json");
    expect(await exportRows(rows.slice(0, 4), path)).toEqual([path]);
    const log = JSON.parse(await readFile(path, "utf8")) as {
      samples: Record<string, unknown>[];
      eval: unknown;
    };
    expect(log).toMatchObject({
      version: 2,
      status: "success",
      eval: { model: "model-a", config: { epochs: 2 } },
    });
    expect(log.samples[1]).toMatchObject({
      id: "math_apples",
      epoch: 2,
      input: "How many?",
      scores: { facet_bench: { value: 0, explanation: "5 is 5" } },
      output: {
        choices: [{ message: { role: "assistant", content: answer.response }, stop_reason: "max_tokens" }],
      },
    });
    expect(log.samples[3]).toMatchObject({ id: "ratio_mix", error: { message: "timeout" } });
    expect(log.samples[3]).not.toHaveProperty("scores");
  });

  it.each(["csv", "jsonl", "json"])(
    "keeps simulated answers known as simulated through %s",
    async (ending) => {
      const path = join(folder, `simulated.${ending}`);
      await exportRows([{ ...answer, provider: "Simulated panel" }], path);
      const loaded = await loadExternalEvals([path]);
      expect(loaded.rows).toMatchObject([{ model: "model-a", score: 1, simulated: true }]);
      expect(loaded.files[0]?.notes).toContain("Simulated: 1 of 1 scores.");
      const again = join(folder, `simulated-again.${ending}`);
      await exportRows(loaded.rows, again);
      expect((await loadExternalEvals([again])).rows).toMatchObject([{ simulated: true }]);
    },
  );

  it("exported twice is one result", async () => {
    await exportRows(rows.slice(0, 3), join(folder, "again/a.json"));
    await exportRows(rows.slice(0, 3), join(folder, "again/b.json"));
    const loaded = await loadExternalEvals([join(folder, "again")]);
    expect(loaded.rows).toHaveLength(1);
  });

  it("keeps the scores of any loaded rows in every format", async () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9][\w ./:()-]{0,12}[a-z0-9]$/);
    const row = fc.record({
      model: name,
      facet: name,
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      source: name,
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { minLength: 1, maxLength: 8 }), async (rows: ScoreRow[]) => {
        for (const ending of ["csv", "jsonl"]) {
          const path = join(folder, `any.${ending}`);
          await exportRows(rows, path);
          const loaded = await loadExternalEvals([path], { facetOf: (facet) => facet });
          const distinct = new Set(
            rows.map(({ model, facet, score }) => JSON.stringify([model, facet, score + 0])),
          );
          const taken = loaded.rows.map(({ model, facet, score }) => JSON.stringify([model, facet, score]));
          expect(new Set(taken)).toEqual(distinct);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("writes an Inspect log of 150,000 answers, which loads again as one mean", async () => {
    const path = join(folder, "many.json");
    const many = Array.from({ length: 150_000 }, (_, i) => ({
      ...answer,
      task: `t${i % 75_000}`,
      epoch: i % 2,
    }));
    expect(await exportRows(many, path)).toEqual([path]);
    expect((await loadExternalEvals([path])).rows).toMatchObject([{ model: "model-a", score: 1, n: 75_000 }]);
  }, 60_000);

  it("leaves nothing half-written behind", async () => {
    expect((await readdir(folder)).filter((name) => /\.(?:partial|tmp)$/.test(name))).toEqual([]);
  });

  it.each([
    [[], "a.csv", "exportRows: there are no rows to write to a.csv."],
    [
      rows,
      "a.parquet",
      "exportRows: a.parquet ends in none of .csv, .jsonl, .json; name a format: csv, jsonl or inspect.",
    ],
  ])("refuses what it cannot write, and says why", async (rows, path, message) => {
    await expect(exportRows(rows, path)).rejects.toThrow(message);
  });
});
