import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadExternalEvals } from "../../lib/external/index.js";
import { facetMeans, toRecords } from "../../lib/table/index.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "pooling-"));
});
afterEach(() => rm(folder, { recursive: true }));

interface Loaded {
  /** "model facet score", in the order of the rows. */
  readonly rows: readonly string[];
  /** "model facet mean n" of each model and facet. */
  readonly means: readonly string[];
  /** What is told of files and of the whole, without the folder. */
  readonly words: readonly string[];
}

/** Loads files of these contents, named in their order. */
async function load(...contents: readonly (readonly [name: string, content: unknown])[]): Promise<Loaded> {
  const paths = contents.map(([name]) => join(folder, name));
  for (const [i, [, content]] of contents.entries())
    await writeFile(paths[i]!, typeof content === "string" ? content : JSON.stringify(content));
  const { rows, files, notes } = await loadExternalEvals(paths);
  const words = [...files.flatMap((file) => file.notes), ...notes];
  return {
    rows: rows.map(({ model, facet, score }) => `${model} ${facet} ${score}`),
    means: toRecords(facetMeans(rows)).map(
      ({ model, facet, score, n }) => `${model} ${facet} ${score?.toFixed(3)} ${n ?? "?"}`,
    ),
    words: words.map((word) => word.replaceAll(`${folder}/`, "")),
  };
}

const apart = (...heads: readonly string[]): string =>
  `Runs of one model and task are told apart by ${heads.join(", ")}, as models of their own.`;

describe("rows of one model and task in a table", () => {
  it.each<[string, string, readonly string[], string]>([
    [
      "a date",
      "model,task,score,date\nA,gsm8k,0.5,2025-01-01\nA,gsm8k,0.7,2025-06-01\nB,gsm8k,0.6,2025-01-01\n",
      ["A (date 2025-01-01) reasoning 0.5", "A (date 2025-06-01) reasoning 0.7", "B reasoning 0.6"],
      apart("date"),
    ],
    [
      "a language, of two numbers that are the same",
      "model,task,language,score,n\nA,mgsm,de,0.5,250\nA,mgsm,en,0.5,250\nB,mgsm,de,0.4,250\n",
      ["A (language de) reasoning 0.5", "A (language en) reasoning 0.5", "B reasoning 0.4"],
      apart("language"),
    ],
    [
      "the first columns that do, and not their costs",
      "model,task,ms latency,language,prompt,site,score\nA,mgsm,8,de,cot,x,0.5\nA,mgsm,9,en,brief,x,0.7\nA,mgsm,7,de,brief,y,0.3\n",
      [
        "A (language de, prompt cot) reasoning 0.5",
        "A (language en, prompt brief) reasoning 0.7",
        "A (language de, prompt brief) reasoning 0.3",
      ],
      apart("language", "prompt"),
    ],
    [
      "a date, beside columns of tasks",
      "model,date,gsm8k,mbpp\nA,2025-01,0.8,0.6\nA,2025-02,0.7,0.6\nB,2025-01,0.5,0.4\n",
      [
        "A (date 2025-01) reasoning 0.8",
        "A (date 2025-01) coding 0.6",
        "A (date 2025-02) reasoning 0.7",
        "A (date 2025-02) coding 0.6",
        "B reasoning 0.5",
        "B coding 0.4",
      ],
      apart("date"),
    ],
  ])("that differ in %s are of models of their own, and that is told", async (_, content, rows, word) => {
    const loaded = await load(["a.csv", content]);
    expect(loaded.rows).toEqual(rows);
    expect(loaded.words).toContain(word);
  });

  it.each<[string, string, readonly string[], string]>([
    [
      "in nothing else are repeats over the same items",
      "model,task,score,n\nA,gsm8k,0.5,100\nA,gsm8k,0.7,100\nB,gsm8k,0.6,100\n",
      ["A reasoning 0.600 100", "B reasoning 0.600 100"],
      "Averaged as repeats over the same items: 2 runs of gsm8k by A.",
    ],
    [
      "in a seed are repeats over the same items, whatever else differs",
      "model,task,score,n,seed,host\nA,gsm8k,0.5,100,1,x\nA,gsm8k,0.7,100,2,y\n",
      ["A reasoning 0.600 100"],
      "Averaged as repeats over the same items: 2 runs of gsm8k by A.",
    ],
    [
      "in the numbers of their items are of different ones, where only a facet is named",
      "model,facet,score,n\nA,coding,0.5,100\nA,coding,0.8,300\nB,coding,0.6,100\n",
      ["A coding 0.725 400", "B coding 0.600 100"],
      "Averaged as of different items, as their names or numbers tell: 2 runs of coding by A.",
    ],
    [
      "in the names of what is one facet are of different items",
      "model,facet,score\nA,tool use,0.5\nA,agentic coding,0.8\n",
      ["A tool_use 0.650 2"],
      "Averaged as of different items, as their names or numbers tell: 2 runs of tool use by A.",
    ],
    [
      "in their questions are different items",
      "model,facet,question,score\nA,coding,q1,1\nA,coding,q2,0.5\nB,coding,q1,0.5\nB,coding,q2,0.5\n",
      ["A coding 0.750 2", "B coding 0.500 2"],
      "Averaged as different items: 4 rows of 2 pairs of model and facet.",
    ],
    [
      "in the epochs of a question are repeats over that item",
      "model,facet,question,epoch,score\nA,coding,q1,1,1\nA,coding,q1,2,0\nA,coding,q2,1,1\nA,coding,q2,2,1\n",
      ["A coding 0.750 2"],
      "Repeats over the same items: 4 rows.",
    ],
    [
      "in times, being right or wrong, are different items",
      "model,facet,score,time of day\nA,coding,1,09:01\nA,coding,0,09:02\nA,coding,1,09:03\nA,coding,1,09:04\n",
      ["A coding 0.750 4"],
      "Averaged as different items: 4 rows of 1 pair of model and facet.",
    ],
    [
      "in one of a facet's tasks are averaged over these",
      "model,category,benchmark,score,n\nA,reasoning,gsm8k,0.5,100\nA,reasoning,aime,0.8,50\n",
      ["A reasoning 0.600 150"],
      "Averaged as different items: 2 rows of 1 pair of model and facet.",
    ],
  ])("that differ %s, and that is told", async (_, content, means, word) => {
    const loaded = await load(["a.csv", content]);
    expect(loaded.means).toEqual(means);
    expect(loaded.words).toContain(word);
  });

  it("that a column of many values tells apart are no models", async () => {
    const rows = Array.from({ length: 60 }, (_, i) => `A,coding,0.${10 + i},answer ${i}\n`);
    const loaded = await load(["a.csv", `model,facet,score,remark\n${rows.join("")}`]);
    expect(loaded.means).toEqual([expect.stringMatching(/^A coding .* 60$/)]);
    expect(loaded.words).toEqual(["Averaged as different items: 60 rows of 1 pair of model and facet."]);
  });
});

