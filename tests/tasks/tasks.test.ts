import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { seedScorers } from "../../lib/scorers/index.js";
import type { SeedExpected } from "../../lib/scorers/types.js";
import {
  editTask,
  FACETS,
  task,
  TASKS,
  toolTasks,
  withItems,
  withSeedScorers,
} from "../../lib/tasks/index.js";

/** Taken from the original notebook's text by a regular expression. */
const prompts = JSON.parse(readFileSync(new URL("seedPrompts.json", import.meta.url), "utf8")) as Record<
  string,
  string
>;

describe("TASKS", () => {
  it("holds the original's twelve prompts, byte for byte and in its order", () => {
    expect(Object.fromEntries(TASKS.map((task) => [task.name, task.prompt]))).toEqual(prompts);
    expect(TASKS.map((task) => task.name)).toEqual(Object.keys(prompts));
  });

  it("has three tasks a facet, facets in order", () => {
    expect(TASKS.map((task) => task.facet)).toEqual(FACETS.flatMap((facet) => [facet, facet, facet]));
  });
});

describe("task", () => {
  it.each(FACETS)("takes the scorer of its facet, %s, unless another is given", (facet) => {
    const like = TASKS.find((one) => one.facet === facet)!;
    expect(task(facet, like.name, like.prompt, like.expected)).toEqual(like);
    expect(task(facet, "mine", "?", {}, seedScorers.coding).scorer).toBe(seedScorers.coding);
  });

  it("takes any facet, and the scorer of what the task expects", async () => {
    const capital = task("geography", "capital", "Which city is Spain's capital?", { includes: ["Madrid"] });
    expect(await capital.scorer("It is Madrid.", capital.expected)).toMatchObject({ value: 1 });
    expect(await capital.scorer("It is Toledo.", capital.expected)).toMatchObject({ value: 0 });
  });

  it("wants an answer right by each of several fields, edited ones too", async () => {
    const both = task("style", "both", "?", { includes: ["oak"], pattern: "^[a-z ]+$" });
    const [edited] = editTask([both], "both", { expected: { includes: ["elm"], pattern: "^[A-Z]+$" } });
    const valueOf = async ({ scorer, expected }: typeof both, text: string) => {
      const outcome = await scorer(text, expected);
      return outcome.kind === "scored" ? outcome.value : outcome.kind;
    };
    expect(await Promise.all(["an oak", "an Oak", "an elm"].map((text) => valueOf(both, text)))).toEqual([
      1, 0, 0,
    ]);
    expect(await Promise.all(["ELM", "an elm", "OAK"].map((text) => valueOf(edited!, text)))).toEqual([
      1, 0, 0,
    ]);
  });

  it.each([{}, { unit: "mph" }])("refuses to expect %j without a scorer, and says what to do", (expected) => {
    expect(() => task("maths", "sums", "1 + 1?", expected)).toThrow(
      new TypeError(
        `task: "sums" expects ${JSON.stringify(expected)}, which no scorer reads; give it one of answer, exact, includes, ` +
          "pattern, choice, json, checks, python, call, or a scorer as the fifth argument.",
      ),
    );
  });
});

describe("editTask", () => {
  it("changes one task of a new list, and leaves the old list as it was", () => {
    const edited = editTask(TASKS, "math_apples", { prompt: "1 + 1?", expected: { answer: 2 } });
    expect(edited[0]).toMatchObject({ name: "math_apples", prompt: "1 + 1?", expected: { answer: 2 } });
    expect(edited.slice(1)).toEqual(TASKS.slice(1));
    expect(TASKS[0]!.prompt).toContain("Sarah");
  });

  it("scores by the changed answer", async () => {
    const [task] = editTask(TASKS, "train_time", { expected: { answer: 55, unit: "mph" } }).slice(1);
    expect(await task!.scorer("55 mph", task!.expected)).toMatchObject({ value: 1 });
    expect(await task!.scorer("40 mph", task!.expected)).toMatchObject({ value: 0 });
  });

  it.each([
    ["math_aples", "math_apples"],
    ["calc", "calc_tool"],
    ["JSON_SHAPE", "json_shape"],
    ["", "add_func"],
  ])("refuses the unknown name %j and names the nearest, %s", (name, nearest) => {
    expect(() => editTask(TASKS, name, {})).toThrow(
      new RangeError(`editTask: no task is named "${name}"; did you mean "${nearest}"?`),
    );
  });

  it("says so when there is no task to edit", () => {
    expect(() => editTask([], "calc_tool", {})).toThrow("the list is empty");
  });

  it("refuses a new name that another task has, since names are unique", () => {
    expect(() => editTask(TASKS, "calc_tool", { name: "search_tool" })).toThrow(/another task has that name/);
    expect(editTask(TASKS, "calc_tool", { name: "sums" }).map(({ name }) => name)).toContain("sums");
  });
});

