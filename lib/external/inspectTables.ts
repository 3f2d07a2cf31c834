import { readCsvTable, type CellOf } from "./csvTable.js";
import { numberOf } from "./fields.js";
import { runNames, taskName } from "./inspectLog.js";
import { SampleScores } from "./inspectScores.js";
import type { FileReading, Reading } from "./reading.js";
import { SkipLog } from "./skipLog.js";
import type { ByteSource } from "./textChunks.js";

/** Whether a table with these columns is Inspect's `evals_df`: a row for each log. */
export function isEvalsTable(columns: readonly string[]): boolean {
  return ["eval_id", "model", "task_name", "status"].every((column) => columns.includes(column));
}

/** Whether a table with these columns is Inspect's `samples_df`: a row for each sample and epoch. */
export function isSamplesTable(columns: readonly string[]): boolean {
  return ["eval_id", "id", "epoch"].every((column) => columns.includes(column)) && !isEvalsTable(columns);
}

/** Reads `evals_df` saved as CSV: each log's headline score, or else the accuracy or mean of its first scorer. */
export async function readEvalsTable(source: ByteSource, columns: readonly string[]): Promise<FileReading> {
  const readings: Reading[] = [];
  const evals: { id: string; model: string; task: string }[] = [];
  const skips = new SkipLog();
  const scores = columns.filter((column) => /^score_(?!headline_).+_(?:accuracy|mean)$/.test(column));
  await readCsvTable(source, (cell) => {
    const [model, task, status] = [cell("model"), taskName(cell("task_name")), cell("status")];
    evals.push({ id: cell("eval_id"), model, task });
    const column =
      cell("score_headline_value") === "" ? scores.find((name) => cell(name) !== "") : "score_headline_value";
    const score = column === undefined ? null : numberOf(cell(column));
    if (status !== "success") skips.add(task, `unfinished log: status ${status || "missing"}`);
    else if (model === "") skips.add(task, "names no model");
    else if (score === null) skips.add(task, "not scored");
    else if (score < 0 || score > 1) skips.add(task, `${column} ${score} lies outside 0 to 1`);
    else {
      const metric =
        column === "score_headline_value"
          ? `${cell("score_headline_name")} ${cell("score_headline_metric")}`.trim() || "headline"
          : column!.replace(/^score_/, "");
      const epochs = numberOf(cell("epochs")) ?? 1;
      const n = Math.round((numberOf(cell("completed_samples")) ?? 0) / epochs);
      const identities = runNames(cell("eval_id"), cell("run_id"), cell("task_id"));
      readings.push({ model, task, isFacet: false, metric, score, ...(n > 0 ? { n } : {}), identities });
    }
  });
  const skipped = skips.entries();
  return {
    format: "Inspect evals table",
    version: null,
    scale: "fraction",
    readings,
    skipped,
    notes: [],
    evals,
  };
}

/**
 * Reads `samples_df` saved as CSV: the mean of each eval's samples. It names no model, unless columns were added to it:
 * the model is then that of the eval in a log or evals table loaded with it.
 */
export async function readSamplesTable(source: ByteSource, columns: readonly string[]): Promise<FileReading> {
  const scorers = columns.filter((column) => column.startsWith("score_"));
  const evals = new Map<
    string,
    { readonly model: string; readonly task: string; readonly samples: SampleScores }
  >();
  await readCsvTable(source, (cell) => {
    const id = cell("eval_id");
    let found = evals.get(id);
    if (found === undefined) {
      found = { model: cell("model"), task: taskOf(cell), samples: new SampleScores() };
      evals.set(id, found);
    }
    const scores = scorers
      .filter((column) => cell(column) !== "")
      .map((column) => [column.slice(6), cell(column)]);
    found.samples.add({ id: cell("id"), scores: Object.fromEntries(scores) });
  });
  const readings: Reading[] = [];
  const skips = new SkipLog();
  let unscored = 0;
  for (const [evalId, { model, task, samples }] of evals) {
    unscored += samples.unscored + samples.structured;
    const score = samples.headline();
    if ("why" in score) skips.add(task || `eval ${evalId}`, score.why);
    else {
      const { metric, n } = score;
      const identities = runNames(evalId, "", "");
      readings.push({
        model,
        task,
        isFacet: false,
        metric,
        score: score.score,
        n: n ?? 0,
        identities,
        evalId,
      });
    }
  }
  const notes = unscored === 0 ? [] : [`Samples not scored, and left out: ${unscored}.`];
  const skipped = skips.entries();
  return { format: "Inspect samples table", version: null, scale: "fraction", readings, skipped, notes };
}

function taskOf(cell: CellOf): string {
  const task = cell("task_name");
  return task === "" ? "" : taskName(task);
}
