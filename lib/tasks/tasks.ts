import { scoreCoding, scoreInstruction, scoreReasoning, scoreToolUse } from "../scorers/index.js";
import type { PythonCheck } from "../scorers/types.js";
import type { Task } from "./types.js";

/**
 * Inputs that no prompt mentions: zero, signs and fractions tell a sum from string joining, `int()` and `abs()`.
 * The fractions are exact in binary, so that sums can be compared exactly.
 */
const sums: PythonCheck = {
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
};

const reversals: PythonCheck = {
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
};

/**
 * The twelve questions of the original notebook, three a facet, prompts verbatim. `expected` holds what the original's
 * heuristics read (`mustInclude`, `format`, `patterns`, `required`) beside what the scorers here read.
 */
export const TASKS: readonly Task[] = [
  {
    facet: "reasoning",
    name: "math_apples",
    prompt: "Sarah has 3 apples. She buys 4 more and eats 2. How many apples remain?",
    expected: { answer: 5 },
    scorer: scoreReasoning,
  },
  {
    facet: "reasoning",
    name: "train_time",
    prompt: "A train travels 60 miles in 1.5 hours. What is its average speed in mph?",
    expected: { answer: 40, unit: "mph" },
    scorer: scoreReasoning,
  },
  {
    facet: "reasoning",
    name: "ratio_mix",
    prompt: "You mix 2 parts red paint with 3 parts blue. If you use 10 cups total, how many cups are blue?",
    expected: { answer: 6, item: "blue" },
    scorer: scoreReasoning,
  },
  {
    facet: "instruction",
    name: "csv_format",
    prompt: "Return the three words 'oak', 'pine', 'birch' as a single comma-separated line (no spaces).",
    expected: { mustInclude: ["oak,pine,birch"], exact: "oak,pine,birch", codeMarks: true },
    scorer: scoreInstruction,
  },
  {
    facet: "instruction",
    name: "json_shape",
    prompt:
      "Respond with JSON containing keys name and priority for the task 'backup data' with high priority.",
    expected: {
      mustInclude: ["backup", "high"],
      format: "json",
      json: { name: "backup data", priority: "high" },
    },
    scorer: scoreInstruction,
  },
  {
    facet: "instruction",
    name: "style_rule",
    prompt: "Answer 'ready' in ALL CAPS followed by an exclamation mark, nothing else.",
    expected: { mustInclude: ["READY!"], exact: "READY!" },
    scorer: scoreInstruction,
  },
  {
    facet: "coding",
    name: "add_func",
    prompt: "Write a Python function named add_numbers(a, b) that returns their sum.",
    expected: { patterns: ["def\\s+add_numbers", "return\\s+a\\s*\\+\\s*b"], python: sums },
    scorer: scoreCoding,
  },
  {
    facet: "coding",
    name: "list_comprehension",
    prompt: "Give a one-line Python list comprehension that squares numbers 1 through 4.",
    expected: {
      patterns: ["\\[n\\*\\*2\\s+for\\s+n\\s+in\\s+range\\(1,\\s*5\\)"],
      python: { value: [1, 4, 9, 16], needs: ["list-comprehension", "one-line"] },
    },
    scorer: scoreCoding,
  },
  {
    facet: "coding",
    name: "doc_comment",
    prompt: "Provide a short Python function with a docstring that reverses a string.",
    expected: { patterns: ["def", "docstring", "[::-1]"], python: reversals },
    scorer: scoreCoding,
  },
  {
    facet: "tool_use",
    name: "search_tool",
    prompt: "Use a SEARCH tool to look up 'weather in Paris' and return the action line only.",
    expected: { required: ["SEARCH", "Paris"], call: { tool: "SEARCH", args: ["weather in Paris"] } },
    scorer: scoreToolUse,
  },
  {
    facet: "tool_use",
    name: "calc_tool",
    prompt: "Call a CALC tool to compute 12 * 7. Return only the tool call line.",
    expected: { required: ["CALC", "12", "7"], call: { tool: "CALC", args: ["12 * 7"] } },
    scorer: scoreToolUse,
  },
  {
    facet: "tool_use",
    name: "retrieval_tool",
    prompt: "Trigger a RETRIEVE tool for the topic 'quantum tunneling'. Output only the tool command.",
    expected: { required: ["RETRIEVE", "quantum"], call: { tool: "RETRIEVE", args: ["quantum tunneling"] } },
    scorer: scoreToolUse,
  },
];
