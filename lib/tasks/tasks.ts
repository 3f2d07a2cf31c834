import { fileURLToPath } from "node:url";
import type { PythonCheck } from "../scorers/types.js";
import { tasksIn } from "./files/tasksIn.js";
import type { Task } from "./types.js";

/** The path of one of the project's own data files. */
export const dataFile = (name: string): string =>
  fileURLToPath(new URL(`../../data/${name}`, import.meta.url));

/** The twelve questions of the original notebook, three a facet, prompts verbatim, with what the scorers here read. */
export const TASKS: readonly Task[] = tasksIn([dataFile("original.jsonl")]);

const pythonOf = (name: string): PythonCheck => TASKS.find((task) => task.name === name)!.expected.python!;

/**
 * What the two functions of the original's coding tasks must do. No prompt mentions the inputs: zero, signs and fractions
 * tell a sum from string joining, `int()` and `abs()`; the fractions are exact in binary, so that sums compare exactly.
 */
export const PYTHON_CHECKS: { readonly sum: PythonCheck; readonly reversal: PythonCheck } = {
  sum: pythonOf("add_func"),
  reversal: pythonOf("doc_comment"),
};

/**
 * Real tool calls: two tasks for each of the original's tool tasks, one with that tool alone and one with three to choose
 * from. The tools go out with the request, and the calls that come back are scored: the right one, its arguments, no
 * other. Models without tool support cannot answer them.
 */
export const toolTasks: readonly Task[] = tasksIn([dataFile("tool_calls.jsonl")]);
