import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ToolDefinition } from "../../lib/client/types.js";
import { scorerFor } from "../../lib/scorers/index.js";
import type { Expected } from "../../lib/scorers/types.js";
import { FACETS, TASKS } from "../../lib/tasks/index.js";

/** One line of data/tasks: what is asked, what a scorer reads, and answers that prove the scorer. */
interface Question extends Expected {
  readonly facet: string;
  readonly name: string;
  readonly difficulty: 1 | 2 | 3;
  readonly prompt: string;
  readonly tools?: readonly ToolDefinition[];
  readonly right: string;
  readonly wrong: readonly string[];
}

const questionsOf = (facet: string): readonly Question[] =>
  readFileSync(new URL(`../../data/tasks/${facet}.jsonl`, import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Question);

const bank = FACETS.flatMap(questionsOf);

/** What the question's own scorer says of an answer: 1, 0, or what kept it from a score. */
async function scoreOf(question: Question, answer: string): Promise<number | string> {
  const outcome = await scorerFor(question)!(answer, question);
  return outcome.kind === "scored" ? outcome.value : JSON.stringify(outcome);
}

/** An answer as it comes from a server when the model made a real tool call; text as it is. */
function asRealCall(answer: string): string {
  if (!answer.startsWith('{"name"')) return answer;
  const { name, arguments: given } = JSON.parse(answer) as { name: string; arguments: unknown };
  return JSON.stringify({ tool_calls: [{ name, arguments: JSON.stringify(given) }] });
}

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu));

/** Words in both over words in either; over those of the shorter where both have more than 8. The larger of the two. */
function sharedWords(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((word) => other.has(word)).length;
  const shorter = Math.min(one.size, other.size);
  return Math.max(both / (one.size + other.size - both), shorter > 8 ? both / shorter : 0);
}

describe("the questions of data/tasks", () => {
  it.each(FACETS)("ask at least 42 of %s, about a third in each grade of difficulty", (facet) => {
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

  it.each(FACETS)("of %s score 1 for the right answer and 0 for both wrong ones", async (facet) => {
    const missed: string[] = [];
    for (const question of questionsOf(facet)) {
      const answers = [question.right, ...question.wrong];
      const scores = await Promise.all(answers.map((answer) => scoreOf(question, answer)));
      if (scores.join() !== "1,0,0") missed.push(`${question.name}: ${scores.join("; ")}`);
    }
    expect(missed).toEqual([]);
  });

  it("of tool use score real tool calls as they score the same calls in words", async () => {
    const missed: string[] = [];
    for (const question of bank.filter(({ tools }) => tools !== undefined)) {
      const answers = [question.right, ...question.wrong].map(asRealCall);
      const scores = await Promise.all(answers.map((answer) => scoreOf(question, answer)));
      if (scores.join() !== "1,0,0") missed.push(`${question.name}: ${scores.join("; ")}`);
    }
    expect(missed).toEqual([]);
  });

  it("of tool use want calls that the offered tools allow, and no call at all at least five times", () => {
    const unfit = questionsOf("tool_use").filter(({ call, tools }) => {
      if (call === undefined || call === null || tools === undefined) return false;
      const wanted = tools.find((tool) => tool.function.name === call.tool)?.function.parameters;
      const names = Object.keys(call.named!);
      const known = Object.keys(wanted?.["properties"] as object);
      const required = wanted?.["required"] as readonly string[];
      return !names.every((name) => known.includes(name)) || !required.every((name) => names.includes(name));
    });
    expect(unfit).toEqual([]);
    expect(questionsOf("tool_use").filter(({ call }) => call === null).length).toBeGreaterThanOrEqual(5);
  });

  it("of coding name the function, and run it on at least five hidden inputs, all different", () => {
    const questions = questionsOf("coding").map(({ name, prompt, python }) => {
      const inputs = new Set(python!.cases!.map(({ args }) => JSON.stringify(args)));
      const isAsked = prompt.includes(`${python!.entry}(`);
      return { name, isAsked, isRepeated: inputs.size < python!.cases!.length, inputs: inputs.size };
    });
    const unfit = questions.filter(({ isAsked, isRepeated, inputs }) => !isAsked || isRepeated || inputs < 5);
    expect(unfit).toEqual([]);
  });

  it("of instruction cover at least 20 of IFEval's 25 kinds, and every kind of text scorer", () => {
    const questions = questionsOf("instruction");
    const kinds = questions.flatMap(({ checks = [] }) => checks.map(({ kind }) => kind));
    expect(new Set(kinds).size).toBeGreaterThanOrEqual(20);
    const fields = new Set(questions.flatMap((question) => Object.keys(question)));
    expect([...fields]).toEqual(expect.arrayContaining(["exact", "includes", "pattern", "json", "checks"]));
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
