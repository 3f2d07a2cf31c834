import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadExternalEvals } from "../../lib/external/index.js";
import { FIXTURES, reasons, told } from "./told.js";

const results = join(FIXTURES, "lm-eval/org__model-a/results_2025-02-03T04-05-06.000007.json");
const samples = join(FIXTURES, "lm-eval/org__model-a/samples_gsm8k_2025-02-03T04-05-06.000007.jsonl");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lm-eval-"));
});
afterAll(() => rm(folder, { recursive: true }));

const row = (score: number, alias: string): object => ({ "acc_norm,none": score, alias });

describe("lm-evaluation-harness results", () => {
  it("of 0.3 have no filters, and their model only in its arguments", async () => {
    const loaded = await loadExternalEvals([join(FIXTURES, "lm-eval/v0.3.json")]);
    expect(told(loaded)).toEqual(["org/old-model reasoning 0.65 ? arc_easy, acc_norm"]);
    expect(reasons(loaded)).toEqual({
      wikitext: "no metric that is bounded and better when higher",
      piqa: "no facet is known for this task; name one with facetOf",
    });
    expect(loaded.files).toMatchObject([
      { format: "lm-eval results", version: "≤ 0.3", rows: 1, skipped: 2 },
    ]);
  });

  it("of a group count its tasks once, and an adapter is not its base model", async () => {
    const loaded = await loadExternalEvals([join(FIXTURES, "lm-eval/v0.4.0_groups.json")]);
    expect(told(loaded)).toEqual([
      "org/adapter reasoning 0.25 ? bbh_navigate, exact_match,get-answer",
      "org/adapter reasoning 0.75 ? bbh_snarks, exact_match,get-answer",
    ]);
    expect(loaded.files[0]?.version).toBe("0.4.0–0.4.2");
  });

  it("of a group's tasks go to the facet that facetOf gives the group", async () => {
    const file = join(folder, "mmlu.json");
    const row = { "acc,none": 0.5 };
    await writeFile(
      file,
      JSON.stringify({
        results: { mmlu: row, mmlu_stem: row, mmlu_physics: row, mmlu_law: row },
        group_subtasks: { mmlu: ["mmlu_stem", "mmlu_law"], mmlu_stem: ["mmlu_physics"] },
        config: { model_args: "pretrained=m" },
      }),
    );
    const expected = ["m knowledge 0.5 ? mmlu_physics, acc", "m law 0.5 ? mmlu_law, acc"];
    expect(
      told(await loadExternalEvals([file], { facetOf: { mmlu: "knowledge", mmlu_law: "law" } })),
    ).toEqual(expected);
    expect(
      told(
        await loadExternalEvals([file], {
          facetOf: (task) => ({ mmlu: "knowledge", mmlu_law: "law" })[task] ?? null,
        }),
      ),
    ).toEqual(expected);
  });

  it.each([
    [
      "the tasks name",
      { configs: { arc_easy: { group: ["tasks_of_arc"] }, arc_hard: { group: "tasks_of_arc" } } },
      "",
    ],
    ["stands above its tasks", {}, " - "],
  ])("of 0.4.1 do not count a group that %s", async (_, change, indent) => {
    const file = join(folder, "group.json");
    const tasks = { arc_easy: row(0.75, `${indent}arc_easy`), arc_hard: row(0.5, `${indent}arc_hard`) };
    const group = { tasks_of_arc: row(0.6, "tasks_of_arc") };
    const config = { model_args: "pretrained=m" };
    await writeFile(
      file,
      JSON.stringify({ results: { ...group, ...tasks }, groups: group, versions: {}, config, ...change }),
    );
    expect(told(await loadExternalEvals([file]))).toEqual([
      "m reasoning 0.75 ? arc_easy, acc_norm",
      "m reasoning 0.5 ? arc_hard, acc_norm",
    ]);
  });

  it("of mathematics take the metric that compares by value before that by letter", async () => {
    const file = join(folder, "minerva.json");
    const row = { "exact_match,none": 0.1, "math_verify,none": 0.5 };
    await writeFile(
      file,
      JSON.stringify({
        results: { minerva_math: row },
        versions: {},
        config: { model_args: "pretrained=m" },
      }),
    );
    expect(told(await loadExternalEvals([file]))).toEqual(["m reasoning 0.5 ? minerva_math, math_verify"]);
  });

  it("of 0.4.12 give each task its leaderboard's metric", async () => {
    const loaded = await loadExternalEvals([results]);
    expect(told(loaded)).toEqual([
      "org/model-a instruction 0.8 ? leaderboard_ifeval, prompt_level_strict_acc",
      "org/model-a reasoning 0.5 4 gsm8k, exact_match,flexible-extract",
      "org/model-a coding 0.375 164 humaneval, pass@1,create_test",
      "org/model-a reasoning 0.45 ? arc_challenge, acc_norm",
    ]);
    expect(reasons(loaded)).toEqual({
      mbpp: "pass_at_1 is no number",
      gpqa: "no metric that is bounded and better when higher",
      musr: "several metrics and no preference among them: first, second",
      math_word: "exact_match 42.5 lies outside 0 to 1: another scale",
      hellaswag: "no facet is known for this task; name one with facetOf",
    });
    expect(loaded.files).toMatchObject([
      { version: "0.4.12", notes: ["Smoke run: limit 4."], rows: 4, skipped: 5 },
    ]);
  });

  it("take their facets from facetOf before the default map", async () => {
    const record = await loadExternalEvals([results], {
      facetOf: { hellaswag: "common_sense", gsm8k: null },
    });
    expect(told(record)).toContain("org/model-a common_sense 0.4 ? hellaswag, acc");
    expect(reasons(record)).toMatchObject({ gsm8k: "left out by facetOf" });
    const asked: string[] = [];
    const called = await loadExternalEvals([results], {
      facetOf: (task, metric) => {
        asked.push(`${task}, ${metric}`);
        return task === "hellaswag" ? "common_sense" : undefined;
      },
    });
    expect(asked).toContain("hellaswag, acc");
    expect(told(called)).toContain("org/model-a common_sense 0.4 ? hellaswag, acc");
    expect(told(called)).toContain("org/model-a reasoning 0.5 4 gsm8k, exact_match,flexible-extract");
  });

  it("lose tasks that a facetOf function knows nothing of, and tables of facets do not", async () => {
    const table = join(folder, "table.csv");
    await writeFile(table, "model,facet,score\nm,coding,0.5\nm,style,0.25\n");
    const loaded = await loadExternalEvals([table, results], {
      facetOf: (task) => ({ hellaswag: "common_sense", style: "instruction" })[task] ?? null,
    });
    expect(told(loaded)).toEqual([
      "m coding 0.5 ?",
      "m instruction 0.25 ?",
      "org/model-a common_sense 0.4 ? hellaswag, acc",
    ]);
    expect(reasons(await loadExternalEvals([table], { facetOf: { style: null } }))).toEqual({
      style: "left out by facetOf",
    });
  });

  it("of two revisions of a model stay two models", async () => {
    const other = join(folder, "other.json");
    const text = await readFile(join(FIXTURES, "lm-eval/v0.3.json"), "utf8");
    await writeFile(other, text.replace("step10", "step20"));
    const { rows } = await loadExternalEvals([join(FIXTURES, "lm-eval/v0.3.json"), other]);
    expect(rows.map((row) => row.model)).toEqual([
      "org/old-model (revision step10)",
      "org/old-model (revision step20)",
    ]);
  });

  it("are recognised whatever the file is called, and count once when they are met twice", async () => {
    const copy = join(folder, "copy.csv");
    await copyFile(results, copy);
    const loaded = await loadExternalEvals([results, copy]);
    expect(loaded.rows).toHaveLength(4);
    expect(loaded.files[1]).toMatchObject({ format: "lm-eval results", rows: 0 });
    expect(loaded.skipped.filter(({ file }) => file === copy).map(({ why }) => why)).toContain(
      `the same result is taken from ${results}`,
    );
  });
});

