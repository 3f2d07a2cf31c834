import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadExternalEvals } from "../../lib/external/index.js";
import { told } from "./told.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tools-"));
});
afterEach(() => rm(folder, { recursive: true }));

const lines = (...values: readonly unknown[]): string =>
  values.map((value) => `${JSON.stringify(value)}\n`).join("");
const samples = (...marks: readonly number[]): object[] =>
  marks.map((exact_match, doc_id) => ({ doc_id, doc: { q: "1" }, target: "1", resps: [["1"]], exact_match }));

/** A file of each kind: its name, its content, what it must give, and the reasons for what it must leave. */
const FILES: [
  kind: string,
  file: string,
  content: unknown,
  rows: readonly string[],
  skipped?: readonly string[],
][] = [
  [
    "Evalchemy results",
    "results_2025-05-01T00-00-00.json",
    {
      results: {
        AIME24: {
          num_total: 30,
          solved_avg: 18.2,
          run_stats: [],
          accuracy_avg: 0.6,
          accuracy_std_err: 0.01,
          num_repeat: 10,
        },
        IFEval: { "prompt-level": 0.25, "instruction-level": 0.5, num_examples: 500, completion_rate: 1 },
        HumanEval: { "python_pass@1": 0.5, "sh_pass@1": 0.1 },
        GPQADiamond: { num_total: 198, accuracy_avg: 0.4, accuracy_std_err: 0.01 },
        LiveCodeBenchv5: { accuracy_avg: 0.3, accuracy_easy_avg: 0.9 },
        CruxEval: { "input_pass@1": 0.5, "output_pass@1": 0.4 },
        MTBench: { Average: 7.5 },
      },
      config: { model_args: "pretrained=org/m" },
      model_name: "org/m",
    },
    [
      "org/m reasoning 0.6 30 AIME24, accuracy_avg",
      "org/m instruction 0.25 500 IFEval, prompt-level",
      "org/m coding 0.5 ? HumanEval, python_pass@1",
      "org/m reasoning 0.4 198 GPQADiamond, accuracy_avg",
      "org/m coding 0.3 ? LiveCodeBenchv5, accuracy_avg",
    ],
    [
      "CruxEval: several metrics and no preference among them: input_pass@1, output_pass@1",
      "MTBench: Average 7.5 lies outside 0 to 1: another scale",
    ],
  ],
  [
    "lighteval results",
    "Downloads/results_2025-11-05T14-43-47.json",
    {
      config_general: { lighteval_sha: "0", max_samples: null, model_name: "org/m" },
      results: {
        "gsm8k|0": { em: 0.5, em_stderr: 0.02, "maj@8": 0.6 },
        "leaderboard|arc:challenge|25": { acc: 0.4, acc_norm: 0.45 },
        "lighteval|math_500|0|0": { "pass@k:k=1": 0.25, "pass@k:k=8": 0.75 },
        "helm|bbh:_average|3": { em: 0.9 },
        all: { acc: 0.4, em: 0.5 },
      },
      versions: {},
      config_tasks: { "gsm8k|0": { original_num_docs: 1319, effective_num_docs: 1319 } },
    },
    [
      "org/m reasoning 0.5 1319 gsm8k, em",
      "org/m reasoning 0.45 ? arc:challenge, acc_norm",
      "org/m reasoning 0.25 ? math_500, pass@k:k=1",
    ],
  ],
  [
    "lm-eval samples in a list",
    "org__m/pretrained__org__m_gsm8k.jsonl",
    samples(0, 1, 1, 1),
    ["org/m reasoning 0.75 4 gsm8k, exact_match"],
  ],
  [
    "Every Eval Ever",
    "record.json",
    {
      schema_version: "0.2.0",
      evaluation_id: "GAIA/m/1",
      model_info: { name: "azure/m", id: "org/m" },
      evaluation_results: [
        {
          evaluation_name: "gaia_scorer",
          source_data: { dataset_name: "GAIA", samples_number: 165 },
          metric_config: {
            evaluation_description: "accuracy",
            lower_is_better: false,
            min_score: 0,
            max_score: 1,
          },
          score_details: { score: 0.25 },
        },
        {
          evaluation_name: "gaia_scorer",
          source_data: { dataset_name: "GAIA" },
          metric_config: { evaluation_description: "stderr" },
          score_details: { score: 0.1 },
        },
        { evaluation_name: "GSM8K", metric_config: { max_score: 100 }, score_details: { score: 77.47 } },
        {
          evaluation_name: "WildBench on a math scale",
          metric_config: { min_score: 1, max_score: 10 },
          score_details: { score: 7 },
        },
        {
          evaluation_name: "MATH errors",
          metric_config: { lower_is_better: true },
          score_details: { score: 0.2 },
        },
      ],
    },
    ["org/m tool_use 0.25 165 GAIA: gaia_scorer, accuracy", "org/m reasoning 0.7747 ? GSM8K, score"],
    [
      "GAIA: gaia_scorer: one score a task: the first is taken",
      "WildBench on a math scale: score runs from 1 to 10: another scale",
      "MATH errors: score is better when lower",
    ],
  ],
  [
    "HELM's groups",
    "groups/core.json",
    [
      {
        title: "Accuracy",
        header: [
          { value: "Model" },
          { value: "Mean win rate" },
          { value: "GSM8K - EM", lower_is_better: false, metadata: { metric: "EM", run_group: "GSM8K" } },
          { value: "IFEval - IFEval Strict Acc" },
          { value: "MATH - Time", lower_is_better: true },
        ],
        rows: [
          [{ value: "M (large)" }, { value: 0.9 }, { value: 0.5 }, { value: 0.25 }, { value: 0.1 }],
          [{ value: "N" }, { value: 0.1 }, { value: 0.75 }, {}, { value: 0.2 }],
        ],
      },
      { title: "Efficiency", header: [], rows: [] },
    ],
    [
      "M (large) reasoning 0.5 ? GSM8K, EM",
      "M (large) instruction 0.25 ? IFEval, IFEval Strict Acc",
      "N reasoning 0.75 ? GSM8K, EM",
    ],
    ["Efficiency: part of a group, whose accuracies stand in the first table", "N, IFEval: no score"],
  ],
  [
    "a record of OpenAI's evals",
    "record.jsonl",
    lines(
      {
        spec: {
          completion_fns: ["m"],
          eval_name: "gsm8k.dev.v0",
          base_eval: "gsm8k",
          run_id: "r",
          run_config: { max_samples: null },
        },
      },
      { run_id: "r", event_id: 0, sample_id: "a", type: "match", data: { correct: true } },
      { run_id: "r", event_id: 1, sample_id: "b", type: "match", data: { correct: false } },
      { final_report: { accuracy: 0.5, boostrap_std: 0.1 } },
    ),
    ["m reasoning 0.5 2 gsm8k, accuracy"],
  ],
  [
    "a record of OpenAI's evals that was cut off",
    "cut.jsonl",
    lines(
      { spec: { completion_fns: ["m"], base_eval: "gsm8k", run_id: "r" } },
      { sample_id: "a", data: { correct: true } },
    ),
    [],
    ["gsm8k: unfinished log: no final report"],
  ],
  [
    "bigcode's harness",
    "evaluation_results.json",
    {
      humaneval: { "pass@1": 0.5, "pass@10": 0.75 },
      mbpp: { "pass@1": 0.25 },
      config: { model: "org/m", n_samples: 20, load_in_4bit: true, limit: null },
    },
    ["org/m coding 0.5 ? humaneval, pass@1", "org/m coding 0.25 ? mbpp, pass@1"],
  ],
  [
    "EvalPlus' results",
    "humaneval/org--m_vllm_temp_0.0_eval_results.json",
    {
      date: "2025-01-01",
      hash: "h",
      eval: {
        "HumanEval/0": [{ solution: "x", base_status: "pass", plus_status: "pass" }],
        "HumanEval/1": [{ solution: "x", base_status: "pass", plus_status: "fail" }],
      },
    },
    ["org/m coding 0.5 2 humaneval+, pass@1"],
  ],
  [
    "SWE-bench's results by instance",
    "info_for_leaderboard.json",
    {
      m: {
        "django__django-1": { resolved: true, cost: 1 },
        "django__django-2": { resolved: false },
        "sympy__sympy-3": {},
      },
      "gpt-5": { "django__django-1": { resolved: true } },
    },
    ["m tool_use 0.5 2 swe_bench, resolved", "gpt-5 tool_use 1 1 swe_bench, resolved"],
  ],
  [
    "OpenCompass' summary",
    "summary_20250101.csv",
    "dataset,version,metric,mode,org_m,n\ngsm8k,a1,accuracy,gen,64.50,-\n--- Exam ---,-,-,-,-,-\nIFEval,b2,Prompt-level-strict-accuracy,gen,25,50\nIFEval,b2,Inst-level-strict-accuracy,gen,75,80\nall,-,naive_average,gen,45,65\n",
    [
      "org_m reasoning 0.645 ? gsm8k, accuracy",
      "org_m instruction 0.25 ? IFEval, Prompt-level-strict-accuracy",
      "n instruction 0.5 ? IFEval, Prompt-level-strict-accuracy",
    ],
    ['gsm8k, n: no score: "-"', "all: part of a summary: an average over datasets"],
  ],
  [
    "OpenCompass' scores of one dataset",
    "results/org_m/gsm8k.json",
    { accuracy: 64.5, details: { 0: { correct: true } } },
    ["org_m reasoning 0.645 ? gsm8k, accuracy"],
  ],
  [
    "promptfoo's lines",
    "out.jsonl",
    lines(
      {
        provider: { id: "m" },
        score: 1,
        success: true,
        testIdx: 0,
        testCase: { metadata: { task: "gsm8k" } },
      },
      {
        provider: { id: "m" },
        score: 0,
        success: false,
        testIdx: 1,
        testCase: { metadata: { task: "gsm8k" } },
      },
      {
        provider: { id: "m" },
        score: 1,
        success: true,
        testIdx: 2,
        gradingResult: { score: 1, reason: "No assertions" },
        testCase: { metadata: { task: "gsm8k" } },
      },
    ),
    ["m reasoning 0.5 2 gsm8k, score"],
    ["result 3: a test without assertions, which any answer passes"],
  ],
  [
    "what promptfoo's evaluate() returns",
    "out.json",
    {
      version: 3,
      timestamp: "2025-01-01",
      prompts: [],
      results: [
        {
          provider: { id: "m" },
          score: 1,
          success: true,
          testIdx: 0,
          testCase: { assert: [{ type: "equals" }], metadata: { task: "gsm8k" } },
        },
      ],
      stats: {},
    },
    ["m reasoning 1 1 gsm8k, score"],
  ],
  [
    "two promptfoo providers of one id, told apart by what their configs set",
    "out.json",
    {
      evalId: "e",
      config: { description: "gsm8k" },
      results: {
        version: 3,
        results: [
          {
            provider: { id: "m", config: { temperature: 0, apiKey: "k" } },
            promptIdx: 0,
            testIdx: 0,
            score: 1,
          },
          { provider: { id: "m", config: { temperature: 1 } }, promptIdx: 1, testIdx: 0, score: 0 },
        ],
      },
    },
    ["m (temperature 0) reasoning 1 1 gsm8k, score", "m (temperature 1) reasoning 0 1 gsm8k, score"],
  ],
  [
    "two promptfoo providers of one label, told apart by their ids",
    "out.json",
    {
      evalId: "e",
      config: { description: "gsm8k" },
      results: {
        version: 3,
        results: [
          { provider: { id: "a", label: "mine" }, promptIdx: 0, testIdx: 0, score: 1 },
          { provider: { id: "b", label: "mine" }, promptIdx: 1, testIdx: 0, score: 0 },
        ],
      },
    },
    ["mine (a) reasoning 1 1 gsm8k, score", "mine (b) reasoning 0 1 gsm8k, score"],
  ],
  [
    "promptfoo's old results, whose prompts have names alone",
    "out.json",
    {
      config: { description: "gsm8k" },
      results: {
        version: 2,
        results: [
          { provider: { id: "m" }, prompt: { raw: "2 + 2", display: "plain" }, score: 1 },
          { provider: { id: "m" }, prompt: { raw: "Think! 2 + 2", display: "thinking" }, score: 0 },
        ],
      },
    },
    ["m (prompt 1) reasoning 1 1 gsm8k, score", "m (prompt 2) reasoning 0 1 gsm8k, score"],
  ],
  [
    "instances of Every Eval Ever, of which one ended in an error and one was asked twice",
    "gsm8k.jsonl",
    lines(
      ...[
        ["g1", 1],
        ["g1", 0],
        ["g2", 1],
        ["g3", 0, "timeout"],
      ].map(([sample_id, score, error = null]) => ({
        schema_version: "0.2.1",
        evaluation_id: "e",
        model_id: "org/m",
        evaluation_name: "GSM8K",
        error,
        sample_id,
        evaluation: { score, is_correct: score === 1 },
      })),
    ),
    ["org/m reasoning 0.75 2 GSM8K, score, mean of samples"],
    ["line 4: no answer: the sample ended in an error"],
  ],
  [
    "instances of Every Eval Ever on another scale",
    "judged.jsonl",
    lines(
      ...[0, 1, 0.5, 4].map((score, i) => ({
        evaluation_id: "e",
        model_id: "org/m",
        evaluation_name: "GSM8K",
        sample_id: `g${i}`,
        evaluation: { score },
      })),
    ),
    [],
    ["GSM8K: score, mean of samples 4 lies outside 0 to 1: another scale"],
  ],
  [
    "SWE-bench's leaderboards, in percent",
    "leaderboards.json",
    {
      leaderboards: [
        {
          name: "Verified",
          results: [
            { name: "Agent (m)", folder: "f", resolved: 65.8 },
            { name: "Old", resolved: 0.17 },
          ],
        },
        { name: "Lite", results: [{ name: "Agent (m)", resolved: null }] },
      ],
    },
    [
      "Agent (m) tool_use 0.658 ? swe_bench Verified, resolved",
      "Old tool_use 0.0017 ? swe_bench Verified, resolved",
    ],
    ["Agent (m), swe_bench Lite: no score"],
  ],
  [
    "results of lm-eval that are a list",
    "list.json",
    { results: [{ task: "gsm8k", acc: 0.5 }], config: { model_args: "pretrained=m" } },
    [],
    ["file: its results are a list, which no version of lm-eval writes: not taken"],
  ],
];

