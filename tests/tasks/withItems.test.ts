import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FACETS, TASKS, withItems } from "../../lib/tasks/index.js";
import type { Task } from "../../lib/tasks/types.js";
import { answerFor } from "./answerFor.js";

const kind = (task: Task): string => task.name.replace(/_\d+$/, "");

const prompts = (count: number, seed: number): string[] =>
  withItems(count, { seed }).map(({ prompt }) => prompt);

describe("withItems", () => {
  it("gives n tasks a facet, in turn from the facet's three originals", () => {
    const tasks = withItems(7);
    expect(tasks.map(({ facet }) => facet)).toEqual(
      FACETS.flatMap((facet) => Array.from({ length: 7 }, () => facet)),
    );
    expect(tasks.slice(0, 7).map(({ name }) => name)).toEqual([
      "math_apples_1",
      "train_time_1",
      "ratio_mix_1",
      "math_apples_2",
      "train_time_2",
      "ratio_mix_2",
      "math_apples_3",
    ]);
  });

  it("gives no two equal prompts or names among thousands, and no original", () => {
    const tasks = withItems(1000);
    expect(tasks).toHaveLength(4000);
    expect(new Set(tasks.map(({ prompt }) => prompt)).size).toBe(4000);
    expect(new Set(tasks.map(({ name }) => name)).size).toBe(4000);
    const originals = new Set(TASKS.map(({ prompt }) => prompt));
    expect(tasks.filter(({ prompt }) => originals.has(prompt))).toEqual([]);
  });

  it("gives the same tasks for the same seed, others for another, and only adds when n grows", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, n) => {
        expect(prompts(n, seed)).toEqual(prompts(n, seed));
        expect(prompts(n + 5, seed)).toEqual(expect.arrayContaining(prompts(n, seed)));
        expect(prompts(n, seed)).not.toEqual(prompts(n, seed + 1));
      }),
      { numRuns: 30 },
    );
  });

  it("never gives the right number away in the prompt", () => {
    for (const { prompt, expected } of withItems(300).filter(({ facet }) => facet === "reasoning")) {
      expect(prompt.match(/\d+(?:\.\d+)?/g)!.map(Number)).not.toContain(expected.answer);
    }
  });

  it.each([0, -1, 1.5, NaN, Infinity])("refuses n = %d", (n) => {
    expect(() => withItems(n)).toThrow(/^withItems: n is .+; it must be a whole number of at least 1\.$/);
  });

  it("says which task runs out, and of how many, rather than repeat one", () => {
    expect(() => withItems(30_000)).toThrow(/^withItems: only \d{4,} variants of "\w+" differ/);
  });
});

describe("a variant's right answer", () => {
  const tasks = withItems(120, { seed: 20 });

  it.each(TASKS.map(({ name }) => name))(
    "agrees, in variants of %s, with an answer worked out from the words of the prompt, and not with a wrong one",
    async (name) => {
      const variants = tasks.filter((task) => kind(task) === name);
      expect(variants).toHaveLength(40);
      for (const { prompt, scorer, expected } of variants) {
        const { right, wrong } = answerFor(name, prompt);
        expect({ prompt, right, ...(await scorer(right, expected)) }).toMatchObject({ value: 1 });
        expect({ prompt, wrong, ...(await scorer(wrong, expected)) }).toMatchObject({ value: 0 });
      }
    },
  );
});
