import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { loadExternalEvals, type ExternalEvals } from "../../lib/external/index.js";
import { told } from "./told.js";

/** Published files of the tools themselves, which are no part of the project: read where they lie beside it. */
const PUBLISHED = fileURLToPath(new URL("../../../shared/external", import.meta.url));

/** Facets for the files' tasks that the default map leaves out, so that every score is looked at. */
const facetOf = {
  popularity: "values",
  input_task: "style",
  pubmedqa: "knowledge",
  simpleqa_verified: "knowledge",
  lambada_openai: "language",
  mmlu_abstract_algebra: "knowledge",
  greekmmlu_api_biology: "knowledge",
  "mmlu:subject=philosophy": "knowledge",
  "commonsense:dataset=hellaswag": "common_sense",
};

describe.skipIf(!existsSync(PUBLISHED))("published files load to the scores that their tools report", () => {
  /** Expected by hand: what `results` says in each file, under the metric its tool puts first. */
  it.each<[string, readonly string[], readonly string[]]>([
    [
      "lm-eval/pythia_v0.3_12b_step133000.json",
      [
        "EleutherAI/pythia-v1.1-12b language 0.7083252474286823 ? lambada_openai, acc",
        "EleutherAI/pythia-v1.1-12b reasoning 0.6452020202020202 ? arc_easy, acc_norm",
        "EleutherAI/pythia-v1.1-12b reasoning 0.3455631399317406 ? arc_challenge, acc_norm",
      ],
      [],
    ],
    [
      "lm-eval/harness_bjudge_Meta-Llama-3-8B-Instruct_results_2024-08-25T21-59-12.123082.json",
      [
        "meta-llama/Meta-Llama-3-8B-Instruct reasoning 0.7778620166793025 1319 gsm8k_cot_llama, exact_match,flexible-extract",
      ],
      [],
    ],
    [
      "lm-eval/DERIVED_bare_NaN_Infinity_NA_strings.json",
      [
        "meta-llama/Meta-Llama-3-8B-Instruct reasoning 0.7778620166793025 1319 gsm8k_cot_llama, exact_match,flexible-extract",
        "meta-llama/Meta-Llama-3-8B-Instruct language 0.5 ? lambada_openai, acc",
      ],
      ["float32_as_string: no facet is known for this task; name one with facetOf"],
    ],
    [
      "lm-eval/harness_steer-merge_results_2025-01-21T00-40-03.356274.json",
      [
        "/home/cs29824/matthew/lm-evaluation-harness/examples/dog_steer.csv knowledge 0.34 100 mmlu_abstract_algebra, acc",
      ],
      [],
    ],
    [
      "lm-eval/TRIMMED_yangzhang33_gpt-5.2_api_limit1_results_2025-12-22T12-35-40.506101.json",
      ["gpt-5.2-2025-12-11 knowledge 1 1 greekmmlu_api_biology, acc"],
      [],
    ],
    [
      "lm-eval/eee_results_2026-01-21T03-44-18.458309.json",
      [
        "RylanSchaeffer/mem_Qwen3-93M_minerva_math_rep_0_sbst_1.0000_epch_1_ot_1 reasoning 0 5000 math_perturbed_full, exact_match",
        "RylanSchaeffer/mem_Qwen3-93M_minerva_math_rep_0_sbst_1.0000_epch_1_ot_1 reasoning 0.0004 5000 math_rephrased_full, exact_match",
      ],
      [],
    ],
    [
      "lm-eval/eee_samples_math_perturbed_full_2026-01-21T03-44-18.458309.jsonl",
      [
        "RylanSchaeffer/mem_Qwen3-93M_minerva_math_rep_0_sbst_1.0000_epch_1_ot_1 reasoning 0 10 math_perturbed_full, exact_match",
      ],
      [],
    ],
    ["inspect/ins_log_formats.json", ["ollama/llama3.1 values 0 1 popularity, match accuracy"], []],
    ["inspect/ins_log_formats.eval", ["ollama/llama3.1 values 0 1 popularity, match accuracy"], []],
    ["inspect/DERIVED_zstd_log_formats.eval", ["ollama/llama3.1 values 0 1 popularity, match accuracy"], []],
    ["inspect/ins_log_read_sample.eval", ["ollama/gemma3 values 1 1 popularity, match accuracy"], []],
    [
      "inspect/ins_log_streaming.eval",
      ["azureai/Meta-Llama-3-1-405B-Instruct-jqf values 0.75 2 popularity, match accuracy"],
      [],
    ],
    [
      "inspect/ins_2025-02-11T15-18-04-05-00_popularity_mj7khqpMM4GBCfVQozKgzB.eval",
      ["openai/gpt-4o-mini values 0.8 10 popularity, match accuracy"],
      [],
    ],
    [
      "inspect/ins_2024-11-05T13-31-45-05-00_input-task_8zXjbRzCWrL9GXiXo2vus9.json",
      ["openai/gpt-4o-mini style 1 1 input_task, model_graded_fact accuracy"],
      [],
    ],
    [
      "inspect/eee_data_arc_qwen.json",
      ["ollama/qwen2.5:0.5b reasoning 0.3333333333333333 3 arc_easy, choice accuracy"],
      [],
    ],
    [
      "inspect/eee_data_arc_sonnet.json",
      ["anthropic/claude-sonnet-4-0 reasoning 1 5 arc_easy, choice accuracy"],
      [],
    ],
    [
      "inspect/eee_data_pubmedqa_gpt4o_mini.json",
      ["openai/azure/gpt-4o-mini knowledge 1 2 pubmedqa, choice accuracy"],
      [],
    ],
    [
      "inspect/eee_data_with_llm_scoring.json",
      ["anthropic/claude-opus-4-6 knowledge 0.431 1000 simpleqa_verified, simpleqa_scorer accuracy"],
      [],
    ],
    ["inspect/DERIVED_NaN_unscored.json", [], ["popularity: match scored no sample"]],
    ["inspect/DERIVED_crashed_no_header.eval", [], ["popularity: unfinished log: the run was cut off"]],
    [
      "inspect/ins_2025-02-11T15-17-00-05-00_popularity_dPiJifoWeEQBrfWsAopzWr.eval",
      [],
      ["popularity: no sample is scored"],
    ],
    [
      "inspect/ins_2025-05-12T20-28-13-04-00_popularity.json",
      [],
      ["popularity: unfinished log: status cancelled"],
    ],
    [
      "inspect/ins_2025-05-12T20-28-13-04-00_no-samples.json",
      [],
      ["testtaskname: unfinished log: status cancelled"],
    ],
    [
      "helm/mmlu-subject=philosophy,method=multiple_choice_joint,model=openai_gpt2",
      ["openai/gpt2 knowledge 0.1111111111111111 9 mmlu:subject=philosophy, exact_match, test"],
      [
        "file: part of a HELM run, whose scores stand in stats.json",
        "file: part of a HELM run, whose scores stand in stats.json",
      ],
    ],
    [
      "helm/commonsense-dataset=hellaswag,method=multiple_choice_joint,model=eleutherai_pythia-1b-v0",
      ["eleutherai/pythia-1b-v0 common_sense 0.3 10 commonsense:dataset=hellaswag, exact_match, valid"],
      [
        "file: part of a HELM run, whose scores stand in stats.json",
        "file: part of a HELM run, whose scores stand in stats.json",
      ],
    ],
  ])("%s", async (name, rows, skipped) => {
    const loaded = await loadExternalEvals([join(PUBLISHED, name)], { facetOf });
    expect(told(loaded).toSorted()).toEqual(rows.toSorted());
    const others = loaded.skipped.filter(
      ({ why }) => !(name.includes("pythia") && why.startsWith("no facet")),
    );
    expect(others.map(({ what, why }) => `${what}: ${why}`)).toEqual(skipped);
  });

  it("LiveBench: 130 models, the four facets under our names, the others under their own", async () => {
    const { rows, skipped, files } = await loadExternalEvals([
      join(PUBLISHED, "tables/livebench_2026_01_08_long.csv"),
    ]);
    const models = (facet: string): number =>
      new Set(rows.filter((row) => row.facet === facet).map(({ model }) => model)).size;
    const counts = [
      "reasoning",
      "instruction",
      "coding",
      "tool_use",
      "mathematics",
      "data_analysis",
      "language",
    ].map(models);
    expect(counts).toEqual([129, 130, 130, 129, 130, 129, 129]);
    expect([rows.length, skipped.length, files[0]?.models.length, files[0]?.scale]).toEqual([
      906,
      0,
      130,
      "fraction",
    ]);
    const opus = rows.filter(({ model }) => model === "claude-opus-4-7-xhigh-effort");
    expect(opus.map(({ facet, score }) => `${facet} ${score}`).slice(0, 4)).toEqual([
      "reasoning 0.876923",
      "instruction 0.593417",
      "coding 0.82088",
      "tool_use 0.6",
    ]);
  });

  it("BFCL: 109 models' overall accuracies, in percent", async () => {
    const loaded = await loadExternalEvals([join(PUBLISHED, "tables/bfcl_data_overall.csv")]);
    expect(loaded.rows).toHaveLength(109);
    expect(told(loaded)[0]).toBe("Claude-Opus-4-5-20251101 (FC) tool_use 0.7747 ? bfcl, Overall Acc");
    expect(told(loaded)[56]).toBe("Claude-Opus-4-5-20251101 (Prompt) tool_use 0.3347 ? bfcl, Overall Acc");
    expect(loaded.files[0]).toMatchObject({ scale: "percent", skipped: 0 });
  });

  describe("as one folder", () => {
    let loaded: ExternalEvals;
    beforeAll(async () => {
      loaded = await loadExternalEvals([PUBLISHED], { facetOf });
    });

    it("take every file, or say why not", async () => {
      const spoken = new Set([
        ...loaded.files.map(({ file }) => file),
        ...loaded.skipped.map(({ file }) => file),
      ]);
      const entries = await readdir(PUBLISHED, { recursive: true, withFileTypes: true });
      expect(spoken.size).toBe(entries.filter((entry) => entry.isFile()).length);
      for (const { file, rows, skipped } of loaded.files)
        expect([basename(file), rows + skipped > 0]).toEqual([basename(file), true]);
    });

    it("count logs that stand in several forms once", () => {
      // The reduced inputs in cases/ have repeats of their own.
      const repeats = loaded.skipped.filter(
        ({ file, why }) => why.startsWith("the same result is taken") && !file.includes("/cases/"),
      );
      expect(repeats.map(({ file }) => basename(file)).toSorted()).toEqual(
        [
          "eee_samples_math_perturbed_full_2026-01-21T03-44-18.458309.jsonl",
          "harness_bjudge_Meta-Llama-3-8B-Instruct_results_2024-08-25T21-59-12.123082.json",
          "ins_log_formats.eval",
          "ins_log_formats.json",
        ].toSorted(),
      );
    });

    it("warn of smoke runs", () => {
      const warned = loaded.files.filter(({ notes }) => notes.some((note) => note.startsWith("Smoke run")));
      expect(warned.map(({ file }) => basename(file))).toContain(
        "TRIMMED_yangzhang33_gpt-5.2_api_limit1_results_2025-12-22T12-35-40.506101.json",
      );
      expect(warned.some(({ file }) => basename(file) === "eee_data_arc_qwen.json")).toBe(true);
    });

    it("loaded twice add nothing", async () => {
      const twice = await loadExternalEvals(
        [PUBLISHED, `${PUBLISHED}/../external`, join(PUBLISHED, "**/*.{json,csv}")],
        { facetOf },
      );
      expect(twice.rows).toEqual(loaded.rows);
    });
  });
});
