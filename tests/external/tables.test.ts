import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadExternalEvals, type ExternalEvals, type ExternalOptions } from "../../lib/external/index.js";
import { told } from "./told.js";
import { workbookOf } from "./workbookFixture.js";
import { zipOf } from "./zipFixture.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tables-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function load(
  content: string | Uint8Array,
  ending = "csv",
  options: ExternalOptions = {},
): Promise<ExternalEvals> {
  const file = join(folder, `${(files += 1)}.${ending}`);
  await writeFile(file, content);
  return loadExternalEvals([file], options);
}
/** Rows as "model facet score n task, metric", and what was not taken. */
const rowsOf = (loaded: ExternalEvals): string[] => told(loaded).map((row) => row.replace(" ?", ""));
const skipsOf = ({ skipped }: ExternalEvals): string[] => skipped.map(({ what, why }) => `${what}: ${why}`);

/** The same four scores in each of these. */
const FOUR = ["A reasoning 0.8", "A coding 0.6", "B reasoning 0.7", "B coding 0.5"];

describe("a table of models by facets", () => {
  it.each([
    ["commas", "csv", "model,reasoning,coding\nA,0.8,0.6\nB,0.7,0.5\n"],
    ["synonyms in any case", "csv", "Model Name,Reasoning,CODE\nA,0.8,0.6\nB,0.7,0.5\n"],
    ["pandas' index", "csv", ",reasoning,coding\nA,0.8,0.6\nB,0.7,0.5\n"],
    ["a model's column of another name", "csv", "who,reasoning,coding\nA,0.8,0.6\nB,0.7,0.5\n"],
    ["tabs and decimal commas", "tsv", "model\treasoning\tcoding\nA\t0,8\t0,6\nB\t0,7\t0,5\n"],
    ["percent in the heads", "csv", "model,reasoning (%),coding (%)\nA,80,60\nB,70,50\n"],
    ["its own separator", "csv", "sep=;\nmodel;reasoning;coding\nA;0,8;0,6\nB;0,7;0,5\n"],
    ["a title and a comment", "csv", "Our runs,,\n# of May\nmodel,reasoning,coding\nA,0.8,0.6\nB,0.7,0.5\n"],
    ["spreads", "csv", "model,reasoning,coding\nA,80.0 ± 1.2,60 +/- 2\nB,70 (1.1),50 [48; 52]\n"],
    ["bold and footnotes", "csv", "model,reasoning,coding\n**A**,**0.8**,0.6*\n`B`,0.7†,0.5\n"],
    ["mixed ends of lines", "csv", "model,reasoning,coding\r\nA,0.8,0.6\nB,0.7,0.5\r"],
    [
      "averages and parameters",
      "csv",
      "model,Params (B),reasoning,coding,Average\nA,7,0.8,0.6,0.7\nB,8,0.7,0.5,0.6\n",
    ],
    [
      "heads in levels, as pandas writes them",
      "csv",
      ",reasoning,reasoning,coding,coding\n,mean,std,mean,std\nmodel,,,,\nA,0.8,0.01,0.6,0.02\nB,0.7,0.02,0.5,0.03\n",
    ],
    ["the index's name below the heads", "csv", "task,reasoning,coding\nmodel,,\nA,0.8,0.6\nB,0.7,0.5\n"],
    ["errors up and down", "csv", "model,reasoning,coding\nA,80 +1.2/-1.3,60\nB,70 +1.0/-1.1,50\n"],
    [
      "LaTeX's marks",
      "md",
      "| Model | Reasoning | Coding |\n|--|--|--|\n| A | \\textbf{0.8} | 0.6 $\\pm$ 0.1 |\n| B | $\\mathbf{0.7}$ | 0.5 |\n",
    ],
    [
      "medals, footnotes and links by number",
      "md",
      "| Model | Reasoning | Coding |\n|--|--|--|\n| 🥇 [A][1] | 0.8 | 0.6 |\n| B[^1] | 0.7 | 0.5 |\n",
    ],
    [
      "rows that sum up the others",
      "csv",
      "model,reasoning,coding\nA,0.8,0.6\nB,0.7,0.5\nStd Dev,0.05,0.05\nMax,0.8,0.6\nMacro Avg,0.75,0.55\n",
    ],
    ["a row of averages", "csv", "model,reasoning,coding\nA,0.8,0.6\nB,0.7,0.5\nAverage,0.75,0.55\n"],
    [
      "Markdown",
      "md",
      "# Runs\n\n| Model | Reasoning | Coding |\n|:--|--:|--:|\n| A | 0.8 | 0.6 |\n| [B](http://b) | **0.7** | 0.5 |\n\nEnd | of it.\n",
    ],
    [
      "JSON records",
      "json",
      '[{"model":"A","reasoning":0.8,"coding":0.6},{"model":"B","reasoning":0.7,"coding":0.5}]',
    ],
    [
      "JSON by columns",
      "json",
      '{"model":{"0":"A","1":"B"},"reasoning":{"0":0.8,"1":0.7},"coding":{"0":0.6,"1":0.5}}',
    ],
    ["JSON split", "json", '{"columns":["model","reasoning","coding"],"data":[["A",0.8,0.6],["B",0.7,0.5]]}'],
    ["JSON lists by column", "json", '{"model":["A","B"],"reasoning":[0.8,0.7],"coding":[0.6,0.5]}'],
    ["JSON lists", "json", '[["model","reasoning","coding"],["A",0.8,0.6],["B",0.7,0.5]]'],
    ["JSON by model", "json", '{"A":{"reasoning":0.8,"coding":0.6},"B":{"reasoning":0.7,"coding":0.5}}'],
    [
      "JSON within a dump",
      "json",
      '{"meta":{"n":2},"models":[{"name":"A","scores":{"reasoning":0.8,"coding":0.6}},{"name":"B","scores":{"reasoning":0.7,"coding":0.5}}]}',
    ],
    [
      "JSON lines",
      "jsonl",
      '{"model":"A","reasoning":0.8,"coding":0.6}\n{"model":"B","reasoning":0.7,"coding":0.5}\n',
    ],
    [
      "pictures, and bold links by number behind medals",
      "md",
      "|Model|Reasoning|Coding|\n|--|--|--|\n|🥇 [**A**][1]|0.8|0.6|\n|![logo](b.png) B[^1]|0.7|0.5|\n",
    ],
    [
      "merged heads above a spread and a score",
      "csv",
      "Model,Reasoning,,Coding\n,Std,Acc,Std,Acc\nA,0.1,0.8,0.1,0.6\nB,0.1,0.7,0.1,0.5\n",
    ],
    [
      "spreads, quantiles, ratios and money beside",
      "csv",
      "model,reasoning,reasoning sd,reasoning 2.5%,reasoning p95,reasoning $,coding,coding z-score,coding vs B\nA,0.8,0.1,0.7,0.9,1,0.6,0.5,0.9\nB,0.7,0.1,0.6,0.8,1,0.5,0.4,1\n",
    ],
    [
      "rows of quantiles, differences and averages of all",
      "csv",
      "model,reasoning,coding\nA,0.8,0.6\nB,0.7,0.5\n25%,0.7,0.5\nΔ,0.1,0.1\nAverage (all),0.7,0.5\n",
    ],
    [
      "JSON split by the names in its index",
      "json",
      '{"index":["A","B"],"columns":["reasoning","coding"],"data":[[0.8,0.6],[0.7,0.5]]}',
    ],
    [
      "JSON lists of results within models",
      "json",
      '[{"model":"A","results":[{"facet":"reasoning","score":0.8},{"facet":"coding","score":0.6}]},{"model":"B","results":[{"facet":"reasoning","score":0.7},{"facet":"coding","score":0.5}]}]',
    ],
    ["gzip", "csv.gz", gzipSync("model,reasoning,coding\nA,0.8,0.6\nB,0.7,0.5\n")],
    [
      "a workbook",
      "xlsx",
      workbookOf([
        ["model", "reasoning", "coding"],
        ["A", 0.8, 0.6],
        ["B", 0.7, 0.5],
      ]),
    ],
  ])("is read with %s", async (_, ending, content) => {
    expect(rowsOf(await load(content, ending))).toEqual(FOUR);
  });

  it("may stand the other way round", async () => {
    const loaded = await load("Benchmark (Metric),# Shots,A,B\nGSM8K (EM),8,80.1,70.2\nAverage,-,80,70\n");
    expect(rowsOf(loaded)).toEqual([
      "A reasoning 0.801 GSM8K (EM), score",
      "B reasoning 0.702 GSM8K (EM), score",
    ]);
    expect(skipsOf(loaded)).toEqual([
      "row 2 (A, Average): a summary of the others",
      "row 2 (B, Average): a summary of the others",
    ]);
    expect(loaded.files[0]?.notes).toEqual(["1 column left out: # Shots."]);
  });

  it("may have models for heads below a corner that says nothing", async () => {
    const loaded = await load(",GPT-4o,Llama 3\nGSM8K,92.5,84.5\nHumanEval,90.2,72.6\n");
    expect(rowsOf(loaded).map((row) => row.split(" ", 4).join(" "))).toEqual([
      "GPT-4o reasoning 0.925 GSM8K,",
      "Llama 3 reasoning 0.845",
      "GPT-4o coding 0.902 HumanEval,",
      "Llama 3 coding 0.726",
    ]);
  });

  it("is of single items where these are numbered and each is correct or not", async () => {
    const loaded = await load(
      "model,benchmark,id,is_correct\nA,gsm8k,1,TRUE\nA,gsm8k,2,FALSE\nB,gsm8k,1,1\nB,gsm8k,2,1\n",
    );
    expect(loaded.rows.map(({ model, score }) => `${model} ${score}`)).toEqual(["A 1", "A 0", "B 1", "B 1"]);
    expect(loaded.files[0]?.notes).toEqual([
      "Averaged as different items: 4 rows of 2 pairs of model and facet.",
    ]);
  });

  it("says where one task may hold another", async () => {
    const loaded = await load("model,GPQA,GPQA Diamond\nA,40,50\nB,30,45\n");
    expect(loaded.files[0]?.notes).toContain("Taken each, although they may overlap: GPQA Diamond and GPQA.");
  });

  it("says which columns it leaves out, and which tasks have no facet", async () => {
    const loaded = await load(
      "fullname,Precision,IFEval Raw,IFEval,MMLU-PRO,License,gsm8k_stderr\norg/A,bf16,0.61,61.2,40.5,mit,0.1\norg/A,4bit,0.51,51.2,30.5,mit,0.1\n",
    );
    expect(rowsOf(loaded)).toEqual([
      "org/A (bf16) instruction 0.612 IFEval, score",
      "org/A (4bit) instruction 0.512 IFEval, score",
    ]);
    expect(skipsOf(loaded)).toEqual(["MMLU-PRO: no facet is known for this task; name one with facetOf"]);
    expect(loaded.files[0]?.notes).toEqual([
      "4 columns left out: Precision, IFEval Raw, License, gsm8k_stderr.",
    ]);
  });

  it("counts all tasks that have no facet, also those that it does not name", async () => {
    const tasks = Array.from({ length: 500 }, (_, i) => `task_${i}`);
    const { notes } = await load(`model,${tasks.join()},gsm8k\nA,${tasks.map(() => 50).join()},80\n`);
    expect(notes).toEqual([
      expect.stringMatching(/^No facet is known for these 500 tasks: task_0, .*, task_19 and 480 more\./),
    ]);
  });

  it("takes the tasks that facetOf names", async () => {
    const facetOf = { "MMLU-PRO": "knowledge" };
    const loaded = await load("model,MMLU-PRO,HellaSwag\nA,40.5,80.1\n", "csv", { facetOf });
    expect(rowsOf(loaded)).toEqual(["A knowledge 0.405 MMLU-PRO, score"]);
  });

  it("ends where another table begins, rather than read it under the wrong heads", async () => {
    const loaded = await load("model,reasoning,coding\nA,0.8,0.6\nmodel,coding,reasoning\nB,0.5,0.7\n");
    expect(rowsOf(loaded)).toEqual(["A reasoning 0.8", "A coding 0.6"]);
    expect(skipsOf(loaded)).toEqual(["row 2: another table begins here: give it a file of its own"]);
  });
});

