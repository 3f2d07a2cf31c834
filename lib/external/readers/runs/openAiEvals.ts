import { listAt, numberOf, objectOf, textAt, valueAt } from "../../../shared/json.js";
import { type ByteSource, readJsonLines } from "../../sources/index.js";
import { FileReport } from "../fileReport.js";

/**
 * Reads a record of OpenAI's evals, JSON lines: the first says what was run, the last reports the whole, and those
 * between are events of single samples.
 *
 * @see https://github.com/openai/evals, evals/record.py
 */
export async function readOpenAiEvals(source: ByteSource): Promise<FileReport> {
  const report = new FileReport("OpenAI evals");
  const samples = new Set<string>();
  let [spec, final]: unknown[] = [];
  const take = (line: unknown): void => {
    spec ??= valueAt(line, "spec");
    final = valueAt(line, "final_report") ?? final;
    if (textAt(line, "sample_id") !== "") samples.add(textAt(line, "sample_id"));
  };
  await readJsonLines(source, take, (line, why) => report.skip(`line ${line}`, why));
  const model = listAt(spec, "completion_fns").map(String).join(" and ");
  const task = textAt(spec, "base_eval") || textAt(spec, "eval_name") || "unnamed eval";
  const limit = numberOf(valueAt(spec, "run_config", "max_samples"));
  if (limit !== null) report.smoke(`max_samples ${limit}`);
  const identities = [`OpenAI evals ${textAt(spec, "run_id")}\0${model}\0${task}`];
  if (model === "") report.skip(task, "names no model");
  else if (final === undefined) report.skip(task, "unfinished log: no final report");
  else report.addTask(objectOf(final), { model, task, n: samples.size || null, identities });
  return report;
}
