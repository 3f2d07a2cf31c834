import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPrompt } from "../../lib/simulate/read/readPrompt.js";
import { understand } from "../../lib/simulate/understand.js";
import { TASKS, editTask } from "../../lib/tasks/index.js";
import type { Task } from "../../lib/tasks/types.js";

const APPLES = TASKS[0]!.prompt;

const answerOf = (prompt: string): number | null => {
  const read = readPrompt(prompt);
  return read?.kind === "number" ? read.right.value : null;
};

/** A task that no panel has heard of. */
const own = (expected: Task["expected"]): Task => ({
  facet: "own",
  name: "own",
  prompt: "Name the thing.",
  expected,
  scorer: () => ({ kind: "unscored", reason: "review", explanation: "" }),
});

describe("readPrompt", () => {
  it.each(TASKS.map(({ name, prompt, expected }) => ({ name, prompt, expected })))(
    "reads from the words of $name what its task expects",
    ({ prompt, expected }) => {
      const read = readPrompt(prompt)!;
      const found = {
        number: () => ({ answer: read.kind === "number" ? read.right.value : null }),
        exact: () => ({ exact: read.kind === "exact" ? read.text : null }),
        json: () => ({ json: read.kind === "json" ? read.fields : null }),
        call: () => ({ call: read.kind === "call" ? read.call : null }),
        python: () => ({}),
      }[read.kind]();
      expect(expected).toMatchObject(found);
    },
  );

  it.each([
    ["Sarah has 9 apples. She buys 4 more and eats 2. How many apples remain?", 11],
    ["Tom had 12 red marbles. He lost 5 and won 3. How many marbles remain?", 10],
    ["Mia has 20 pens. She gives away 6, finds 2 and sells 10. How many pens are left?", 6],
    ["A train travels 150 miles in 2.5 hours. What is its average speed in mph?", 60],
    ["A cyclist rides 45 km in 3 hours. What is the average speed in km/h?", 15],
    ["You mix 1 part red paint with 4 parts blue. If you use 20 cups total, how many cups are blue?", 16],
    ["You mix 1 part red paint with 4 parts blue. If you use 20 cups total, how many cups are red?", 4],
  ])("works out %j as %d", (prompt, answer) => {
    expect(answerOf(prompt)).toBeCloseTo(answer, 12);
  });

  it.each([
    ["Return the two words 'elm', 'ash' as a single comma-separated line (no spaces).", "elm,ash"],
    ["Return the words 'elm', 'ash', 'fir' as a single semicolon-separated line (no spaces).", "elm;ash;fir"],
    ["Answer 'go' in ALL CAPS followed by a question mark, nothing else.", "GO?"],
    ["Answer 'done' in ALL CAPS, nothing else.", "DONE"],
  ])("reads %j as exactly %j", (prompt, text) => {
    expect(readPrompt(prompt)).toMatchObject({ kind: "exact", text });
  });

  it("reads keys and values of a JSON object", () => {
    const prompt =
      "Respond with JSON containing keys title and level for the task 'water plants' with low level.";
    expect(readPrompt(prompt)).toEqual({ kind: "json", fields: { title: "water plants", level: "low" } });
  });

  it.each([
    [
      "Use a LOOKUP tool to look up 'tides in Oslo' and return the action line only.",
      "LOOKUP",
      "tides in Oslo",
    ],
    ["Call a CALC tool to compute 31 + 9. Return only the tool call line.", "CALC", "31 + 9"],
  ])("reads the call in %j", (prompt, tool, arg) => {
    expect(readPrompt(prompt)).toEqual({ kind: "call", call: { tool, args: [arg] } });
  });

  it.each([
    ["Write a Python function named f(x, y) that returns 3 times their sum.", "(x + y) * 3"],
    ["Write a Python function named f(x, y) that returns the larger of the two.", "max(x, y)"],
    ["Give a one-line Python list comprehension that adds 14 to numbers 2 through 10.", "n + 14"],
    [
      "Provide a short Python function with a docstring that removes every 'l' from a string.",
      's.replace("l", "")',
    ],
  ])("reads %j as code with %s", (prompt, code) => {
    const read = readPrompt(prompt);
    expect(read?.kind === "python" && read.right[0]).toContain(code);
  });

  it.each([
    "Write a Python function named f(x, y) that returns their sum when both are odd.",
    "Provide a short Python function with a docstring that reverses a string and adds a dot.",
    "Give a one-line Python list comprehension that squares numbers 1 through 4 but 3.",
    "Sarah has 3 apples. She buys 4 more, eats 2 and gives Tom 1. How many apples remain?",
    "Sarah has 3 apples. She buys twice as many and eats 2. How many apples remain?",
    "A train travels 60 miles in 90 minutes. What is its average speed in mph?",
    "A train travels 60 miles in 1.5 hours. What is its average speed in km/h?",
    "A train travels 60 miles in 0 hours. What is its average speed in mph?",
    "A train travels 60 miles in 1.5 hours, 0.5 of them at rest. What is its average speed in mph?",
  ])("does not read %j as less than it says", (prompt) => {
    expect(readPrompt(prompt)).toBeNull();
  });

  it("adds up whatever numbers an edit puts in", () => {
    const small = fc.integer({ min: 0, max: 500 });
    fc.assert(
      fc.property(small, small, small, (had, gained, lost) => {
        const prompt = `Sarah has ${had} apples. She buys ${gained} more and eats ${lost}. How many apples remain?`;
        expect(answerOf(prompt)).toBe(had + gained - lost);
      }),
    );
  });

  it("never throws, and takes no arbitrary text for a question", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readPrompt(text)).toBeNull();
      }),
    );
  });

  it("reads no text longer than 2,000 characters, so that none can take long", () => {
    const long = `${APPLES} ${"She likes apples very much. ".repeat(60)}`;
    expect(long.length).toBeLessThan(2_000);
    expect(answerOf(long)).toBe(5);
    expect(answerOf(long + " ".repeat(2_000))).toBeNull();
  });
});

