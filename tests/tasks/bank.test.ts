import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TASKS } from "../../lib/tasks/index.js";

/** One line of data/tasks: what is asked, what a scorer reads, and answers that prove the scorer. */
interface Question {
  readonly facet: string;
  readonly name: string;
  readonly difficulty: 1 | 2 | 3;
  readonly prompt: string;
  readonly right: string;
  readonly wrong: readonly string[];
}

/** The facets whose questions are written. */
const WRITTEN = ["reasoning", "coding"];

const questionsOf = (facet: string): readonly Question[] =>
  readFileSync(new URL(`../../data/tasks/${facet}.jsonl`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Question);

const bank = WRITTEN.flatMap(questionsOf);

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));

/** Words in both over words in either; over those of the shorter where both have more than 8. The larger of the two. */
function sharedWords(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((word) => other.has(word)).length;
  const shorter = Math.min(one.size, other.size);
  return Math.max(both / (one.size + other.size - both), shorter > 8 ? both / shorter : 0);
}

describe("the questions of data/tasks", () => {
  it.each(WRITTEN)("ask at least 42 of %s, about a third in each grade of difficulty", (facet) => {
    const questions = questionsOf(facet);
    expect(questions.length).toBeGreaterThanOrEqual(42);
    for (const grade of [1, 2, 3]) {
      const share = questions.filter(({ difficulty }) => difficulty === grade).length / questions.length;
      expect(share, `grade ${grade}`).toBeGreaterThan(0.28);
      expect(share, `grade ${grade}`).toBeLessThan(0.39);
    }
    expect(questions.filter((question) => question.facet !== facet)).toEqual([]);
  });

  it("have a name each, which none of the original's twelve has", () => {
    const names = [...bank, ...TASKS].map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    expect(bank.filter(({ name }) => !/^[a-z]+(?:_[a-z\d]+)*$/.test(name))).toEqual([]);
  });

  it("come with one right answer and two wrong ones, all different", () => {
    expect(bank.filter(({ right, wrong }) => new Set([right, ...wrong]).size !== 3)).toEqual([]);
  });

  it("share at most 60 % of their words with each other and with the original's twelve", () => {
    const asked = [...bank, ...TASKS].map(({ name, prompt }) => ({ name, words: wordsOf(prompt) }));
    const alike = asked.flatMap((one, i) =>
      asked
        .slice(i + 1)
        .filter((other) => sharedWords(one.words, other.words) > 0.6)
        .map((other) => `${one.name} and ${other.name}`),
    );
    expect(alike).toEqual([]);
  });
});