async function write(file: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), content);
}
const textOf = (content: unknown): string =>
  typeof content === "string" ? content : JSON.stringify(content);

describe("a file of", () => {
  it.each(FILES)(
    "%s gives its scores, and says of what it leaves why",
    async (_, file, content, rows, skipped = []) => {
      await write(file, textOf(content));
      const loaded = await loadExternalEvals([folder]);
      expect(told(loaded)).toEqual(rows);
      expect(loaded.skipped.map(({ what, why }) => `${what}: ${why}`)).toEqual(skipped);
    },
  );

  it("any of these kinds, cut off anywhere or with a byte changed, is told of and gives no score outside 0 to 1", async () => {
    const damaged = fc.record({
      which: fc.nat(FILES.length - 1),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.boolean(),
      byte: fc.constantFrom(...'{}[]",:x1-e '),
    });
    await fc.assert(
      fc.asyncProperty(damaged, async ({ which, at, cut, byte }) => {
        const [, file, content] = FILES[which]!;
        const text = textOf(content);
        const place = Math.floor(at * text.length);
        await write(file, text.slice(0, place) + (cut ? "" : byte + text.slice(place + 1)));
        const loaded = await loadExternalEvals([folder]);
        for (const { score, n } of loaded.rows) expect(score >= 0 && score <= 1 && (n ?? 1) > 0).toBe(true);
        expect(loaded.rows.length + loaded.skipped.length).toBeGreaterThan(0);
        await rm(join(folder, file));
      }),
      { numRuns: 300 },
    );
  });
});
