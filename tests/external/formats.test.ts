import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadExternalEvals } from "../../lib/external/index.js";
import { FIXTURES, reasons, told } from "./told.js";

describe("a HELM run", () => {
  it("gives its scenario's metric over unperturbed test items, for the model of its run_spec.json", async () => {
    const loaded = await loadExternalEvals([join(FIXTURES, "helm/gsm")]);
    expect(told(loaded)).toEqual([
      "org/model-a reasoning 0.375 8 gsm:level=1, final_number_exact_match, test",
    ]);
    expect(reasons(loaded)).toEqual({ file: "part of a HELM run, whose scores stand in stats.json" });
    expect(loaded.files).toMatchObject([{ format: "HELM run", models: ["org/model-a"] }]);
  });

  it("without a mean has no score", async () => {
    const loaded = await loadExternalEvals([join(FIXTURES, "helm/math/stats.json")]);
    expect(loaded.rows).toEqual([]);
    expect(reasons(loaded)).toEqual({ "math:subject=algebra": "math_equiv, test has no mean" });
  });
});

describe("a HELM run of free answers", () => {
  it.each([
    ["beside a looser one that tells", { quasi_exact_match: 0.5 }, "quasi_exact_match, test", 0.5],
    ["that is true", { quasi_exact_match: 0 }, "exact_match, test", 0],
  ])("with an exact match of 0 %s", async (_, others, metric, score) => {
    const folder = await mkdtemp(join(tmpdir(), "helm-"));
    const stats = Object.entries({ exact_match: 0, ...others, num_instances: 4 });
    const lines = stats.map(([name, mean]) => ({ name: { name, split: "test" }, count: 1, mean }));
    await writeFile(join(folder, "run_spec.json"), '{"name": "gsm:", "adapter_spec": {"model": "org/m"}}');
    await writeFile(join(folder, "stats.json"), JSON.stringify(lines));
    expect(told(await loadExternalEvals([folder]))).toEqual([`org/m reasoning ${score} 4 gsm, ${metric}`]);
    await rm(folder, { recursive: true });
  });
});

describe("promptfoo results", () => {
  it("give each provider, prompt and task its mean, without the answers that never came and other scales", async () => {
    const loaded = await loadExternalEvals([join(FIXTURES, "promptfoo/results.json")]);
    expect(told(loaded)).toEqual([
      "openai:gpt-x (prompt 1) reasoning 1 1 gsm8k, score",
      "openai:gpt-x (prompt 2) reasoning 0.5 1 gsm8k, score",
      "openai:gpt-x (prompt 1) instruction 0.25 1",
      "cold coding 1 1 humaneval on Tuesdays, score",
    ]);
    expect(reasons(loaded)).toEqual({
      "result 3": "no answer: the provider failed",
      "humaneval on Tuesdays": "score 12 lies outside 0 to 1: another scale",
    });
    expect(loaded.files).toMatchObject([{ format: "promptfoo results", version: "0.119.0" }]);
  });
});

describe("BFCL's table", () => {
  it("gives overall accuracy, and keeps a model's two ways of calling apart", async () => {
    const loaded = await loadExternalEvals([join(FIXTURES, "tables/bfcl.csv")]);
    expect(told(loaded)).toEqual([
      "Model-A (FC) tool_use 0.7747 ? bfcl, Overall Acc",
      "Model-A (Prompt) tool_use 0.455 ? bfcl, Overall Acc",
    ]);
    expect(reasons(loaded)).toEqual({ "row 3 (Model-B, bfcl)": 'no score: "N/A"' });
    expect(loaded.files).toMatchObject([{ format: "BFCL table", scale: "percent" }]);
  });
});

describe("LiveBench's table", () => {
  it("gives each category the mean of its tasks, in percent even where a number is below one", async () => {
    const loaded = await loadExternalEvals([join(FIXTURES, "tables/livebench.csv")]);
    expect(told(loaded)).toEqual([
      "model-a-high reasoning 0.0075 ?",
      "model-a-high coding 0.7525 ?",
      "model-a-high tool_use 0.3 ?",
      "model-a-high mathematics 0.95 ?",
      "model-a-high instruction 0.625 ?",
      "model-a-low reasoning 0.3 ?",
      "model-a-low tool_use 0.3 ?",
      "model-a-low mathematics 0.95 ?",
      "model-a-low instruction 0.625 ?",
    ]);
    expect(reasons(loaded)).toEqual({
      "row 2 (model-a-low, coding)": 'the score is not a number: "no score for code_completion"',
    });
  });
});