describe("withSeedScorers", () => {
  it("judges every original task by the original's heuristics", async () => {
    const [apples] = withSeedScorers(TASKS);
    expect(apples!.scorer).toBe(seedScorers.reasoning);
    // The heuristic's known mistake: any integer in the text.
    expect(await apples!.scorer("Step 5: the answer is 6", apples!.expected)).toMatchObject({ value: 1 });
  });

  it("leaves a task of another facet with its own scorer", () => {
    const own = { ...TASKS[0]!, facet: "toString" };
    expect(withSeedScorers([own])).toEqual([own]);
  });

  it("looks in the twelve for what the original looks for, word for word", () => {
    // As a notebook's cell writes them: equal, but not the same objects.
    const written = TASKS.map((one) => ({ ...one, expected: structuredClone(one.expected) }));
    const read = withSeedScorers(written).map(({ name, expected }) => {
      const { answer, mustInclude, format, patterns, required }: SeedExpected = expected;
      return [name, { answer, mustInclude, format, patterns, required }];
    });
    expect(JSON.parse(JSON.stringify(Object.fromEntries(read)))).toEqual({
      math_apples: { answer: 5 },
      train_time: { answer: 40 },
      ratio_mix: { answer: 6 },
      csv_format: { mustInclude: ["oak,pine,birch"] },
      json_shape: { mustInclude: ["backup", "high"], format: "json" },
      style_rule: { mustInclude: ["READY!"] },
      add_func: { patterns: ["def\\s+add_numbers", "return\\s+a\\s*\\+\\s*b"] },
      list_comprehension: { patterns: ["\\[n\\*\\*2\\s+for\\s+n\\s+in\\s+range\\(1,\\s*5\\)"] },
      doc_comment: { patterns: ["def", "docstring", "[::-1]"] },
      search_tool: { required: ["SEARCH", "Paris"] },
      calc_tool: { required: ["CALC", "12", "7"] },
      retrieval_tool: { required: ["RETRIEVE", "quantum"] },
    });
  });

  it("goes by what an edited task expects, not by what the original did", async () => {
    const edited = editTask(TASKS, "csv_format", { expected: { exact: "elm,ash" } });
    const csv = withSeedScorers(edited).find(({ name }) => name === "csv_format")!;
    expect(await csv.scorer("Sure: elm,ash", csv.expected)).toMatchObject({ value: 1 });
    expect(await csv.scorer("oak,pine,birch", csv.expected)).toMatchObject({ value: 0 });
  });

  it.each(withSeedScorers([...withItems(3), ...toolTasks]).filter(({ facet }) => facet !== "reasoning"))(
    "does not pass an answer that has nothing to do with $name",
    async ({ scorer, expected }) => {
      expect(await scorer("Hello there.", expected)).toMatchObject({ value: 0 });
    },
  );
});

describe("toolTasks", () => {
  it("has two tasks for each of the original's tool tasks, one with several tools to choose from", () => {
    const called = toolTasks.map(({ expected }) => expected.call!.tool);
    expect(called).toEqual(["search", "search", "calc", "calc", "retrieve", "retrieve"]);
    expect(toolTasks.map(({ tools }) => tools!.length)).toEqual([1, 3, 1, 3, 1, 3]);
  });

  it.each(toolTasks)(
    "$name asks for a tool that it offers, with arguments that its schema knows",
    ({ expected, tools }) => {
      const offered = tools!.find((tool) => tool.function.name === expected.call!.tool)!;
      const { properties, required } = offered.function.parameters as {
        properties: object;
        required: string[];
      };
      const named = Object.keys(expected.call!.named!);
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(named));
      expect(named).toEqual(expect.arrayContaining(required));
    },
  );

  it.each(toolTasks)(
    "$name gives 1 to the right call, and 0 to another argument, an extra call or a text",
    async (task) => {
      const { tool, named } = task.expected.call!;
      const call = { name: tool, arguments: JSON.stringify(named) };
      const says = (...tool_calls: unknown[]): unknown =>
        task.scorer(JSON.stringify({ tool_calls }), task.expected);
      expect(await says(call)).toMatchObject({ value: 1 });
      expect(await says(call, call)).toMatchObject({ value: 0 });
      expect(await says({ ...call, name: "other" })).toMatchObject({ value: 0 });
      expect(await says({ ...call, arguments: JSON.stringify({ ...named, more: 1 }) })).toMatchObject({
        value: 0,
      });
      expect(await says({ ...call, arguments: call.arguments.slice(0, -1) })).toMatchObject({ value: 0 });
      const text = `${tool}(${Object.values(named!)
        .map((value) => JSON.stringify(value))
        .join(", ")})`;
      expect(await task.scorer(text, task.expected)).toMatchObject({ value: 0 });
    },
  );
});