describe("a large CSV", () => {
  it("is none the less one with a line in a cell that would be the rule of a Markdown table", async () => {
    const answer = `"a table:\n|---|---|\n${"long ".repeat(2000)}"`;
    const rows = Array.from({ length: 900 }, (_, i) => `m${i},f,0.5,${answer}`);
    expect(rowsOf(await load(["model,facet,score,answer", ...rows].join("\n")))).toHaveLength(900);
  });
});

describe("a cell", () => {
  it.each<[string, number, number?]>([
    ["0.86 (12/14)", 0.86, 14],
    ["12/14", 12 / 14, 14],
    ["0.551 (0.014)", 0.551],
    ["0.5 (n=40)", 0.5, 40],
    ["45.5 %", 0.455],
    ["True", 1],
    ["fail", 0],
    ["✓", 1],
    ["0.8 +0.1/-0.2", 0.8],
    ["85.3⁴", 0.853],
    ["80<sub>1.2</sub>", 0.8],
    ['"0,853"', 0.853],
    ["4.5/5", 0.9],
  ])("%s is %d, of %s items", async (cell, score, n) => {
    const { rows } = await load(`model,facet,score\nm,coding,${cell}\n`);
    expect(rows.map((row) => [row.score, row.n])).toEqual([[score, n]]);
  });

  it.each(['"1,319"', "15/14", "0.86 (3/14)", "12 (86%)", "0.5-0.7", "~0.5", "1e3", "#DIV/0!", "0.5 0.6"])(
    "%s is no score",
    async (cell) => {
      const loaded = await load(`model,facet,score\nm,coding,${cell}\nm,reasoning,0.5\n`);
      expect(rowsOf(loaded)).toEqual(["m reasoning 0.5"]);
      expect(loaded.skipped).toHaveLength(1);
    },
  );

  it('of a count reads "1,319" as a thousand and more, and rows without one are told', async () => {
    const loaded = await load('model,facet,score,n\na,coding,0.5,"1,319"\nb,coding,0.4,\n');
    expect(told(loaded)).toEqual(["a coding 0.5 1319", "b coding 0.4 ?"]);
    expect(loaded.files[0]?.notes).toEqual(["Scores without n: 1, each weighed as one item."]);
  });

  it("past the last head refuses its row, as an unquoted decimal comma would make", async () => {
    const loaded = await load("model,facet,score\nA,coding,0,85\nB,coding,0.5,\n");
    expect(rowsOf(loaded)).toEqual(["B coding 0.5"]);
    expect(skipsOf(loaded)).toEqual(["row 1: 4 cells under 3 columns: put a decimal comma in quotes"]);
  });
});