describe("understand", () => {
  it("knows a task by its prompt, with the facet it belongs to", () => {
    const task = TASKS[0]!;
    expect(understand(task.prompt, TASKS)).toMatchObject({
      facet: "reasoning",
      task,
      question: { kind: "number" },
    });
  });

  it("answers an edited prompt as edited, and takes its facet from the task it was", () => {
    const prompt = "Sarah has 30 apples. She buys 4 more and eats 2. How many apples remain?";
    const understood = understand(prompt, TASKS)!;
    expect(understood).toMatchObject({ facet: "reasoning", question: { right: { value: 32 } } });
    expect(understood.task?.name).toBe("math_apples");
  });

  it("goes by what the task expects where the prompt's words say otherwise", () => {
    const tasks = editTask(TASKS, "math_apples", { expected: { answer: 4 } });
    expect(understand(tasks[0]!.prompt, tasks)?.question).toMatchObject({ right: { value: 4 } });
  });

  it("answers what is asked where the prompt was edited and its target forgotten", () => {
    const prompt = APPLES.replace("3 apples", "13 apples");
    const tasks = editTask(TASKS, "math_apples", { prompt });
    expect(understand(prompt, tasks)?.question).toMatchObject({ right: { value: 15 } });
    const own = editTask(TASKS, "math_apples", { prompt, expected: { answer: 30 } });
    expect(understand(prompt, own)?.question).toMatchObject({ right: { value: 30 } });
  });

  it("takes another wording of a task for that task", () => {
    const prompt = "What is the average speed in mph of a train that in 1.5 hours travels 60 miles?";
    expect(understand(prompt, TASKS)?.task?.name).toBe("train_time");
  });

  it("does not take other numbers or words for another wording", () => {
    const other = "What is the average speed in mph of a train that in 1.5 hours travels 90 miles?";
    expect(understand(other, TASKS)).toBeNull();
  });

  it("has no answer to a question that is like none of its tasks", () => {
    expect(understand("What is the capital of France?", TASKS)).toBeNull();
    expect(understand("", TASKS)).toBeNull();
  });

  it.each([
    [{ answer: 7 }, "number"],
    [{ exact: "YES" }, "exact"],
    [{ json: { a: "b" } }, "json"],
    [{ python: { value: [1, 2] } }, "python"],
    [{ python: { entry: "f", cases: [{ args: [1], returns: 2 }] } }, "python"],
    [{ call: { tool: "LOOK", args: ["x"] } }, "call"],
    [{ mustInclude: ["oak"] }, "exact"],
  ] as const)("makes a %j of a task of one's own into a question of kind %s", (expected, kind) => {
    expect(understand("Name the thing.", [own(expected)])).toMatchObject({
      facet: "own",
      question: { kind },
    });
  });

  it("has no answer to a task that only says what to look for", () => {
    expect(understand("Name the thing.", [own({ patterns: ["x+"] })])).toBeNull();
  });
});
