import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadExternalEvals, type ExternalEvals, type ExternalOptions } from "../../lib/external/index.js";
import { facetMeans, toRecords } from "../../lib/table/index.js";
import { reasons, told } from "./told.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "runs-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** Loads files of these contents, by name. */
async function load(
  files: Readonly<Record<string, unknown>>,
  options?: ExternalOptions,
): Promise<ExternalEvals> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), JSON.stringify(content));
  }
  return loadExternalEvals([folder], options);
}

/** Results of lm-eval as one run of gsm8k writes them. */
function lmEval(score: number, change: Readonly<Record<string, unknown>> = {}, n = 1319): object {
  const { config = {}, ...rest } = change;
  return {
    results: { gsm8k: { "exact_match,flexible-extract": score } },
    configs: {},
    "n-samples": { gsm8k: { original: 1319, effective: n } },
    config: { model_args: "pretrained=org/m", ...(config as object) },
    model_name: "org/m",
    ...rest,
  };
}

/** A log of Inspect as one run of gpqa writes it. */
function inspect(
  id: string,
  accuracy: number,
  change: Readonly<Record<string, unknown>> = {},
  results: object = {},
): object {
  const score = { name: "choice", scored_samples: 198, metrics: { accuracy: { value: accuracy } } };
  const names = { eval_id: id, run_id: id, task_id: id, task: "gpqa_diamond", model: "openai/o3-mini" };
  return {
    version: 2,
    status: "success",
    eval: { ...names, dataset: { samples: 198 }, config: {}, ...change },
    results: { total_samples: 198, completed_samples: 198, scores: [score], ...results },
  };
}

const of = (model: string, score: number, n = 1319): string =>
  `${model} reasoning ${score} ${n} gsm8k, exact_match,flexible-extract`;

describe("runs of one model and task", () => {
  it.each([
    ["another seed", { config: { random_seed: 2 } }],
    ["another seed for generating", { config: { gen_kwargs: "seed=2" } }],
    ["another date", { date: 2 }],
  ])("with %s are repeats: rows of their own, over as many items as there are", async (_, change) => {
    const loaded = await load({
      "a.json": lmEval(0.25),
      "b.json": lmEval(0.25, change),
      "c.json": lmEval(0.75),
    });
    expect(told(loaded)).toEqual([of("org/m", 0.25), of("org/m", 0.25), of("org/m", 0.75)]);
    const [mean] = toRecords(facetMeans(loaded.rows));
    expect(mean).toMatchObject({ n: 1319, score: expect.closeTo(1.25 / 3, 6) as number });
    expect(loaded.notes).toEqual(["Averaged as repeats over the same items: 3 runs of gsm8k by org/m."]);
  });

  it("at two times told by their files' names are two, and a copy of one is none", async () => {
    const loaded = await load({
      "results_2025-01-01T00-00-00.json": lmEval(0.5),
      "results_2025-01-02T00-00-00.json": lmEval(0.5),
      "copy.json": lmEval(0.5),
    });
    expect(loaded.rows).toHaveLength(2);
    expect(loaded.skipped.map(({ why }) => why)).toEqual([
      expect.stringMatching(/^the same result is taken from/),
    ]);
  });

  it.each([
    ["4-bit", { config: { model_args: "pretrained=org/m,load_in_4bit=True" } }],
    ["8-bit", { config: { model_args: { pretrained: "org/m", load_in_8bit: true } } }],
    ["Q2_K", { config: { model_args: "pretrained=org/m,gguf_file=m-Q2_K.gguf" } }],
    ["awq", { config: { model_args: "pretrained=org/m,quantization=awq" } }],
    ["adapter org/lora", { config: { model_args: "pretrained=org/m,peft=org/lora" } }],
    ["revision step7", { config: { model_args: "pretrained=org/m,revision=step7" } }],
    ["chat template", { chat_template: "{% for m in messages %}" }],
    ["system prompt", { system_instruction: "Be brief." }],
    ["high", { config: { model_args: "pretrained=org/m,reasoning_effort=high" } }],
  ])("of a variant of the model, %s, are of a model of its own", async (variant, change) => {
    const loaded = await load({ "a.json": lmEval(0.75), "b.json": lmEval(0.5, change) });
    expect(told(loaded)).toEqual([of("org/m", 0.75), of(`org/m (${variant})`, 0.5)]);
  });

  it("whose arguments say None of a variant are of one model", async () => {
    const none = {
      config: { model_args: "pretrained=org/m,revision=None,peft=None,gguf_file=None,load_in_4bit=False" },
    };
    const loaded = await load({ "a.json": lmEval(0.75), "b.json": lmEval(0.25, { ...none, date: 2 }) });
    expect(told(loaded)).toEqual([of("org/m", 0.75), of("org/m", 0.25)]);
  });

  it.each([
    ["shots", { "n-shot": { gsm8k: 0 } }, { "n-shot": { gsm8k: 5 } }, "0-shot", "5-shot"],
    [
      "filter",
      {},
      { results: { gsm8k: { "exact_match,strict-match": 0.5 } } },
      "flexible-extract",
      "strict-match",
    ],
  ])(
    "that differ in their %s are told apart by it, with all that was run beside",
    async (_, one, other, a, b) => {
      const loaded = await load({ "a.json": lmEval(0.75, one), "b.json": lmEval(0.5, other) });
      expect(loaded.rows.map(({ model, score }) => [model, score])).toEqual([
        [`org/m (${a})`, 0.75],
        [`org/m (${b})`, 0.5],
      ]);
      const same = await load({}, { sameModel: { [`org/m (${b})`]: "org/m", [`org/m (${a})`]: "org/m" } });
      expect(same.rows.map(({ model }) => model)).toEqual(["org/m", "org/m"]);
      const renamed = await load({}, { sameModel: { "org/m": "m" } });
      expect(renamed.rows.map(({ model }) => model)).toEqual([`m (${a})`, `m (${b})`]);
      expect(renamed.skipped).toEqual([]);
    },
  );

  it("of which one tells no number of items are told to weigh as one item", async () => {
    const untold = {
      results: { arc_easy: { acc: 0.5 } },
      versions: {},
      config: { model_args: "pretrained=org/m" },
    };
    const loaded = await load({ "a.json": lmEval(0.75), "b.json": untold });
    expect(loaded.notes).toEqual([
      "Weighed as one item each, beside scores of many, since their files tell no n: b.json.",
    ]);
  });

  it("over part of the items stand aside where a whole one is, and otherwise are told to be that", async () => {
    const whole = await load({ "a.json": lmEval(1, { config: { limit: 4 } }, 4), "b.json": lmEval(0.5) });
    expect(told(whole)).toEqual([of("org/m", 0.5)]);
    expect(reasons(whole)["gsm8k"]).toBe(
      `a smoke run, and a whole run is taken from ${join(folder, "b.json")}`,
    );
    await rm(join(folder, "b.json"));
    const alone = await load({});
    expect(told(alone)).toEqual([of("org/m", 1, 4)]);
    expect(alone.files[0]?.notes).toEqual(["Smoke run: limit 4."]);
  });
});