describe("lm-evaluation-harness samples", () => {
  it("become the mean over documents, under the filter that counts, with every bad line listed", async () => {
    const alone = join(folder, "org__model-a");
    await mkdir(alone);
    const file = join(alone, "samples_gsm8k_2025-02-03T04-05-06.000007.jsonl");
    await copyFile(samples, file);
    const loaded = await loadExternalEvals([alone]);
    expect(loaded.rows).toEqual([
      {
        model: "org/model-a",
        facet: "reasoning",
        score: 2 / 3,
        n: 3,
        source: `${file} · gsm8k, exact_match,flexible-extract`,
      },
    ]);
    expect(reasons(loaded)).toEqual({
      "line 4": "exact_match is no number",
      "line 5": "incomplete JSON: it ends in the middle, as a cut-off file does",
      "line 6": "document 1 stands above",
    });
  });

  it("count true as 1, and pass over lists", async () => {
    const loaded = await loadExternalEvals([join(FIXTURES, "lm-eval-samples")]);
    expect(told(loaded)).toEqual(["org/model-b instruction 0.75 4 ifeval, prompt_level_strict_acc"]);
  });

  it("add nothing to the results of their run, in whichever order they come", async () => {
    for (const paths of [
      [samples, results],
      [results, samples],
    ]) {
      const loaded = await loadExternalEvals(paths);
      expect(loaded.rows).toHaveLength(4);
      expect(loaded.skipped.find(({ file }) => file === samples)).toBeDefined();
      expect(reasons(loaded)["gsm8k"]).toBe(`the same result is taken from ${results}`);
    }
  });

  it("without any trace of their model are not taken", async () => {
    const file = join(folder, "lines.jsonl");
    await copyFile(samples, file);
    const loaded = await loadExternalEvals([file]);
    expect(loaded.rows).toEqual([]);
    expect(reasons(loaded)).toEqual({ file: "names no model: put the run's results file beside it" });
  });
});
