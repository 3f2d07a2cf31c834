import { describe, expect, it } from "vitest";
import { waysToAnswer } from "../../lib/simulate/answers.js";
import { completion, mishapOf } from "../../lib/simulate/completion.js";
import { isRight, simulatedModels } from "../../lib/simulate/models.js";
import { editTask, task, TASKS, toolTasks, withItems } from "../../lib/tasks/index.js";
import type { Task } from "../../lib/tasks/types.js";
import type { ToolCall } from "../../lib/client/types.js";

/** What the scorer is given. */
const textOf = (content: string | null, toolCalls: readonly ToolCall[] = []): string =>
  toolCalls.length > 0 ? JSON.stringify({ tool_calls: toolCalls }) : (content ?? "");

/** Every way to answer a task, with the score that it is meant to have and the one that it gets. */
async function judged(one: Task) {
  const { right, wrong } = waysToAnswer(one, one.tools ?? [])!;
  expect([right.length, wrong.length]).toEqual([expect.any(Number), expect.any(Number)]);
  expect(Math.min(right.length, wrong.length)).toBeGreaterThan(0);
  const meant = [...right.map((way) => ({ way, value: 1 })), ...wrong.map((way) => ({ way, value: 0 }))];
  return Promise.all(
    meant.map(async ({ way, value }) => {
      const text = textOf(way.content, way.toolCalls);
      return { task: one.name, text, value, outcome: await one.scorer(text, one.expected) };
    }),
  );
}

const misjudged = async (one: Task) =>
  (await judged(one)).filter(({ outcome, value }) => outcome.kind !== "scored" || outcome.value !== value);

/** How often the scorer says 1 of what the model means to be right, and 0 of what it means to be wrong. */
async function agreement(one: Task, given: readonly Task[], seeds: readonly number[] = [3, 4, 5]) {
  let [agreed, answers, rights] = [0, 0, 0];
  const tools = one.tools ?? [];
  const outcomes = new Map<string, Awaited<ReturnType<Task["scorer"]>>>();
  for (const seed of seeds)
    for (const model of simulatedModels(24, seed))
      for (const epoch of [0, 1]) {
        if (mishapOf(model.luck, one.prompt) !== null) continue;
        const body = { prompt: one.prompt, tools, maxTokens: 128 };
        const { content, finish, toolCalls } = completion(body, model, one, epoch, given);
        const text = textOf(content, toolCalls);
        // oxlint-disable-next-line no-await-in-loop -- coding answers run one after the other anyway
        const outcome = outcomes.get(text) ?? (await one.scorer(text, one.expected));
        outcomes.set(text, outcome);
        const meant = Number(isRight(model, one, epoch, given));
        answers++;
        rights += meant;
        agreed += Number(finish !== "length" && outcome.kind === "scored" && outcome.value === meant);
      }
  return { rate: agreed / answers, rights, answers };
}

const variants = withItems(12, { seed: 9 });

/** Tasks as a reader might add them. */
const OWN: readonly Task[] = [
  task("reasoning", "spider", "How many legs does a spider have?", { answer: 8 }),
  task("geography", "capital", "Which city is Spain's capital?", { includes: ["Madrid"] }),
  task("geography", "river", "Which is a river?", { choice: "B", choices: ["Rome", "Po", "Etna"] }),
  { ...task("tool_use", "poem", "Write a poem.", { call: null }), tools: toolTasks[1]!.tools! },
  {
    ...task("style", "year", "Which year?", { pattern: "^\\d{4}$" }),
    examples: { right: "1999", wrong: ["99", "In 1999."] },
  },
  task("reasoning", "debt", "What is 3 - 10?", { answer: -7 }),
  task("reasoning", "zero", "What is 3 - 3?", { answer: 0 }),
  task("reasoning", "world", "How many people live on Earth?", { answer: 8_200_000_000 }),
  task("reasoning", "half", "What is 1 / 8?", { answer: 0.125, unit: "km" }),
  task("instruction", "yes", "Say YES.", { exact: "YES" }),
  task("instruction", "tick", "Say x.", { exact: "x", codeMarks: true }),
  task("instruction", "status", "JSON, please.", { json: { status: "n/a" } }),
  task("coding", "shout", "Write shout(word, times) in Python.", {
    python: {
      entry: "shout",
      cases: [
        { args: ["a", 2], returns: "AA" },
        { args: ["", 1], returns: "" },
      ],
    },
  }),
  task("coding", "total", "Write total(numbers) in Python.", {
    python: {
      entry: "total",
      cases: [
        { args: [[1, 2]], returns: { sum: 3, none: null, all: true } },
        { args: [[]], returns: { sum: 0, none: null, all: false } },
      ],
    },
  }),
  task("tool_use", "look", "Look.", { call: { tool: "LOOK", args: ["north", 2] } }),
  task("tool_use", "fetch", "Fetch.", { call: { tool: "FETCH", args: ["page"] } }),
];

describe("Every answer that the simulated panel may give", () => {
  it.each(TASKS)("to $name is scored as it is meant", async (one) => {
    expect(await misjudged(one)).toEqual([]);
  });
  it.each(toolTasks)("to $name is scored as it is meant", async (one) => {
    expect(await misjudged(one)).toEqual([]);
  });
  it.each(OWN)("to a task of one's own such as $name is scored as it is meant", async (one) => {
    expect(await misjudged(one)).toEqual([]);
  });

  it.each(TASKS)("to variants of $name is scored as it is meant", async ({ name }) => {
    const own = withItems(30, { seed: 4 }).filter((one) => one.name.startsWith(name));
    expect(own).toHaveLength(10);
    expect((await Promise.all(own.map(misjudged))).flat()).toEqual([]);
  });

  it("is none where the task expects nothing that the panel could write", () => {
    for (const expected of [{}, { patterns: ["x+"] }, { mustInclude: ["x"] }, { python: { value: 7 } }])
      expect(waysToAnswer({ expected }, [])).toBeNull();
  });
});

describe("Answers of the simulated panel", () => {
  it.each(TASKS.map((one) => ({ one, name: one.name })))(
    "to $name fit in 128 tokens, right and wrong alike",
    async ({ one }) => {
      const { rate, rights, answers } = await agreement(one, TASKS);
      expect(rate).toBeGreaterThanOrEqual(0.99);
      expect(rights).toBeGreaterThan(answers / 10);
      expect(rights).toBeLessThan((answers * 9) / 10);
    },
  );

  it("to generated variants fit, too", async () => {
    const rates = await Promise.all(variants.map((one) => agreement(one, variants, [3])));
    const answers = rates.reduce((sum, rate) => sum + rate.answers, 0);
    const agreed = rates.reduce((sum, rate) => sum + rate.answers * rate.rate, 0);
    expect(answers).toBeGreaterThan(2_200);
    expect(agreed / answers).toBeGreaterThanOrEqual(0.99);
  });

  it.each(toolTasks.map((one) => ({ one, name: one.name })))(
    "to $name are real tool calls",
    async ({ one }) => {
      const { rate, rights, answers } = await agreement(one, toolTasks);
      expect(rate).toBeGreaterThanOrEqual(0.99);
      expect(rights).toBeGreaterThan(answers / 10);
    },
  );

  it("to an edited task follow what it expects now", async () => {
    const tasks = editTask(TASKS, "math_apples", {
      prompt: "Sarah has 30 apples. She buys 14 more and eats 2. How many apples remain?",
      expected: { answer: 42 },
    });
    expect((await agreement(tasks[0]!, tasks)).rate).toBeGreaterThanOrEqual(0.99);
  });
});