describe("the scale of a facet", () => {
  const judge = "model,facet,score\nA,reasoning,0.8\nB,reasoning,0.6\nA,chat,8.5\nB,chat,7.5\n";

  it("is asked about where it may be 0–10, and the other facets are kept", async () => {
    const loaded = await load(judge);
    expect(rowsOf(loaded)).toEqual(["A reasoning 0.8", "B reasoning 0.6"]);
    expect(loaded.skipped).toMatchObject([
      {
        what: "chat",
        why: 'the scale of "chat" is unclear (from 7.5 to 8.5): say what counts as 1, as in scaleOf: { "chat": 10 } or --scale "chat"=10',
        count: 2,
      },
    ]);
  });

  it("is what scaleOf says", async () => {
    const loaded = await load(judge, "csv", { scaleOf: { chat: 10 } });
    expect(rowsOf(loaded)).toEqual(["A reasoning 0.8", "B reasoning 0.6", "A chat 0.85", "B chat 0.75"]);
  });

  it.each([
    ["the noise of adding up", "1.0000000000000002,0.7", [1, 0.7]],
    ["the noise of percent", "100.00000000000001,70", [1, 0.7]],
    ["nothing but zeros", "0,0", [0, 0]],
    ["a sign in an unclear group", "45%,8.5", [0.45]],
    ["numbers up to 5", "4.5,3.5", []],
    ["percent", "95.5,7.5", [0.955, 0.075]],
    ["numbers beyond 100", "1200,1150,80", []],
    ["percent beside ones and zeros, which may be either", "64.5,1,0", [0.645]],
  ])("with %s", async (_, cells, scores) => {
    const lines = cells.split(",").map((cell, i) => `m${i},coding,${cell}\n`);
    const { rows } = await load(`model,facet,score\n${lines.join("")}`);
    expect(rows.map(({ score }) => score)).toEqual(scores);
  });

  it("of fractions that percent outnumber is asked about: they may be below 1 %", async () => {
    const loaded = await load("model,reasoning,coding,aime\nA,80.1,60.1,0.8\nB,70.1,50.1,0.4\n");
    expect(new Set(loaded.rows.map(({ facet }) => facet))).toEqual(new Set(["reasoning", "coding"]));
    expect(loaded.rows).toHaveLength(4);
  });
});

