import { dirname, join } from "node:path";
import { isObject, listAt, numberOf, textAt, valueAt } from "../../shared/json.js";
import { type ByteSource, Each, fileSource, readJson, UnreadableFile, whole } from "../sources/index.js";
import { FileReport } from "./fileReport.js";

/** A scenario's own main metric, then those that any has. */
const METRICS = (
  "ifeval_strict_accuracy bigcodebench_p_at_1 omni_math_accuracy math_equiv_chain_of_thought math_equiv " +
  "final_number_exact_match chain_of_thought_correctness exact_match_indicator pass exact_match quasi_exact_match"
).split(" ");
/** What stands in for an exact match of 0. */
const LOOSER = "quasi_exact_match prefix_exact_match quasi_prefix_exact_match f1_score".split(" ");
/** Splits in the order of preference: a run is judged by its test items where it has some. */
const SPLITS = ["test", "valid"];
/** Settings in a run's name that are not part of what was asked. */
const NOT_TASK =
  /^(?:model|model_deployment|method|stop|eval_split|groups|data_augmentation|num_outputs|use_.*|max_.*)=/;

/** Reads a HELM run by its `stats.json`, with the model from the `run_spec.json` beside it. */
export async function readHelmStats(source: ByteSource): Promise<FileReport> {
  const spec = await runSpec(source.name);
  const [name, adapter] = [textAt(spec, "name"), valueAt(spec, "adapter_spec")];
  const model = textAt(adapter, "model");
  if (model === "")
    throw new UnreadableFile("HELM's stats.json without the run_spec.json that names its model");
  /** Means of unperturbed items, by metric and split. */
  const means = new Map<string, unknown>();
  const take = (stat: unknown): void => {
    const key = `${textAt(stat, "name", "name")}, ${textAt(stat, "name", "split")}`;
    if (!isObject(valueAt(stat, "name", "perturbation")) && !means.has(key))
      means.set(key, valueAt(stat, "mean"));
  };
  await readJson(source, new Each(whole("name", "mean"), take));
  const report = new FileReport("HELM run");
  const task = taskOf(name);
  const candidates = SPLITS.flatMap((split) => METRICS.map((of) => ({ split, key: `${of}, ${split}` })));
  const found = candidates.find(({ key }) => means.has(key));
  if (found === undefined) report.skip(task, "none of the metrics that are known for accuracies");
  else {
    const { split, key } = found;
    // Every run has an exact match: where answers are no single word it is 0, beside the metric that tells.
    const isZero = key.startsWith("exact_match,") && means.get(key) === 0;
    const looser = isZero ? LOOSER.find((name) => Number(means.get(`${name}, ${split}`)) > 0) : undefined;
    const metric = looser === undefined ? key : `${looser}, ${split}`;
    const score = numberOf(means.get(metric));
    const n = numberOf(means.get(`num_instances, ${split}`));
    const identities = [`HELM ${name}\0${n}\0${metric}\0${score}`];
    if (score === null) report.skip(task, `${metric} has no mean`);
    else {
      const [method, shots] = [textAt(adapter, "method"), numberOf(valueAt(adapter, "max_train_instances"))];
      const settings = { ...(method && { method }), ...(shots !== null && { shots: `${shots}-shot` }) };
      report.add({ model, task, groups: [name.split(":")[0]!], metric, score, n, settings, identities });
    }
  }
  return report;
}

async function runSpec(stats: string): Promise<unknown> {
  const source = fileSource(join(dirname(stats), "run_spec.json"));
  return readJson(source, {
    name: "all",
    adapter_spec: whole("model", "method", "max_train_instances"),
  }).catch((error: unknown) => {
    if (error instanceof UnreadableFile || (error instanceof Error && "code" in error)) return {};
    throw error;
  });
}

/** "mmlu:subject=philosophy,method=joint,model=m" is the task "mmlu:subject=philosophy". */
function taskOf(runName: string): string {
  const colon = runName.indexOf(":");
  if (colon === -1) return runName;
  const settings = runName
    .slice(colon + 1)
    .split(",")
    .filter((setting) => !NOT_TASK.test(setting));
  return [runName.slice(0, colon), settings.join(",")].filter((part) => part !== "").join(":");
}

/** Columns over tasks, and metrics that are no accuracy. */
const NO_SCORE = /^(?:model|adapter)\b|mean (?:win rate|score)|\btime\b|error|bias|toxic|cost|tokens/i;

/**
 * Reads HELM's tables of a group, `groups/NAME.json`: models down, tasks across, in its first table, which is that of
 * accuracy. The others tell of calibration, efficiency and the like, and its mean win rate of the other models.
 */
export async function readHelmGroups(source: ByteSource): Promise<FileReport> {
  const [table, ...others] = (await readJson(source, "all")) as readonly unknown[];
  const report = new FileReport("HELM groups");
  for (const other of others)
    report.skip(textAt(other, "title"), "part of a group, whose accuracies stand in the first table");
  const heads = listAt(table, "header");
  for (const cells of listAt(table, "rows").filter((row): row is readonly unknown[] => Array.isArray(row))) {
    const model = textAt(cells[0], "value");
    for (const [i, head] of heads.entries()) {
      const [title, group] = [textAt(head, "value"), textAt(head, "metadata", "run_group")];
      const [named = "", metric = "score"] = title.split(" - ");
      const task = group || named;
      const value = valueAt(cells[i], "value");
      const score = numberOf(value);
      const isScore = i > 0 && !NO_SCORE.test(title) && valueAt(head, "lower_is_better") !== true;
      if (!isScore || model === "" || score === null) {
        if (isScore) report.skip(`${model}, ${task}`, "no score");
      } else report.add({ model, task, metric: textAt(head, "metadata", "metric") || metric, score });
    }
  }
  return report;
}
