import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_FACETS, loadExternalEvals, type ExternalOptions } from "../../lib/external/index.js";
import { facetChooser } from "../../lib/external/merge/facets.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "models-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Loads a table of each list of models. */
async function load(
  tables: readonly (readonly string[])[],
  options?: ExternalOptions,
): ReturnType<typeof loadExternalEvals> {
  const paths = tables.map((_, i) => join(folder, `${i}.csv`));
  for (const [i, models] of tables.entries()) {
    const rows = models.map((model, j) => `"${model}",coding,0.${i}${j}5\n`);
    await writeFile(paths[i]!, `model,facet,score\n${rows.join("")}`);
  }
  return loadExternalEvals(paths, options);
}

const facetOf = (task: string): string | null => {
  const choice = facetChooser(undefined)({ task, metric: "acc", isFacet: false });
  return "facet" in choice ? choice.facet : null;
};

describe("models of several files", () => {
  it.each([
    ["another size", "gpt-4o", "gpt-4o-mini"],
    ["another effort", "o3-high", "o3-low"],
    ["an effort and none", "gpt-5", "gpt-5-high"],
    ["another version", "llama-3.1-8b", "llama-3-8b"],
    ["a point that counts", "llama-3.1-8b", "llama-31-8b"],
    ["thinking and not", "claude-4-sonnet", "claude-4-sonnet-thinking"],
    ["base and chat", "qwen3-8b", "qwen3-8b-instruct"],
  ])("with %s are two models", async (_, a, b) => {
    const loaded = await load([[a], [b]]);
    expect(loaded.rows.map(({ model }) => model)).toEqual([a, b]);
  });

  it.each([
    ["case", "Qwen3-32B", "qwen3-32b"],
    ["separators", "claude 3.5_haiku", "claude-3.5-haiku"],
    ["provider", "openai/gpt-4o", "gpt-4o"],
    ["a way of calling", "gpt-4o (FC)", "gpt-4o"],
    ["a date", "gpt-4o-2024-08-06", "gpt-4o"],
    ["a date without hyphens", "claude-haiku-4-5-20251001", "anthropic/claude-haiku-4-5"],
  ])("that differ only in %s are two models until the reader says so", async (_, a, b) => {
    const loaded = await load([[a], [b]]);
    expect(loaded.rows.map(({ model }) => model)).toEqual([a, b]);
    const told = await load([[a], [b]], { sameModel: { [a]: b } });
    expect(told.rows.map(({ model }) => model)).toEqual([b, b]);
  });

  it("that sameModel names and no file has are told", async () => {
    const { skipped } = await load([["a"]], { sameModel: { b: "a" } });
    expect(skipped).toEqual([{ file: "", what: 'sameModel "b"', why: "no file has a model of this name" }]);
  });
});

describe("the default map from tasks to facets", () => {
  it.each([
    ...["ifeval", "leaderboard_ifeval", "inspect_evals/ifeval", "IFEval"].map((task) => [
      task,
      "instruction",
    ]),
    ...[
      "gsm8k",
      "gsm8k_cot_llama",
      "tinyGSM8k",
      "arc_challenge",
      "bbh_navigate",
      "leaderboard_gpqa_diamond",
    ].map((task) => [task, "reasoning"]),
    ...["musr", "MATH-500", "math500", "minerva_math_algebra", "hendrycks_math", "ai2_arc"].map((task) => [
      task,
      "reasoning",
    ]),
    ...["humaneval", "HumanEval+", "mbpp_plus", "BigCodeBench", "livecodebench"].map((task) => [
      task,
      "coding",
    ]),
    ...[
      "bfcl",
      "BFCL_v3_live",
      "tau-bench-retail",
      "tau2_bench",
      "swe-bench_verified",
      "SWE_bench",
      "terminalbench_hard",
    ].map((task) => [task, "tool_use"]),
    ...["reasoning", "tool_use"].map((task) => [task, task]),
  ])("puts %s under %s", (task, facet) => {
    expect(facetOf(task!)).toBe(facet);
  });

  it.each([
    "hellaswag",
    "mmlu_high_school_mathematics",
    "pubmedqa",
    "aftermath",
    "arcade",
    "popularity",
    "toString",
  ])("leaves %s out rather than guess", (task) => {
    expect(facetOf(task)).toBeNull();
  });

  it("leaves out a task that fits two facets, and says which", () => {
    expect(facetChooser(undefined)({ task: "swe_bench_math", metric: "acc", isFacet: false })).toEqual({
      why: "both reasoning and tool_use fit; name one with facetOf",
    });
  });

  it("puts every task it lists under its own facet", () => {
    for (const [facet, tasks] of Object.entries(DEFAULT_FACETS)) {
      for (const task of tasks) expect([task, facetOf(task)]).toEqual([task, facet]);
    }
  });
});