describe("a JSON file whose objects are no models", () => {
  it.each([
    [
      "metrics by task",
      '{"scores":{"gsm8k":{"acc":0.5},"arc_easy":{"acc":0.6}},"n":{"gsm8k":{"acc":9},"arc_easy":{"acc":9}}}',
    ],
    ["tasks by metric", '{"acc":{"gsm8k":0.5,"arc_easy":0.6},"acc_norm":{"gsm8k":0.5,"arc_easy":0.6}}'],
    ["tasks by facet", '{"reasoning":{"gsm8k":0.5,"aime":0.6},"coding":{"humaneval":0.5,"mbpp":0.6}}'],
    ["tasks alone", '{"results":{"gsm8k":0.5,"arc_easy":0.6}}'],
  ])("gives no scores: %s", async (_, content) => {
    expect((await load(content, "json")).rows).toEqual([]);
  });

  it("may hold rows under the keys of another format", async () => {
    const loaded = await load(
      '{"results":[{"model":"A","facet":"reasoning","score":0.8}],"config":{"a":1}}',
      "json",
    );
    expect(rowsOf(loaded)).toEqual(["A reasoning 0.8"]);
  });
});

describe("tables of tools", () => {
  it("that lm-eval prints: the model of the line above, a metric a task, no groups", async () => {
    const loaded = await load(
      [
        "hf (pretrained=org/A,dtype=auto), limit: None",
        "| Tasks |Version| Filter |n-shot| Metric | |Value | |Stderr|",
        "|---|--:|---|--:|---|---|--:|---|--:|",
        "|gsm8k| 3|flexible-extract| 5|exact_match|↑|0.5003|±|0.0138|",
        "| | |strict-match| 5|exact_match|↑|0.4003|±|0.0138|",
        "|ai2_arc| 1|none| 0|acc|↑|0.7100|±|0.0138|",
        "| - arc_easy| 1|none| 0|acc|↑|0.7700|±|0.0145|",
        "| | |none| 0|acc_norm|↑|0.7800|±|0.0145|",
        "|wikitext| 2|none| 0|word_perplexity|↓|10.7|±|N/A|",
        "",
        "|Groups|Version|Filter|n-shot|Metric| |Value| |Stderr|",
        "|---|--:|---|--:|---|---|--:|---|--:|",
        "|ai2_arc| 1|none| 0|acc|↑|0.7100|±|0.0138|",
      ].join("\n"),
      "md",
    );
    expect(rowsOf(loaded)).toEqual([
      "org/A reasoning 0.5003 gsm8k, exact_match,flexible-extract",
      "org/A reasoning 0.78 arc_easy, acc_norm",
    ]);
  });

  it("with a metric a row take one metric a task", async () => {
    const loaded = await load(
      "model,task,metric,score\nA,arc_easy,acc,0.7\nA,arc_easy,acc_norm,0.75\nA,wikitext,word_perplexity,12\n",
    );
    expect(rowsOf(loaded)).toEqual(["A reasoning 0.75 arc_easy, acc_norm"]);
    expect(skipsOf(loaded)).toEqual([
      "row 1 (A, arc_easy): one score a task is taken: acc_norm, not acc",
      "row 3 (A, wikitext): no metric that is bounded and better when higher",
    ]);
  });

  it("with a column a metric take the score, and say which they leave out", async () => {
    const loaded = await load(
      "model,task,acc,f1,date\nA,gsm8k,0.8,0.7,2025-01-01\nB,gsm8k,0.6,0.5,2025-01-01\n",
    );
    expect(rowsOf(loaded)).toEqual(["A reasoning 0.8 gsm8k, score", "B reasoning 0.6 gsm8k, score"]);
    expect(loaded.files[0]?.notes).toEqual(["One score a row is taken, and left out: f1."]);
  });

  it("of promptfoo keep two prompts of one provider apart, and leave out answers that never came", async () => {
    const loaded = await load(
      '"category","[openai:x] Solve","[openai:x] Think"\n"reasoning","[PASS] 4","[FAIL] no\n---\n5"\n"coding","[ERROR] 429","[PASS] 1"\n',
    );
    expect(rowsOf(loaded)).toEqual([
      "openai:x reasoning 1",
      "openai:x (prompt 2) reasoning 0",
      "openai:x (prompt 2) coding 1",
    ]);
  });

  it.each([
    [
      "shots",
      "model,task,score,shots\nA,gsm8k,0.5,0\nA,gsm8k,0.7,5\nB,gsm8k,0.6,5\n",
      ["A (0-shot) reasoning 0.5", "A (5-shot) reasoning 0.7", "B reasoning 0.6"],
    ],
    [
      "thinking",
      "model,thinking,gsm8k\nA,on,0.9\nA,off,0.5\n",
      ["A (thinking on) reasoning 0.9", "A (thinking off) reasoning 0.5"],
    ],
    [
      "split",
      "model,split,shots,task,score\nA,train,5-shot,gsm8k,0.9\nA,test,5-shot,gsm8k,0.5\n",
      ["A (split train) reasoning 0.9", "A (split test) reasoning 0.5"],
    ],
    [
      "thinking, told of one alone",
      "model,thinking,gsm8k\nA,on,0.9\nA,,0.5\n",
      ["A (thinking on) reasoning 0.9", "A (thinking not told) reasoning 0.5"],
    ],
    [
      "subset, one of them called main",
      "model,task,subset,score\nA,gsm8k,main,0.5\nA,gsm8k,socratic,0.7\n",
      ["A (subset main) reasoning 0.5", "A (subset socratic) reasoning 0.7"],
    ],
    [
      "precision and effort",
      "model,precision,effort,facet,score\nA,bf16,low,coding,0.5\nA,bf16,high,coding,0.3\n",
      ["A (bf16, low) coding 0.5", "A (bf16, high) coding 0.3"],
    ],
    [
      "temperature, of models by tasks",
      "model,temperature,gsm8k,mbpp\nA,0,0.5,0.4\nA,1,0.6,0.3\n",
      [
        "A (temperature 0) reasoning 0.5",
        "A (temperature 0) coding 0.4",
        "A (temperature 1) reasoning 0.6",
        "A (temperature 1) coding 0.3",
      ],
    ],
  ])("that differ in %s are of models of their own", async (_, content, expected) => {
    const loaded = await load(content);
    expect(rowsOf(loaded).map((row) => row.replace(/ (?:gsm8k|mbpp), .*/, ""))).toEqual(expected);
  });

  it.each([
    [
      "shots in their heads",
      "model,gsm8k (0-shot),gsm8k (5-shot)\nA,50,60\nB,55,65\n",
      [
        "A (0-shot) reasoning 0.5",
        "A (5-shot) reasoning 0.6",
        "B (0-shot) reasoning 0.55",
        "B (5-shot) reasoning 0.65",
      ],
      [],
    ],
    [
      "more tries in their heads",
      "model,humaneval pass@1,humaneval pass@10\nA,30,70\n",
      ["A coding 0.3"],
      ["1 column left out: humaneval pass@10."],
    ],
    [
      "what is no share",
      "model,gsm8k,Δ gsm8k,gsm8k change,gsm8k correct,gsm8k total,gsm8k_low,gsm8k errors\nA,50,15,15,12,14,45,20\n",
      ["A reasoning 0.5"],
      ["6 columns left out: Δ gsm8k, gsm8k change, gsm8k correct, gsm8k total, gsm8k_low, gsm8k errors."],
    ],
    [
      "models of any name in their heads",
      "benchmark,gpt-5 (high),qwen max,Average\nGSM8K,90,70,80\n",
      ["gpt-5 (high) reasoning 0.9", "qwen max reasoning 0.7"],
      ["1 column left out: Average."],
    ],
    [
      "a model in two rows",
      "model,gsm8k,mbpp\nA,0.8,0.6\nA,0.7,0.6\n",
      ["A reasoning 0.8", "A coding 0.6", "A reasoning 0.7"],
      [],
    ],
    ["counts of how many", "model,task,correct,total\nA,gsm8k,3,4\n", ["A reasoning 0.75 4"], []],
    [
      "points of so many",
      "model,task,score,max_score\nA,gsm8k,3,4\nB,gsm8k,1,4\n",
      ["A reasoning 0.75", "B reasoning 0.25"],
      [],
    ],
  ])("with %s give no number that is none", async (_, content, expected, notes) => {
    const loaded = await load(content);
    expect(rowsOf(loaded).map((row) => row.replace(/ (?:gsm8k|humaneval|GSM8K|mbpp)\b.*/, ""))).toEqual(
      expected,
    );
    expect(loaded.files[0]!.notes).toEqual(notes);
  });

  it("take their scale from the counts that they come with", async () => {
    const loaded = await load("model,reasoning,coding\nA,0.8 (4/5),(6/10)\nB,70 (7/10),1/2\n");
    const scores = ["A reasoning 0.8 5", "A coding 0.6 10", "B reasoning 0.7 10", "B coding 0.5 2"];
    expect(rowsOf(loaded)).toEqual(scores);
  });

  it("of one task by several filters are of the one that it is judged by", async () => {
    const loaded = await load(
      "model,task,filter,score\nA,gsm8k,strict-match,0.1\nA,gsm8k,flexible-extract,0.5\n",
    );
    expect(rowsOf(loaded)).toEqual(["A reasoning 0.5 gsm8k, score,flexible-extract"]);
  });

  it("of several epochs are repeats where they tell their items, and single answers where not", async () => {
    const told = await load("model,facet,score,n,epoch\nA,coding,0.5,9,1\nA,coding,0.6,9,2\n");
    expect(told.rows.map(({ repeats }) => repeats)).toEqual([2, 2]);
    const single = await load("model,facet,score,epoch\nA,coding,1,1\nA,coding,0,2\n");
    expect(single.rows.map(({ repeats }) => repeats)).toEqual([undefined, undefined]);
  });

  it("of several seeds are repeats over the same items, equal ones among them", async () => {
    const loaded = await load(
      "model,facet,score,n,seed\nA,coding,0.5,1319,1\nA,coding,0.5,1319,2\nB,coding,0.4,9,1\n",
    );
    expect(loaded.rows.map(({ n, repeats }) => [n, repeats])).toEqual([
      [1319, 2],
      [1319, 2],
      [9, undefined],
    ]);
  });

  it("of parts of BFCL are left out beside the model's overall accuracy", async () => {
    const files = [
      ["overall", "Rank,Overall Acc,Model\n1,77.47%,A (FC)\n"],
      ["multi_turn", "Rank,Model,Multi Turn Overall Acc\n1,A (FC),68.38%\n2,B,20%\n"],
    ] as const;
    const paths = files.map(([name]) => join(folder, `data_${name}.csv`));
    for (const [i, [, content]] of files.entries()) await writeFile(paths[i]!, content);
    const loaded = await loadExternalEvals(paths);
    expect(rowsOf(loaded)).toEqual([
      "A (FC) tool_use 0.7747 bfcl, Overall Acc",
      "B tool_use 0.2 bfcl multi turn, Multi Turn Overall Acc",
    ]);
    expect(skipsOf(loaded)).toEqual([`bfcl multi turn: part of a score that is taken from ${paths[0]}`]);
  });

  it("of a part of BFCL give that part", async () => {
    const loaded = await load("Rank,Model,Multi Turn Overall Acc,Base\n1,A (FC),68.38%,81.00%\n");
    expect(rowsOf(loaded)).toEqual(["A (FC) tool_use 0.6838 bfcl multi turn, Multi Turn Overall Acc"]);
  });
});

