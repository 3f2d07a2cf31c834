import { describe, expect, it } from "vitest";
import { completion } from "../../lib/simulate/completion.js";
import { isRight } from "../../lib/simulate/isRight.js";
import { mishapOf } from "../../lib/simulate/mishap.js";
import { simulatedModels } from "../../lib/simulate/models.js";
import { understand } from "../../lib/simulate/understand.js";
import { editTask, TASKS, toolTasks, withItems } from "../../lib/tasks/index.js";
import type { Task } from "../../lib/tasks/types.js";

/** How often the scorer says 1 of what the model means to be right, and 0 of what it means to be wrong. */
async function agreement(task: Task, given: readonly Task[]) {
  let agreed = 0;
  let answers = 0;
  let rights = 0;
  for (const seed of [3, 4, 5])
    for (const model of simulatedModels(24, seed))
      for (const epoch of [0, 1]) {
        const understood = understand(task.prompt, given)!;
        if (mishapOf(model.luck, task.prompt, understood.question.kind) !== null) continue;
        const asked = {
          model,
          prompt: task.prompt,
          understood,
          tools: task.tools ?? [],
          maxTokens: 128,
          epoch,
        };
        const { content, finish, toolCalls } = completion(asked, given);
        const text = toolCalls.length > 0 ? JSON.stringify({ tool_calls: toolCalls }) : (content ?? "");
        // oxlint-disable-next-line no-await-in-loop -- coding answers run one after the other anyway
        const outcome = await task.scorer(text, task.expected);
        const meant = Number(isRight(model, task.prompt, epoch, understood, given));
        answers++;
        rights += meant;
        agreed += Number(finish !== "length" && outcome.kind === "scored" && outcome.value === meant);
      }
  return { rate: agreed / answers, rights, answers };
}

describe("Answers of the simulated panel", () => {
  it.each(TASKS.map((task) => ({ task, name: task.name })))(
    "to $name are scored as they are meant, right and wrong alike, within 128 tokens",
    async ({ task }) => {
      const { rate, rights, answers } = await agreement(task, TASKS);
      expect(rate).toBeGreaterThanOrEqual(0.99);
      expect(rights).toBeGreaterThan(answers / 10);
      expect(rights).toBeLessThan((answers * 9) / 10);
    },
  );

  const edits: readonly {
    readonly name: string;
    readonly prompt: string;
    readonly expected: Task["expected"];
  }[] = [
    {
      name: "math_apples",
      prompt: "Sarah has 30 apples. She buys 14 more and eats 2. How many apples remain?",
      expected: { answer: 42 },
    },
    {
      name: "train_time",
      prompt: "A train travels 180 miles in 2.5 hours. What is its average speed in mph?",
      expected: { answer: 72, unit: "mph" },
    },
    {
      name: "ratio_mix",
      prompt: "You mix 1 part red paint with 4 parts blue. If you use 10 cups total, how many cups are blue?",
      expected: { answer: 8, item: "blue" },
    },
    {
      name: "csv_format",
      prompt: "Return the three words 'elm', 'ash', 'fir' as a single comma-separated line (no spaces).",
      expected: { exact: "elm,ash,fir" },
    },
    {
      name: "json_shape",
      prompt:
        "Respond with JSON containing keys name and priority for the task 'call Ann' with low priority.",
      expected: { json: { name: "call Ann", priority: "low" } },
    },
    {
      name: "style_rule",
      prompt: "Answer 'steady' in ALL CAPS followed by a question mark, nothing else.",
      expected: { exact: "STEADY?" },
    },
    {
      name: "add_func",
      prompt: "Write a Python function named mul(x, y) that returns their product.",
      expected: {
        python: {
          entry: "mul",
          cases: [
            { args: [2, 3], returns: 6 },
            { args: [0, 4], returns: 0 },
            { args: [-1, 7], returns: -7 },
          ],
        },
      },
    },
    {
      name: "list_comprehension",
      prompt: "Give a one-line Python list comprehension that cubes numbers 2 through 5.",
      expected: { python: { value: [8, 27, 64, 125], needs: ["list-comprehension", "one-line"] } },
    },
    {
      name: "search_tool",
      prompt: "Use a FIND tool to look up 'trains to Rome' and return the action line only.",
      expected: { call: { tool: "FIND", args: ["trains to Rome"] } },
    },
    {
      name: "calc_tool",
      prompt: "Call a CALC tool to compute 144 / 12. Return only the tool call line.",
      expected: { call: { tool: "CALC", args: ["144 / 12"] } },
    },
  ];

  it.each(edits)(
    "to $name with its prompt edited are scored as they are meant, without being told",
    async (edit) => {
      const tasks = editTask(TASKS, edit.name, { prompt: edit.prompt, expected: edit.expected });
      const task = tasks.find(({ name }) => name === edit.name)!;
      expect((await agreement(task, TASKS)).rate).toBeGreaterThanOrEqual(0.99);
    },
  );

  const variants = withItems(12, { seed: 9 });
  it.each([
    { what: "that it was given", given: variants },
    { what: "that it was not given", given: TASKS },
  ])("to generated variants $what are scored as they are meant", async ({ given }) => {
    const rates = await Promise.all(variants.map((task) => agreement(task, given)));
    const answers = rates.reduce((sum, rate) => sum + rate.answers, 0);
    const agreed = rates.reduce((sum, rate) => sum + rate.answers * rate.rate, 0);
    expect(answers).toBeGreaterThan(6_000);
    expect(agreed / answers).toBeGreaterThanOrEqual(0.99);
  });

  it.each(toolTasks.map((task) => ({ task, name: task.name })))(
    "to $name are real tool calls, scored as they are meant",
    async ({ task }) => {
      const { rate, rights, answers } = await agreement(task, toolTasks);
      expect(rate).toBeGreaterThanOrEqual(0.99);
      expect(rights).toBeGreaterThan(answers / 10);
    },
  );

  it("to a task of one's own, whose words the panel cannot read, follow what the task expects", async () => {
    const tasks = editTask(TASKS, "math_apples", {
      prompt: "How many legs does a spider have?",
      expected: { answer: 8 },
    });
    expect((await agreement(tasks[0]!, tasks)).rate).toBeGreaterThanOrEqual(0.99);
  });

  it("to a coding task of one's own pass its cases", async () => {
    const python = {
      entry: "shout",
      cases: [
        { args: ["a", 2], returns: "AA" },
        { args: ["", 1], returns: "" },
      ],
    };
    const tasks = editTask(TASKS, "add_func", {
      prompt: "Write shout(word, times) in Python.",
      expected: { python },
    });
    const task = tasks.find(({ name }) => name === "add_func")!;
    expect((await agreement(task, tasks)).rate).toBeGreaterThanOrEqual(0.99);
  });
});
