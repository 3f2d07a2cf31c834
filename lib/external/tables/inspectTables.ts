import { numberOf, parsedJson } from "../../shared/json.js";
import { FileReport } from "../readers/fileReport.js";
import { modelVariant, runNames, taskName, unscoredNote } from "../readers/inspectLog.js";
import { SampleScores } from "../readers/inspectScores.js";
import { byName, type Table } from "./table.js";

/** Reads `evals_df` saved as CSV: each log's headline score, or else the accuracy or mean of its first scorer. */
export async function readEvalsTable(table: Table): Promise<FileReport> {
  const report = new FileReport("Inspect evals table");
  const scores = table.columns.filter((column) => /^score_(?!headline_).+_(?:accuracy|mean)$/.test(column));
  const take = byName(table, (cell) => {
    const [model, task, status] = [cell("model"), taskName(cell("task_name")), cell("status")];
    report.evals.push({ id: cell("eval_id"), model, task });
    const hasHeadline = cell("score_headline_value") !== "";
    const column = hasHeadline ? "score_headline_value" : scores.find((name) => cell(name) !== "");
    const score = column === undefined ? null : numberOf(cell(column));
    if (status !== "success") return report.skip(task, `unfinished log: status ${status || "missing"}`);
    if (model === "") return report.skip(task, "names no model");
    if (column === undefined || score === null) return report.skip(task, "not scored");
    const named = `${cell("score_headline_name")} ${cell("score_headline_metric")}`.trim() || "headline";
    const metric = hasHeadline ? named : column.replace(/^score_/, "");
    const n = Math.round((numberOf(cell("completed_samples")) ?? 0) / (numberOf(cell("epochs")) ?? 1));
    const identities = runNames(cell("eval_id"), cell("run_id"), cell("task_id"));
    const asked = ["model_args", "model_generate_config"].map((key) => [key, parsedJson(cell(key))] as const);
    const variant = modelVariant(Object.fromEntries(asked));
    report.add({ model, variant, task, metric, score, n, identities });
  });
  await table.read(take, report.skipRow);
  return report;
}

/**
 * Reads `samples_df` saved as CSV: the mean of each eval's samples. It names no model, unless columns were added to it:
 * the model is then that of the eval in a log or evals table loaded with it.
 */
export async function readSamplesTable(table: Table): Promise<FileReport> {
  const report = new FileReport("Inspect samples table");
  const scorers = table.columns.filter((column) => column.startsWith("score_"));
  const evals = new Map<string, { model: string; task: string; samples: SampleScores }>();
  const take = byName(table, (cell) => {
    const [id, task] = [cell("eval_id"), cell("task_name")];
    let found = evals.get(id);
    if (found === undefined) {
      found = { model: cell("model"), task: task && taskName(task), samples: new SampleScores() };
      evals.set(id, found);
    }
    const scores = scorers
      .filter((column) => cell(column) !== "")
      .map((column) => [column.slice("score_".length), cell(column)]);
    found.samples.add({ id: cell("id"), scores: Object.fromEntries(scores) });
  });
  await table.read(take, report.skipRow);
  let unscored = 0;
  for (const [evalId, { model, task, samples }] of evals) {
    unscored += samples.unscored + samples.structured;
    const score = samples.headline();
    const identities = runNames(evalId, "", "");
    if ("why" in score) report.skip(task || `eval ${evalId}`, score.why);
    else
      report.add({ model, task, metric: score.metric, score: score.score, n: score.n, identities, evalId });
  }
  if (unscored > 0) report.notes.push(unscoredNote(unscored));
  return report;
}