describe("a workbook", () => {
  it("is read where its heads stand below a title, in the first sheet that has some, hidden ones apart", async () => {
    const loaded = await load(
      workbookOf(
        [["notes"], ["none"]],
        [["hidden", "model", "facet", "score"]],
        [
          ["Runs & more"],
          [],
          ["model", "facet", "score"],
          ["A <1>", "reasoning", true],
          ["B", "coding", 0.25],
        ],
      ),
      "xlsx",
    );
    expect(rowsOf(loaded)).toEqual(["A <1> reasoning 1", "B coding 0.25"]);
    expect(loaded.files).toMatchObject([
      { format: "Excel sheet", notes: ["Sheets that are not read: Sheet1."] },
    ]);
  });

  it("without a sheet of scores, and files of other kinds, say in a line what they are", async () => {
    expect(
      skipsOf(
        await load(
          workbookOf([
            ["a", "b"],
            [1, 2],
          ]),
          "xlsx",
        ),
      ),
    ).toEqual(["file: no sheet of model, facet and score in it: save that as .xlsx or CSV"]);
    const ods = zipOf([{ name: "mimetype", content: "application/vnd.oasis.opendocument.spreadsheet" }]);
    expect(skipsOf(await load(ods, "a.ods"))).toEqual([
      "file: an OpenDocument file, as .ods: save it as .xlsx or CSV",
    ]);
    expect(skipsOf(await load(Buffer.from("d0cf11e0a1b11ae1", "hex"), "xls"))).toEqual([
      "file: an Excel workbook of before 2007, or under a password: save it as plain .xlsx or CSV",
    ]);
    expect(skipsOf(await load("PAR1\u0015", "parquet"))).toEqual([
      "file: a Parquet or Feather file: save it as CSV",
    ]);
    expect(skipsOf(await load(gzipSync("model,facet,score\n").subarray(0, 15), "csv.gz"))).toEqual([
      "file: its gzip data is damaged or cut off",
    ]);
  });
});

