import { listAt, numberOf, textAt, valueAt } from "../../../shared/json.js";
import { type ByteSource, readJson, UnreadableFile, whole } from "../../sources/index.js";
import { FileReport } from "../fileReport.js";
import { fromPercent } from "../../tables/scales.js";

const SOURCE = whole("dataset_name", "samples_number", "sample_ids");
const FILE = {
  ...whole("schema_version", "evaluation_id", "model_info"),
  evaluation_results: {
    "*": { ...whole("evaluation_name", "metric_config", "score_details"), source_data: SOURCE },
  },
};

/**
 * Reads a record of Every Eval Ever: one model, and of each evaluation its first score that is better when higher, on
 * the scale that its metric states, 0 to 1 or 0 to 100.
 *
 * @see https://github.com/evaleval/every_eval_ever, eval.schema.json
 */
export async function readEveryEvalEver(source: ByteSource): Promise<FileReport> {
  const file = await readJson(source, FILE);
  const model = textAt(file, "model_info", "id") || textAt(file, "model_info", "name");
  if (model === "") throw new UnreadableFile("a record of Every Eval Ever that names no model");
  const report = new FileReport("Every Eval Ever");
  report.version = textAt(file, "schema_version") || null;
  for (const result of listAt(file, "evaluation_results")) {
    const [name, data] = [textAt(result, "evaluation_name"), valueAt(result, "source_data")];
    const dataset = textAt(data, "dataset_name");
    const task = dataset === "" || dataset === name ? name : `${dataset}: ${name}`;
    const config = valueAt(result, "metric_config");
    const metric = textAt(config, "evaluation_description") || "score";
    const score = numberOf(valueAt(result, "score_details", "score"));
    const fault = report.scores.some((taken) => taken.task === task)
      ? "one score a task: the first is taken"
      : faultOf(metric, config);
    if (fault !== null || score === null) {
      report.skip(task, fault ?? `${metric} is no number`);
      continue;
    }
    const all = numberOf(valueAt(data, "samples_number"));
    const n = listAt(data, "sample_ids").length || all;
    const isSmoke = (n ?? 0) < (all ?? 0);
    if (isSmoke) report.notes.push(`Smoke run: ${n} of ${all} samples of ${task}.`);
    const identities = [`EEE ${textAt(file, "evaluation_id")}\0${model}\0${task}`];
    const share = valueAt(config, "max_score") === 100 ? fromPercent(score) : score;
    report.add({ model, task, groups: [dataset], metric, score: share, n, isSmoke, identities });
  }
  return report;
}

/** Why a metric is not taken, by its name and what its config says of it; null where it is. */
function faultOf(metric: string, config: unknown): string | null {
  const [low, high] = ["min_score", "max_score"].map((key) => numberOf(valueAt(config, key)));
  if (/\b(?:std_?err|std|variance|confidence)\b/i.test(metric)) return `${metric} is no score`;
  if (valueAt(config, "lower_is_better") === true) return `${metric} is better when lower`;
  const isKnown = (low ?? 0) === 0 && [1, 100].includes(high ?? 1);
  return isKnown ? null : `${metric} runs from ${low} to ${high}: another scale`;
}
