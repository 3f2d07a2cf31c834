import { listAt, numberOf, textAt, valueAt } from "../../../shared/json.js";
import { type ByteSource, readJson, readJsonLines, UnreadableFile, whole } from "../../sources/index.js";
import { FileReport, Means } from "../fileReport.js";
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
  const results = listAt(file, "evaluation_results").map((result) => {
    const name = textAt(result, "evaluation_name");
    const dataset = textAt(result, "source_data", "dataset_name");
    const task = dataset === "" || dataset === name ? name : `${dataset}: ${name}`;
    return [name, dataset, task, result] as const;
  });
  for (const [name, dataset, task, result] of results) {
    const data = valueAt(result, "source_data");
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
    // By the evaluation's own name too, as the lines of its instances know it, where that is of one task alone.
    const isAlone = new Set(results.filter(([other]) => other === name).map(([, , of]) => of)).size === 1;
    const identities = (isAlone ? [task, name] : [task]).map((of) => identityOf(file, model, of));
    const share = valueAt(config, "max_score") === 100 ? fromPercent(score) : score;
    report.add({ model, task, groups: [dataset], metric, score: share, n, isSmoke, identities });
  }
  return report;
}

/**
 * Reads the lines of instances that go with such records: for each model and evaluation the mean of its samples' scores.
 *
 * @see https://github.com/evaleval/every_eval_ever, instance_level_eval.schema.json
 */
export async function readEveryEvalInstances(source: ByteSource): Promise<FileReport> {
  const report = new FileReport("Every Eval Ever samples");
  const means = new Means();
  const take = (one: unknown, line: number): void => {
    const [score, isCorrect] = ["score", "is_correct"].map((key) => valueAt(one, "evaluation", key));
    const number = numberOf(typeof (score ?? isCorrect) === "boolean" ? Number(score ?? isCorrect) : score);
    const names = ["evaluation_id", "model_id", "evaluation_name"].map((key) => textAt(one, key));
    if (names[1] === "") report.skip(`line ${line}`, "names no model");
    else if (textAt(one, "error") !== "")
      report.skip(`line ${line}`, "no answer: the sample ended in an error");
    else if (number === null) report.skip(`line ${line}`, "no score");
    else means.add(JSON.stringify(names), valueAt(one, "sample_id") ?? line, number);
  };
  await readJsonLines(source, take, (line, why) => report.skip(`line ${line}`, why));
  for (const [name, score] of means.all()) {
    const [evaluation_id, model = "", task = ""] = JSON.parse(name) as readonly string[];
    const identities = [identityOf({ evaluation_id }, model, task)];
    report.add({ model, task, metric: "score, mean of samples", score, n: means.count(name), identities });
  }
  return report;
}

function identityOf(file: unknown, model: string, task: string): string {
  return ["EEE", textAt(file, "evaluation_id"), model, task].join("\0");
}

/** Why a metric is not taken, by its name and what its config says of it; null where it is. */
function faultOf(metric: string, config: unknown): string | null {
  const [low, high] = ["min_score", "max_score"].map((key) => numberOf(valueAt(config, key)));
  if (/\b(?:std_?err|std|variance|confidence)\b/i.test(metric)) return `${metric} is no score`;
  if (valueAt(config, "lower_is_better") === true) return `${metric} is better when lower`;
  const isKnown = (low ?? 0) === 0 && [1, 100].includes(high ?? 1);
  return isKnown ? null : `${metric} runs from ${low} to ${high}: another scale`;
}