describe("a Markdown table whose rule is torn", () => {
  it("keeps its heads, and loses the row that the tear made", async () => {
    const loaded = await load("| Model | Reasoning | Coding |\n|:--|--:|\n-:|\n| A | 0.8 | 0.6 |\n", "md");
    expect(rowsOf(loaded)).toEqual(["A reasoning 0.8", "A coding 0.6"]);
  });

  it("at any place throws no error but one that is told", async () => {
    const text = "| Model | Reasoning | Coding |\n|:--|--:|--:|\n| A | 0.8 | 0.6 |\n| - B | 0.7 | 0.5 |\n";
    const change = fc.tuple(fc.nat(text.length - 1), fc.constantFrom("\n", "|", "-", " ", '"', ","));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const letters = [...text];
        for (const [at, letter] of changes) letters[at] = letter;
        const loaded = await load(letters.join(""), "md").catch((error: Error) => error);
        expect(!(loaded instanceof Error) || loaded.message.includes(" lacks ")).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe("an odd table", () => {
  it.each<[string, string, string, readonly string[], readonly string[]]>([
    [
      "heads of groups above those of tasks",
      "csv",
      ",Reasoning,,Coding\nModel,GSM8K,AIME,MBPP\nA,80,40,60\n",
      ["A reasoning 0.8", "A reasoning 0.4", "A coding 0.6"],
      [],
    ],
    [
      "a blank corner before tabs",
      "txt",
      "\tGSM8K\tMBPP\nA\t80\t60\n",
      ["A reasoning 0.8", "A coding 0.6"],
      [],
    ],
    [
      "footnotes, breaks and slanted names in HTML and Markdown",
      "md",
      "| Model | GSM8K | MBPP |\n|--|--|--|\n| <b>A</b><br>(7B) | 8<sup>1</sup> | 60 |\n| *B* | 70 | 50 |\n",
      ["A (7B) reasoning 0.08", "A (7B) coding 0.6", "B reasoning 0.7", "B coding 0.5"],
      [],
    ],
    [
      "units in words, spreads and how many items in its heads",
      "csv",
      "model,Reasoning (in %),GSM8K ±,MBPP (n=1319)\nA,80,1.2,60\nB,70,1.1,50\n",
      ["A reasoning 0.8", "A coding 0.6 1319", "B reasoning 0.7", "B coding 0.5 1319"],
      ["1 column left out: GSM8K ±."],
    ],
    [
      "tasks that hold no numbers, or stand twice",
      "csv",
      "model,gsm8k,aime,aime,mbpp,bfcl\nA,80–82,1,2,60,-\nB,<1%,1,2,50,\n",
      ["A coding 0.6", "B coding 0.5"],
      [
        "aime: two columns of this name: it cannot be told which is the score",
        'gsm8k: no score in its cells, as "80–82"',
        'bfcl: no score in its cells, as "-"',
      ],
    ],
    [
      "counts beside what could be percent",
      "csv",
      "model,swe_bench resolved,gsm8k\nA,120,80\nB,90,70\n",
      ["A reasoning 0.8", "B reasoning 0.7"],
      ['swe_bench resolved: the scale of "swe_bench resolved" is unclear'],
    ],
    [
      "rows that ended in errors",
      "csv",
      "model,task,score,status\nA,gsm8k,0.8,ok\nB,gsm8k,0,error\nC,gsm8k,0,Timed out\n",
      ["A reasoning 0.8"],
      ['row 2 (B, gsm8k): the score is not a number: "status error"'],
    ],
    [
      "metrics that it calls better when lower",
      "csv",
      "model,task,score,higher_is_better\nA,gsm8k,0.8,True\nA,mbpp,0.2,False\n",
      ["A reasoning 0.8"],
      ['row 2 (A, mbpp): the score is not a number: "higher_is_better False"'],
    ],
    [
      "NaN in JSON lines",
      "jsonl",
      '{"model":"A","task":"gsm8k","score":NaN}\n{"model":"B","task":"gsm8k","score":0.5}\n',
      ["B reasoning 0.5"],
      ['row 1 (A, gsm8k): no score: "NaN"'],
    ],
    [
      "lists where scores should be",
      "json",
      '[{"model":"A","gsm8k":[0.8,0.7],"mbpp":0.5},{"model":"B","gsm8k":[0.6],"mbpp":0.4}]',
      ["A coding 0.5", "B coding 0.4"],
      ['gsm8k: no score in its cells, as "[0.8,0.7]"'],
    ],
    [
      "models across and tasks down, below any corner",
      "md",
      "| | Base | Ours 2 |\n|--|--|--|\n| Params | 7B | 8B |\n| GSM8K | 80 | 90 |\n| MBPP | 60 | 70 |\n",
      ["Base reasoning 0.8", "Ours 2 reasoning 0.9", "Base coding 0.6", "Ours 2 coding 0.7"],
      ['row 1 (Base, Params): the score is not a number: "7B"'],
    ],
    [
      "another table of two columns below",
      "csv",
      "model,gsm8k\nA,80\nB,70\n\nmodel,mbpp\nA,60\n",
      ["A reasoning 0.8", "B reasoning 0.7"],
      ["row 3: another table begins here: give it a file of its own"],
    ],
    [
      "two columns of one task, as pandas names them",
      "csv",
      "model,gsm8k,gsm8k.1,mbpp\nA,80,12.5,60\nB,70,11.5,50\n",
      ["A coding 0.6", "B coding 0.5"],
      ["gsm8k.1: two columns of this name"],
    ],
    [
      "a plus in one of two heads that say accuracy",
      "csv",
      "model,HumanEval Acc,HumanEval+ Acc,MT-Bench (score)\nA,90,80,70\n",
      ["A coding 0.9", "A coding 0.8"],
      ["MT-Bench: no facet is known", "HumanEval+ and HumanEval"],
    ],
    [
      "precision as a metric",
      "csv",
      "model,task,precision,recall,accuracy,pass@5\nA,gsm8k,0.81,0.79,0.8,0.9\nA,mbpp,0.61,0.59,0.6,0.7\n",
      ["A reasoning 0.8", "A coding 0.6"],
      ["left out: recall, pass@5."],
    ],
    [
      "answers that are correct or not",
      "csv",
      "model,task,question_id,correct\nA,gsm8k,1,1\nA,gsm8k,2,0\nB,gsm8k,1,0\nB,gsm8k,2,0\n",
      ["A reasoning 1", "A reasoning 0", "B reasoning 0", "B reasoning 0"],
      ["4 rows of 2 pairs"],
    ],
    [
      "answers that are correct so many times",
      "csv",
      "model,task,question_id,correct\nA,gsm8k,1,1\nA,mbpp,2,5\n",
      [],
      ['the scale of "gsm8k" is unclear', 'the scale of "mbpp" is unclear'],
    ],
    [
      "correct answers in percent beside how many there are",
      "csv",
      "model,task,correct (%),n\nA,gsm8k,80,1319\n",
      ["A reasoning 0.8 1319"],
      [],
    ],
    [
      "a share under the head of a count",
      "csv",
      "model,task,correct,n\nA,gsm8k,0.8,100\nB,gsm8k,70,100\n",
      ["B reasoning 0.7 100"],
      ['row 1 (A, gsm8k): the score is not a number: "0.8 of 100"'],
    ],
    [
      "runs that crashed",
      "csv",
      "State,model,gsm8k,mbpp\nfinished,A,0.8,0.6\ncrashed,B,0.1,0.1\n",
      ["A reasoning 0.8", "A coding 0.6"],
      ['"State crashed"'],
    ],
    [
      "metrics within tasks",
      "jsonl",
      '{"model":"A","results":{"gsm8k":{"acc":0.8,"stderr":0.1},"mbpp":{"pass@1":0.6}}}\n{"model":"B","results":{"gsm8k":{"acc":0.7,"stderr":0.1},"mbpp":{"pass@1":0.5}}}\n',
      ["A reasoning 0.8", "A coding 0.6", "B reasoning 0.7", "B coding 0.5"],
      ["gsm8k.stderr"],
    ],
    [
      "a small percentage under a head that says percent",
      "csv",
      "model,aime (%),gsm8k (%)\nA,0.8,92\nB,4.2,90\n",
      ["A reasoning 0.008", "A reasoning 0.92", "B reasoning 0.042", "B reasoning 0.9"],
      [],
    ],
    [
      "sizes of a family's models",
      "csv",
      "provider,size,gsm8k,mbpp\nacme,7,80,60\nacme,70,90,70\n",
      [
        "acme (size 7) reasoning 0.8",
        "acme (size 7) coding 0.6",
        "acme (size 70) reasoning 0.9",
        "acme (size 70) coding 0.7",
      ],
      [],
    ],
  ])("with %s gives its numbers, and says what it leaves", async (_, ending, content, rows, words) => {
    const loaded = await load(content, ending);
    expect(rowsOf(loaded).map((row) => row.replace(/ (?:gsm8k|aime|mbpp|humaneval)\b.*/i, ""))).toEqual(rows);
    const said = [...skipsOf(loaded), ...loaded.files.flatMap(({ notes }) => notes)].join("\n");
    for (const word of words) expect(said).toContain(word);
  });
});

describe("whatever is in a table", () => {
  const cell = fc.oneof(
    fc.constantFrom(
      "0.5",
      "85.3",
      "0,81",
      "1,319",
      "12/14",
      "45%",
      "True",
      "0.9 ± 0.1",
      "**0.4**",
      "-",
      "",
      "8.9",
      "1",
    ),
    fc.constantFrom("A", "reasoning", "model", "score", '"', '"a', "|", "---", "=1+1", "é", "m;n", "0.5\r"),
    fc.double({ min: -10, max: 200, noNaN: true }).map(String),
    fc.string({ maxLength: 6 }),
  );
  const heads = fc.constantFrom(
    ["model", "facet", "score"],
    ["model", "reasoning", "coding"],
    ["Model", "task", "metric", "accuracy", "n"],
    ["benchmark", "A", "B"],
    ["", "reasoning", "coding", "Average"],
  );
  const separator = fc.constantFrom(",", "\t", ";", "|", " | ");
  const newline = fc.constantFrom("\n", "\r\n", "\r");

  it("no error is thrown but one that is told, and every score is a number of the file", async () => {
    const rows = fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 8 });
    const encoding = fc.constantFrom("utf8", "latin1", "utf16le");
    const cut = fc.integer({ min: 0, max: 400 });
    await fc.assert(
      fc.asyncProperty(
        heads,
        rows,
        separator,
        newline,
        encoding,
        cut,
        async (heads, rows, by, end, encoding, cut) => {
          const text = [heads, ...rows].map((cells) => cells.join(by)).join(end);
          const bytes = Buffer.from(
            encoding === "utf16le" ? `\uFEFF${text}` : text,
            encoding as BufferEncoding,
          );
          const loaded = await load(bytes.subarray(0, cut)).catch((error: Error) => error);
          const isTold = !(loaded instanceof Error) || /^loadExternalEvals: .+ lacks /s.test(loaded.message);
          expect(isTold).toBe(true);
          for (const { score } of loaded instanceof Error ? [] : loaded.rows) {
            const stated = statedIn(text);
            expect(stated.some((number) => Math.abs(number - score) < 1e-9)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Every number that a text states: as written, as percent, as so many of so many, as a verdict. */
function statedIn(text: string): number[] {
  const [points, commas] = [/\d*\.?\d+(?:e[+-]?\d+)?/gi, /\d+(?:,\d+)?/g];
  const numbers = [points, commas].flatMap((written) => text.match(written) ?? []);
  const all = numbers.map((number) => Number(number.replace(",", ".")));
  // A file may be cut within a number.
  const parts = numbers.flatMap((number) =>
    [...number].map((_, i) => Number(number.slice(0, i + 1).replace(",", "."))),
  );
  const shares = [...text.matchAll(/(\d+)\/(\d+)/g)].flatMap(([, k, n]) => [
    Number(k) / Number(n),
    Number(k) / Number(n![0]),
  ]);
  return [...all, ...parts, ...[...all, ...parts].map((number) => number / 100), ...shares, 0, 1];
}
