import { isObject, numberOf, objectOf, textAt, valueAt } from "../../../shared/json.js";
import { type ByteSource, readJson, UnreadableFile, whole } from "../../sources/index.js";
import { FileReport } from "../fileReport.js";

const FILE = {
  ...whole("results"),
  config_general: whole("model_name", "model_sha", "model_config", "max_samples", "start_time"),
  config_tasks: { "*": whole("original_num_docs", "effective_num_docs") },
};

/**
 * Reads lighteval's results: one score for each task. "leaderboard|arc:challenge|25" is the task arc:challenge of a
 * suite, asked with 25 shots; "all" and a suite's averages repeat what their tasks say.
 */
export async function readLighteval(source: ByteSource): Promise<FileReport> {
  const file = await readJson(source, FILE);
  const general = valueAt(file, "config_general");
  const model = textAt(general, "model_name") || textAt(general, "model_config", "model_name");
  if (model === "") throw new UnreadableFile("lighteval results that name no model in config_general");
  const report = new FileReport("lighteval results");
  const limit = numberOf(valueAt(general, "max_samples"));
  if (limit !== null) report.smoke(`max_samples ${limit}`);
  for (const [key, row] of Object.entries(objectOf(valueAt(file, "results")))) {
    const parts = key.split("|");
    const [task = key, told] = parts.length > 2 ? parts.slice(1) : parts;
    if (key === "all" || task.endsWith(":_average") || !isObject(row)) continue;
    // Older versions name a task's config without its shots.
    const docs =
      valueAt(file, "config_tasks", key) ?? valueAt(file, "config_tasks", parts.slice(0, 2).join("|"));
    const n = numberOf(valueAt(docs, "effective_num_docs"));
    const isSmoke = (n ?? Infinity) < (numberOf(valueAt(docs, "original_num_docs")) ?? 0);
    const settings = numberOf(told) === null ? {} : { shots: `${told}-shot` };
    const identities = [JSON.stringify(["lighteval", general, key, row])];
    report.addTask(row, { model, task, groups: parts.slice(0, -2), n, settings, isSmoke, identities });
  }
  return report;
}