const WIDE = ["wide.csv", "model,gsm8k,mbpp\nA,80.1,60\nB,70,50\n"] as const;
const AGAIN = "Skipped 2: the same result is taken from";

describe("one score in two files", () => {
  it.each<[string, readonly [string, unknown], readonly [string, unknown], string]>([
    [
      "as a column and as rows, in another order",
      WIDE,
      ["long.csv", "model,task,score\nB,MBPP,0.5\nA,GSM8K,0.801\n"],
      `${AGAIN} wide.csv (MBPP, GSM8K).`,
    ],
    [
      "in Markdown, in part",
      WIDE,
      ["long.md", "| Model | Task | Score |\n|--|--|--|\n| A | gsm8k | 0.8010 |\n| B | gsm8k | 0.700 |\n"],
      "Skipped gsm8k: the same result is taken from wide.csv.",
    ],
    [
      "as a facet under another name",
      ["wide.csv", "model,Reasoning,Code\nA,80.1,60\nB,70,50\n"],
      ["long.csv", "model,facet,score\nB,coding,50%\nA,reasoning,80.1%\n"],
      `${AGAIN} wide.csv (coding, reasoning).`,
    ],
  ])("%s counts once, and that is told", async (_, one, other, word) => {
    const alone = await load(one);
    for (const files of [[one, other] as const, [other, one] as const]) {
      const both = await load(...files);
      expect(both.rows.toSorted()).toEqual(alone.rows.toSorted());
      expect(both.words.join(" ").replaceAll(/long\.\w+/g, "wide.csv")).toMatch(
        /the same result is taken from wide/,
      );
    }
    expect((await load(one, other)).words).toEqual([word]);
  });

  it("of a run's own file and of a table is taken from the run", async () => {
    const run = {
      results: { gsm8k: { "exact_match,flexible-extract": 0.5003 } },
      configs: {},
      "n-samples": { gsm8k: { original: 1319, effective: 1319 } },
      model_name: "org/m",
    };
    const loaded = await load(["t.csv", "model,task,score\norg/m,gsm8k,50.0\n"], ["run.json", run]);
    expect(loaded.means).toEqual(["org/m reasoning 0.500 1319"]);
    expect(loaded.words).toEqual(["Skipped gsm8k: the same result is taken from run.json."]);
  });

  it.each<[string, string, string, readonly string[]]>([
    ["another task by a sign", "model,HumanEval\nA,0.8\n", "model,HumanEval+\nA,0.8\n", ["A coding 0.800 2"]],
    [
      "another number of items",
      "model,task,score,n\nA,gsm8k,0.8,9\n",
      "model,task,score,n\nA,gsm8k,0.8,5\n",
      ["A reasoning 0.800 7"],
    ],
    [
      "another setting",
      "model,task,shots,score\nA,gsm8k,0,0.8\n",
      "model,task,shots,score\nA,GSM8K,5,0.8\n",
      ["A (0-shot) reasoning 0.800 ?", "A (5-shot) reasoning 0.800 ?"],
    ],
  ])("is two where the files tell of %s", async (_, one, other, means) => {
    expect((await load(["a.csv", one], ["b.csv", other])).means).toEqual(means);
  });

  it("that differs between them is averaged as repeats, and that is told", async () => {
    const loaded = await load(
      ["a.csv", "model,task,score,n\nA,gsm8k,0.8,1319\n"],
      ["b.csv", "model,GSM8K\nA,0.7\n"],
      ["c.csv", "model,task,score,n\nB,gsm8k,0.7,1319\n"],
    );
    expect(loaded.rows).toEqual(["A reasoning 0.8", "A reasoning 0.7", "B reasoning 0.7"]);
    expect(loaded.words).toContain("Averaged as repeats over the same items: 2 runs of gsm8k by A.");
  });

  it("of a facet and of its tasks, in one table, is the facet's", async () => {
    const loaded = await load([
      "a.csv",
      "model,reasoning,gsm8k,aime,coding\nA,0.6,0.8,0.4,0.5\nB,,0.7,0.3,0.4\n",
    ]);
    expect(loaded.means).toEqual([
      "A reasoning 0.600 ?",
      "A coding 0.500 ?",
      "B reasoning 0.500 2",
      "B coding 0.400 ?",
    ]);
    expect(loaded.words).toContain("Skipped 2: part of a score that is taken from a.csv (gsm8k, aime).");
  });
});

