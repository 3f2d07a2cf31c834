import type { ByteSource } from "../sources/byteSource.js";
import { readCsvTable } from "../sources/readCsv.js";
import { FileReport } from "./fileReport.js";
import { fromPercent, scoreCell } from "./scoreTable.js";

/**
 * LiveBench's categories with the tasks of all its releases.
 *
 * @see https://github.com/LiveBench/livebench.github.io, public/categories_*.json
 */
const CATEGORIES: Readonly<Record<string, string>> = {
  reasoning:
    "house_traversal web_of_lies_v2 web_of_lies_v3 zebra_puzzle spatial theory_of_mind logic_with_navigation",
  coding: "LCB_generation completion coding_completion code_generation code_completion",
  agentic_coding: "javascript typescript python",
  mathematics: "AMPS_Hard math_comp math_proof_comp olympiad integrals_with_game",
  data_analysis: "cta tablejoin tablereformat consecutive_events",
  language: "connections movie_unscrambling plot_unscrambling typos",
  instruction_following: "paraphrase simplify story_generation summarize",
};
const TASKS = new Map(
  Object.entries(CATEGORIES).flatMap(([category, tasks]) =>
    tasks.split(" ").map((task) => [task, category] as const),
  ),
);

/** Whether a table with these columns is one of LiveBench's: a model, and otherwise its tasks alone. */
export function isLiveBenchTable(columns: readonly string[]): boolean {
  const [first, ...tasks] = columns;
  return first === "model" && tasks.length >= 3 && tasks.every((task) => TASKS.has(task));
}

/** Reads LiveBench's table, in percent: for each model and category the mean of its tasks, as LiveBench takes it. */
export async function readLiveBenchTable(
  source: ByteSource,
  columns: readonly string[],
): Promise<FileReport> {
  const report = new FileReport("LiveBench table", "percent");
  await readCsvTable(source, (cell, record) => {
    const model = cell("model");
    if (model === "") return report.skip(`row ${record}`, "no model");
    for (const task of Object.keys(CATEGORIES)) {
      const parts = columns.filter((column) => TASKS.get(column) === task);
      const scores = parts.map((part) => scoreCell(cell(part)));
      const gap = parts[scores.findIndex((score) => "why" in score)];
      const sum = scores.reduce((sum, score) => sum + ("why" in score ? Number.NaN : score.value), 0);
      if (gap !== undefined)
        report.skip(`row ${record} (${model}, ${task})`, `no score in percent for ${gap}: "${cell(gap)}"`);
      else if (parts.length > 0)
        report.add({ model, task, isFacet: true, metric: "mean", score: fromPercent(sum / parts.length) });
    }
  });
  return report;
}
