import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedScorers } from "../../lib/scorers/index.js";
import {
  auditScorers,
  loadLabelled,
  scoreLabelled,
  task,
  TASKS,
  withSeedScorers,
} from "../../lib/tasks/index.js";
import type { LabelledAnswer } from "../../lib/tasks/index.js";

const answer = (task: string, response: string, correct: boolean, debatable = false): LabelledAnswer => ({
  task,
  response,
  correct,
  debatable,
});

const pass = () => ({ kind: "scored", value: 1, explanation: "" }) as const;

describe("auditScorers", () => {
  // 2 right passes, 1 wrong pass, 1 wrong fail, 1 without a score.
  const labelled = [
    answer("math_apples", "5", true),
    answer("math_apples", "5 apples", true),
    answer("math_apples", "5", false),
    answer("math_apples", "6", true),
    answer("math_apples", "", false),
    answer("style_rule", "READY", false),
    answer("style_rule", "READY!", true, true),
  ];

  it("counts n, unscored, precision, recall, accuracy and bias over the scored answers", async () => {
    const [apples] = await auditScorers(labelled);
    expect(apples).toEqual({
      facet: "reasoning",
      task: "math_apples",
      n: 4,
      unscored: 1,
      precision: 2 / 3,
      recall: 2 / 3,
      accuracy: 1 / 2,
      bias: 0,
      besideAccuracy: null,
      besideBias: null,
    });
  });

  it("gives one row a task, one a facet, and one for all", async () => {
    const rows = await auditScorers(labelled);
    expect(rows.map(({ facet, task, n }) => [facet, task, n])).toEqual([
      ["reasoning", "math_apples", 4],
      ["instruction", "style_rule", 1],
      ["reasoning", "all", 4],
      ["instruction", "all", 1],
      ["all", "all", 5],
    ]);
  });

  it("gives null, not 0, for a ratio of nothing", async () => {
    const style = (await auditScorers(labelled)).find(({ task }) => task === "style_rule");
    expect(style).toMatchObject({ precision: null, recall: null, accuracy: 1, bias: 0 });
    expect(await auditScorers([])).toEqual([
      {
        facet: "all",
        task: "all",
        n: 0,
        unscored: 0,
        precision: null,
        recall: null,
        accuracy: null,
        bias: null,
        besideAccuracy: null,
        besideBias: null,
      },
    ]);
  });

  it("leaves debatable answers out", async () => {
    const undisputed = labelled.map((one) => ({ ...one, debatable: false }));
    const style = (await auditScorers(undisputed)).find(({ task }) => task === "style_rule");
    expect(style).toMatchObject({ n: 2, recall: 1 });
    expect(await scoreLabelled(labelled)).toHaveLength(6);
  });

  it("audits other tasks and other scorers", async () => {
    const tasks = [task("maths", "mine", "7 + 1?", { answer: 8 }, pass)];
    const [row] = await auditScorers([answer("mine", "9", false)], { tasks });
    expect(row).toMatchObject({ facet: "maths", n: 1, precision: 0, bias: 1 });
  });

  it("sets other scorers beside the tasks' own, row by row, over the same answers", async () => {
    const rows = await auditScorers(
      [answer("math_apples", "Step 5: it is 6.", false), answer("style_rule", "READY! Sure.", false)],
      { beside: { reasoning: pass } },
    );
    expect(rows.map(({ facet, task, accuracy, bias }) => [facet, task, accuracy, bias])).toEqual(
      rows.map(({ facet, task }) => [facet, task, 1, 0]),
    );
    const beside = rows.map(({ facet, task, besideAccuracy, besideBias }) => [
      facet,
      task,
      besideAccuracy,
      besideBias,
    ]);
    // A facet that has no other scorer keeps its own.
    expect(beside).toEqual([
      ["reasoning", "math_apples", 0, 1],
      ["instruction", "style_rule", 1, 0],
      ["reasoning", "all", 0, 1],
      ["instruction", "all", 1, 0],
      ["all", "all", 0.5, 0.5],
    ]);
  });

  it("gives the seed's heuristics beside what it gives them alone", async () => {
    const labelled = await loadLabelled();
    const alone = await auditScorers(labelled, { tasks: withSeedScorers(TASKS) });
    const beside = await auditScorers(labelled, { beside: seedScorers });
    expect(beside.map((row) => [row.besideAccuracy, row.besideBias])).toEqual(
      alone.map((row) => [row.accuracy, row.bias]),
    );
    expect(alone.every((row) => row.besideAccuracy === null && row.besideBias === null)).toBe(true);
  });

  it("refuses an answer to an unknown task, and names the nearest", async () => {
    await expect(scoreLabelled([answer("math_apple", "5", true)])).rejects.toThrow(
      'scoreLabelled: no task is named "math_apple"; did you mean "math_apples"?',
    );
  });
});

describe("loadLabelled", () => {
  let folder = "";
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), "labelled-"))));
  afterAll(() => rm(folder, { recursive: true }));
  const written = async (text: string): Promise<string> => {
    const path = join(folder, "rows.jsonl");
    await writeFile(path, text);
    return path;
  };

  it("reads the project's own answers: 203, all to known tasks", async () => {
    const labelled = await loadLabelled();
    expect(labelled).toHaveLength(203);
    expect(new Set(labelled.map(({ task }) => task))).toEqual(new Set(TASKS.map(({ name }) => name)));
  });

  it("reads a row that a reader adds, past empty lines", async () => {
    const path = await written('\n{"task": "calc_tool", "response": "CALC(1)", "correct": false}\r\n\n');
    expect(await loadLabelled(path)).toEqual([{ task: "calc_tool", response: "CALC(1)", correct: false }]);
  });

  it.each([
    ["{", "line 1: not JSON: {"],
    ["null", "line 1: null; a line holds one JSON object"],
    ["{}", 'line 1: "task" is nothing; it must be a string.'],
    ['{"task": "a", "response": "b", "correct": "yes"}', 'line 1: "correct" is "yes"; it must be a boolean.'],
    [
      '{"task": "a", "response": "b", "correct": true, "debatable": 1}',
      '"debatable" is 1; it must be a boolean.',
    ],
  ])("refuses %s, and says where and why", async (text, why) => {
    await expect(loadLabelled(await written(text))).rejects.toThrow(why);
  });
});