const result = (config: unknown, score: number, more: object = {}): object => ({
  provider: { id: "m", config },
  promptIdx: 0,
  testIdx: 0,
  vars: { q: "1" },
  score,
  ...more,
});
const evals = (...results: readonly object[]): readonly [string, unknown] => [
  "p.json",
  { evalId: "e", results: { version: 3, results }, config: { description: "gsm8k" } },
];

describe("promptfoo's providers of one id", () => {
  const long = "x".repeat(80);
  it.each<[string, unknown, unknown, readonly string[]]>([
    ["what is shown", { top_p: 0 }, { top_p: 1 }, ["m (top_p 0) reasoning 1", "m (top_p 1) reasoning 0"]],
    [
      "hosts, which are not shown",
      { apiHost: "a" },
      { apiHost: "b" },
      ["m (config 1) reasoning 1", "m (config 2) reasoning 0"],
    ],
    [
      "the end of a long text",
      { system: `${long}1` },
      { system: `${long}2` },
      ["m (config 1) reasoning 1", "m (config 2) reasoning 0"],
    ],
    ["keys alone, are one", { apiKey: "a" }, { apiKey: "b" }, ["m reasoning 0.5"]],
  ])("that differ in %s", async (_, one, other, rows) => {
    expect((await load(evals(result(one, 1), result(other, 0)))).rows).toEqual(rows);
  });

  it("asked one test again are of one item, and that is told", async () => {
    const again = result({}, 0, { testIdx: 1 });
    const loaded = await load(evals(result({}, 1), again, result({}, 0, { testIdx: 2, vars: { q: "2" } })));
    expect(loaded.means).toEqual(["m reasoning 0.250 2"]);
    expect(loaded.words).toEqual(["Repeats of tests, averaged as one item each: 1 answer."]);
  });
});
