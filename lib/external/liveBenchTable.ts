import { readCsvTable } from "./csvTable.js";
import type { FileReading, Reading } from "./reading.js";
import { fromPercent, scoreCell } from "./scale.js";
import { SkipLog } from "./skipLog.js";
import type { ByteSource } from "./textChunks.js";

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
): Promise<FileReading> {
  const tasksOf = (category: string): readonly string[] =>
    columns.filter((column) => TASKS.get(column) === category);
  const categories = Object.keys(CATEGORIES)
    .map((category) => ({ category, tasks: tasksOf(category) }))
    .filter(({ tasks }) => tasks.length > 0);
  const readings: Reading[] = [];
  const skips = new SkipLog();
  await readCsvTable(source, (cell, record) => {
    const model = cell("model");
    for (const { category, tasks } of categories) {
      const scores = tasks.map((task) => ({ task, score: scoreCell(cell(task)) }));
      const gap = scores.find(({ score }) => score.kind !== "number" || score.value < 0 || score.value > 100);
      const what = `row ${record} (${model}, ${category})`;
      if (model === "") skips.add(what, "no model");
      else if (gap !== undefined) skips.add(what, `no score in percent for ${gap.task}: "${cell(gap.task)}"`);
      else {
        const sum = scores.reduce(
          (sum, { score }) => sum + (score.kind === "number" ? score.value : Number.NaN),
          0,
        );
        readings.push({
          model,
          task: category,
          isFacet: true,
          metric: "mean",
          score: fromPercent(sum / tasks.length),
        });
      }
    }
  });
  return {
    format: "LiveBench table",
    version: null,
    scale: "percent",
    readings,
    skipped: skips.entries(),
    notes: [],
  };
}
