import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FACETS, loadTasks, questionBank, task, TASKS } from "../../lib/tasks/index.js";
import type { Task } from "../../lib/tasks/types.js";

const folder = mkdtempSync(join(tmpdir(), "bank-"));
afterAll(() => rmSync(folder, { recursive: true }));
const namesOf = (tasks: readonly Task[]): readonly string[] => tasks.map(({ name }) => name);

/** Twelve questions, four of each grade, in the order of the grades. */
const graded = join(folder, "graded.jsonl");
writeFileSync(
  graded,
  Array.from({ length: 12 }, (_, i) =>
    JSON.stringify({ name: `q${i}`, prompt: `${i}?`, answer: i, difficulty: 1 + Math.floor(i / 4) }),
  ).join("\n"),
);

describe("a choice of n questions", () => {
  it.each([
    [3, [1, 1, 1]],
    [6, [2, 2, 2]],
    [8, [3, 3, 2]],
    [99, [4, 4, 4]],
  ])("takes %d from each grade in turn: %j", async (n, counts) => {
    const chosen = await loadTasks(graded, { n, seed: 5 });
    const count = (grade: number): number => chosen.filter(({ difficulty }) => difficulty === grade).length;
    expect([1, 2, 3].map(count)).toEqual(counts);
    expect(new Set(namesOf(chosen)).size).toBe(chosen.length);
  });

  it("is the same for a seed, another for another, and only grows with n", async () => {
    const [few, again, more, other] = await Promise.all(
      [
        { n: 5, seed: 5 },
        { n: 5, seed: 5 },
        { n: 9, seed: 5 },
        { n: 5, seed: 6 },
      ].map(async (options) => namesOf(await loadTasks(graded, options))),
    );
    expect(again).toEqual(few);
    expect(more!.slice(0, 5)).toEqual(few);
    expect(other).not.toEqual(few);
  });

  it.each([0, -1, 2.5, Number.NaN, "3" as unknown as number])(
    "refuses %j, and says what would do",
    async (n) => {
      await expect(loadTasks(graded, { n })).rejects.toThrow(
        /n is .*; it must be a whole number of at least 1/,
      );
      await expect(questionBank({ perFacet: n })).rejects.toThrow(RangeError);
    },
  );
});

describe("questionBank", () => {
  it("with three a facet is the original's twelve, and nothing else", async () => {
    expect(await questionBank()).toEqual(TASKS);
    expect(await questionBank({ perFacet: 3, seed: 9 })).toEqual(TASKS);
  });

  it.each([12, 40])(
    "adds questions of its own up to %d a facet, names and prompts unique",
    async (perFacet) => {
      const questions = await questionBank({ perFacet });
      expect(questions).toHaveLength(4 * perFacet);
      expect(new Set(namesOf(questions)).size).toBe(4 * perFacet);
      expect(new Set(questions.map(({ prompt }) => prompt)).size).toBe(4 * perFacet);
      for (const facet of FACETS) {
        const own = questions.filter((one) => one.facet === facet);
        expect(own.slice(0, 3)).toEqual(TASKS.filter((one) => one.facet === facet));
        const grades = [1, 2, 3].map((grade) => own.filter(({ difficulty }) => difficulty === grade).length);
        expect(Math.max(...grades) - Math.min(...grades)).toBeLessThanOrEqual(1);
      }
    },
  );

  it("keeps every task that it is given, edited ones and new facets too", async () => {
    const mine = [...TASKS.slice(0, 2), task("geography", "capital", "Spain's?", { includes: ["Madrid"] })];
    const questions = await questionBank({ perFacet: 4, tasks: mine });
    expect(questions.filter(({ facet }) => facet === "reasoning")).toHaveLength(4);
    expect(questions).toEqual(expect.arrayContaining(mine));
    expect(new Set(questions.map(({ facet }) => facet))).toEqual(new Set(["reasoning", "geography"]));
  });

  it("asks a facet of the files from them alone, and leaves the others as they are", async () => {
    const file = join(folder, "maths.csv");
    const rows = Array.from({ length: 5 }, (_, i) => `reasoning,sum ${i},${i} + 1?,${i + 1}`);
    writeFileSync(file, ["facet,name,prompt,answer", ...rows, "geography,capital,Spain's?,7"].join("\n"));
    const questions = await questionBank({ perFacet: 3, files: [file] });
    const counts = [...FACETS, "geography"].map(
      (name) => questions.filter(({ facet }) => facet === name).length,
    );
    expect(counts).toEqual([3, 3, 3, 3, 1]);
    expect(namesOf(questions).filter((name) => name.startsWith("sum"))).toHaveLength(3);
  });
});
