import { isDeepStrictEqual } from "node:util";
import { seedScorers } from "../scorers/index.js";
import type { Scorer, SeedExpected } from "../scorers/types.js";
import { objectOf } from "../shared/json.js";
import { TASKS } from "./tasks.js";
import type { Task } from "./types.js";

/**
 * The tasks with the original notebook's heuristics as their scorers, and in `expected` what those read beside what it
 * holds; a task of another facet keeps its scorer.
 */
export function withSeedScorers(tasks: readonly Task[]): Task[] {
  return withScorers(tasks, seedScorers);
}

/** The tasks with other scorers by facet; whatever these read, the heuristics' expectations are among it. */
export function withScorers(
  tasks: readonly Task[],
  byFacet: Readonly<Partial<Record<string, Scorer>>>,
): Task[] {
  return tasks.map((task) => ({
    ...task,
    expected: { ...heuristics(task), ...task.expected },
    scorer: (Object.hasOwn(byFacet, task.facet) ? byFacet[task.facet] : undefined) ?? task.scorer,
  }));
}

/** What the original looks for in the answers to its twelve questions, by name; reasoning reads `answer`. */
const ORIGINALS: Readonly<Record<string, SeedExpected>> = {
  csv_format: { mustInclude: ["oak,pine,birch"] },
  json_shape: { mustInclude: ["backup", "high"], format: "json" },
  style_rule: { mustInclude: ["READY!"] },
  add_func: { patterns: ["def\\s+add_numbers", "return\\s+a\\s*\\+\\s*b"] },
  list_comprehension: { patterns: ["\\[n\\*\\*2\\s+for\\s+n\\s+in\\s+range\\(1,\\s*5\\)"] },
  doc_comment: { patterns: ["def", "docstring", "[::-1]"] },
  search_tool: { required: ["SEARCH", "Paris"] },
  calc_tool: { required: ["CALC", "12", "7"] },
  retrieval_tool: { required: ["RETRIEVE", "quantum"] },
};

/** The original's for its own answers; for any other answer, words in the same spirit. */
function heuristics({ name, expected }: Task): SeedExpected {
  const original = TASKS.find((task) => task.name === name)?.expected;
  if (isDeepStrictEqual(original, expected)) return ORIGINALS[name] ?? {};
  const { exact, json, python, call } = expected;
  if (exact !== undefined) return { mustInclude: [exact].flat().slice(0, 1) };
  if (json !== undefined) {
    const values = Object.values(objectOf(json)).map((value) => String(value).split(" ")[0]!);
    return { mustInclude: values, format: "json" };
  }
  if (call) return { required: [call.tool, ...(String(call.args ?? "").match(/\w+/g) ?? [])] };
  if (!python) return {};
  if (python.entry === undefined) return { patterns: ["\\[.*\\sfor\\s+\\w+\\s+in\\s"] };
  const named = python.entry === null ? "def" : `def\\s+${python.entry}`;
  return { patterns: [named, ...(python.needs?.includes("docstring") ? ["docstring"] : []), "return"] };
}