describe("files of several runs", () => {
  it("give the same rows in whichever order they come", async () => {
    await load({
      "a.json": lmEval(0.75, { "n-shot": { gsm8k: 0 } }),
      "b.json": lmEval(0.5, { "n-shot": { gsm8k: 5 } }),
      "c.json": lmEval(0.25, { "n-shot": { gsm8k: 5 }, date: 2 }),
      "d.json": lmEval(1, { config: { limit: 4 }, "n-shot": { gsm8k: 5 } }, 4),
      "e.json": lmEval(0.1, { config: { model_args: "pretrained=org/m,load_in_4bit=True" } }),
      "f.json": inspect("f", 0.5),
    });
    const files = ["a", "b", "c", "d", "e", "f"].map((name) => join(folder, `${name}.json`));
    const expected = told(await loadExternalEvals(files)).toSorted();
    expect(expected).toHaveLength(5);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(files, { minLength: files.length }), async (shuffled) => {
        expect(told(await loadExternalEvals(shuffled)).toSorted()).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

describe("Inspect logs of one model and task", () => {
  it.each([
    [
      "effort",
      { model_generate_config: { reasoning_effort: "low" } },
      { model_generate_config: { reasoning_effort: "high" } },
      "low",
      "high",
    ],
    [
      "quantisation",
      { model_args: { load_in_4bit: true } },
      { model_args: { load_in_8bit: true } },
      "4-bit",
      "8-bit",
    ],
    ["arguments", { task_args: { fewshot: 0 } }, { task_args: { fewshot: 5 } }, "fewshot 0", "fewshot 5"],
  ])("that differ in %s are of two models", async (_, one, other, a, b) => {
    const loaded = await load({ "a.json": inspect("a", 0.25, one), "b.json": inspect("b", 0.75, other) });
    expect(loaded.rows.map(({ model, score }) => [model, score])).toEqual([
      [`openai/o3-mini (${a})`, 0.25],
      [`openai/o3-mini (${b})`, 0.75],
    ]);
  });

  it("of one table of evals that differ in effort are of two models", async () => {
    const head =
      "eval_id,run_id,task_id,task_name,model,model_generate_config,status,completed_samples,score_headline_value";
    const rows = [["low", 0.25] as const, ["high", 0.75] as const].map(
      ([effort, score]) =>
        `${effort},r,${effort},gpqa,o3-mini,"{""reasoning_effort"": ""${effort}""}",success,198,${score}`,
    );
    await writeFile(join(folder, "evals.csv"), [head, ...rows, ""].join("\n"));
    const loaded = await loadExternalEvals([folder]);
    expect(loaded.rows.map(({ model, score }) => [model, score])).toEqual([
      ["o3-mini (low)", 0.25],
      ["o3-mini (high)", 0.75],
    ]);
    expect(loaded.files[0]?.models).toEqual(["o3-mini (low)", "o3-mini (high)"]);
  });

  it("whose epochs were reduced as their settings say are told so, too", async () => {
    const config = { epochs: 4, epochs_reducer: ["pass_at_4"] };
    const loaded = await load({ "a.json": inspect("a", 0.75, { config }) });
    expect(told(loaded)[0]).toMatch(/gpqa_diamond, choice accuracy, pass_at_4 of epochs$/);
  });

  it.each([
    [
      "the metric over all groups",
      { physics: 0.25, biology: 0.75, all: 0.5 },
      "openai/o3-mini reasoning 0.5 198 gpqa_diamond, choice all",
    ],
    [
      "a lone metric that is better when higher",
      { solved: 0.5, stderr: 0.1 },
      "openai/o3-mini reasoning 0.5 198 gpqa_diamond, choice solved",
    ],
  ])("give %s", async (_, values, row) => {
    const metrics = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
    const scores = [{ name: "choice", scored_samples: 198, metrics }];
    expect(told(await load({ "a.json": inspect("a", 0, {}, { scores }) }))).toEqual([row]);
  });

  it.each([
    [
      "a rate of refusals alone",
      { refusal_rate: 0.9 },
      "choice has no metric that is known to be its score: refusal_rate",
    ],
    [
      "two metrics that none prefers",
      { first: 0.9, second: 0.1 },
      "choice has no metric that is known to be its score: first, second",
    ],
  ])("give no score of %s", async (_, values, why) => {
    const metrics = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
    const loaded = await load({ "a.json": inspect("a", 0, {}, { scores: [{ name: "choice", metrics }] }) });
    expect([loaded.rows, reasons(loaded)]).toEqual([[], { gpqa_diamond: why }]);
  });

  it("say by which reducer epochs became one, where it is not their mean", async () => {
    const scores = [
      { name: "choice", reducer: "max", scored_samples: 198, metrics: { accuracy: { value: 1 } } },
    ];
    const loaded = await load({ "a.json": inspect("a", 0, {}, { scores }), "b.json": inspect("b", 0.5) });
    expect(told(loaded)[0]).toBe(
      "openai/o3-mini reasoning 1 198 gpqa_diamond, choice accuracy, max of epochs",
    );
    expect(loaded.notes[0]).toMatch(
      /: 2 runs of .* \(by different metrics: choice accuracy, max of epochs; choice accuracy\)\.$/,
    );
  });

  it.each([
    [
      9,
      10,
      "openai/o3-mini reasoning 1 9 gpqa_diamond, choice accuracy",
      "Samples that ended in errors, and left out: 1.",
    ],
    [1, 10, null, "1 of 10 samples were completed: the others ended in errors"],
  ])("with %i of %i samples completed tell so", async (done, total, row, say) => {
    const scores = [{ name: "choice", scored_samples: done, metrics: { accuracy: { value: 1 } } }];
    const results = { scores, total_samples: total, completed_samples: done };
    const loaded = await load({ "a.json": inspect("a", 1, { dataset: { samples: total } }, results) });
    expect(told(loaded)).toEqual(row === null ? [] : [row]);
    expect([...loaded.files[0]!.notes, ...Object.values(reasons(loaded))]).toEqual([say]);
  });
});

describe("the notes on all files", () => {
  it("begin with the tasks that have no facet and what to type, and end with what loses nothing", async () => {
    const loaded = await load({
      "a.json": {
        results: { hellaswag: { acc: 0.5 }, piqa: { acc: 0.5 }, pile: { word_perplexity: 3 } },
        versions: {},
        config: { model_args: "pretrained=m" },
      },
      "run/run_spec.json": { name: "gsm", adapter_spec: {} },
    });
    expect(loaded.notes).toEqual([
      "No score could be taken.",
      'No facet is known for these 2 tasks: hellaswag, piqa. Give each one: --facet hellaswag=reasoning on the command line, or { facetOf: { "hellaswag": "reasoning" } } in the notebook.',
      "Skipped pile: no metric that is bounded and better when higher.",
      "Skipped run_spec.json: part of a HELM run, whose scores stand in stats.json.",
    ]);
  });
});
