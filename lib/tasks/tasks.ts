import { scoreCoding, scoreInstruction, scoreReasoning, scoreToolUse } from "../scorers/index.js";
import type { Expected, PythonCheck, Scorer } from "../scorers/types.js";
import type { Task } from "./types.js";

/** The four facets, in the order of tables and figures. */
export const FACETS = ["reasoning", "instruction", "coding", "tool_use"] as const;

/** One of the four facets. A task may name others: tables take any. */
export type Facet = (typeof FACETS)[number];

const SCORERS: Readonly<Record<string, Scorer>> = {
  reasoning: scoreReasoning,
  instruction: scoreInstruction,
  coding: scoreCoding,
  tool_use: scoreToolUse,
};

/**
 * A task: the question, its right answer and the judge of what models say.
 *
 * @param facet One of the four, or a new one, which needs a scorer of its own.
 * @param name Unique in its list.
 * @param expected What the scorer reads, such as `{ answer: 5 }`.
 * @param scorer Default: the facet's.
 * @throws TypeError for a facet that has no scorer when none is given.
 */
export function task(
  facet: string,
  name: string,
  prompt: string,
  expected: Expected,
  scorer: Scorer | undefined = Object.hasOwn(SCORERS, facet) ? SCORERS[facet] : undefined,
): Task {
  if (scorer === undefined) {
    const advice = `give one as the fifth argument, or take one of ${FACETS.join(", ")}.`;
    throw new TypeError(`task: "${name}" is of the facet "${facet}", which has no scorer; ${advice}`);
  }
  return { facet, name, prompt, expected, scorer };
}

/**
 * What the two functions of the original's coding tasks must do. No prompt mentions the inputs: zero, signs and fractions
 * tell a sum from string joining, `int()` and `abs()`; the fractions are exact in binary, so that sums compare exactly.
 */
export const PYTHON_CHECKS: { readonly sum: PythonCheck; readonly reversal: PythonCheck } = {
  sum: {
    entry: "add_numbers",
    cases: [
      { args: [2, 3], returns: 5 },
      { args: [0, 0], returns: 0 },
      { args: [-7, 4], returns: -3 },
      { args: [0.5, 0.25], returns: 0.75 },
      { args: [123456789, 987654321], returns: 1111111110 },
    ],
    idioms: [
      String.raw`return\s*\(?\s*(?:(\w+)\s*\+\s*(?!\1)\w+|sum\(\s*[\[(]\s*\w+\s*,\s*\w+\s*,?\s*[\])]\s*\))\s*\)?\s*$`,
    ],
  },
  reversal: {
    entry: null,
    cases: ["hello", "", "a", "Was it a car?", "naïve Ωmega", "a\nb", "12 34"].map((text) => ({
      args: [text],
      returns: [...text].toReversed().join(""),
    })),
    needs: ["docstring"],
    idioms: [
      String.raw`return\s*\(?\s*\w+\[\s*:\s*:\s*-\s*1\s*\]`,
      String.raw`return\s+["']{2}\.join\(\s*reversed\(\s*\w+\s*\)\s*\)`,
    ],
  },
};

/** The twelve questions of the original notebook, three a facet, prompts verbatim, with what the scorers here read. */
export const TASKS: readonly Task[] = [
  task(
    "reasoning",
    "math_apples",
    "Sarah has 3 apples. She buys 4 more and eats 2. How many apples remain?",
    { answer: 5 },
  ),
  task(
    "reasoning",
    "train_time",
    "A train travels 60 miles in 1.5 hours. What is its average speed in mph?",
    { answer: 40, unit: "mph" },
  ),
  task(
    "reasoning",
    "ratio_mix",
    "You mix 2 parts red paint with 3 parts blue. If you use 10 cups total, how many cups are blue?",
    { answer: 6, item: "blue" },
  ),
  task(
    "instruction",
    "csv_format",
    "Return the three words 'oak', 'pine', 'birch' as a single comma-separated line (no spaces).",
    { exact: "oak,pine,birch", codeMarks: true },
  ),
  task(
    "instruction",
    "json_shape",
    "Respond with JSON containing keys name and priority for the task 'backup data' with high priority.",
    { json: { name: "backup data", priority: "high" } },
  ),
  task(
    "instruction",
    "style_rule",
    "Answer 'ready' in ALL CAPS followed by an exclamation mark, nothing else.",
    { exact: "READY!" },
  ),
  task("coding", "add_func", "Write a Python function named add_numbers(a, b) that returns their sum.", {
    python: PYTHON_CHECKS.sum,
  }),
  task(
    "coding",
    "list_comprehension",
    "Give a one-line Python list comprehension that squares numbers 1 through 4.",
    { python: { value: [1, 4, 9, 16], needs: ["list-comprehension", "one-line"] } },
  ),
  task("coding", "doc_comment", "Provide a short Python function with a docstring that reverses a string.", {
    python: PYTHON_CHECKS.reversal,
  }),
  task(
    "tool_use",
    "search_tool",
    "Use a SEARCH tool to look up 'weather in Paris' and return the action line only.",
    { call: { tool: "SEARCH", args: ["weather in Paris"] } },
  ),
  task("tool_use", "calc_tool", "Call a CALC tool to compute 12 * 7. Return only the tool call line.", {
    call: { tool: "CALC", args: ["12 * 7"] },
  }),
  task(
    "tool_use",
    "retrieval_tool",
    "Trigger a RETRIEVE tool for the topic 'quantum tunneling'. Output only the tool command.",
    { call: { tool: "RETRIEVE", args: ["quantum tunneling"] } },
  ),
];
