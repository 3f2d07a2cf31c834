import { dirname, join } from "node:path";
import { isRecord, numberOf, recordAt, textAt, type Fields } from "./fields.js";
import { whole } from "./jsonPlan.js";
import { readJson } from "./readJson.js";
import { UnreadableFile, type FileReading, type Reading } from "./reading.js";
import { SkipLog } from "./skipLog.js";
import { fileSource, type ByteSource } from "./textChunks.js";

/** A scenario's own main metric, then those that any has. */
const METRICS = (
  "ifeval_strict_accuracy bigcodebench_p_at_1 omni_math_accuracy math_equiv_chain_of_thought math_equiv " +
  "final_number_exact_match chain_of_thought_correctness pass exact_match quasi_exact_match"
).split(" ");
/** Splits in the order of preference: a run is judged by its test items where it has some. */
const SPLITS = ["test", "valid"];
/** Settings in a run's name that are not part of what was asked. */
const NOT_TASK =
  /^(?:model|model_deployment|method|stop|eval_split|groups|data_augmentation|num_outputs|use_.*|max_.*)=/;

/** Whether a JSON file with these keys is the `stats.json` of a HELM run. */
export function isHelmStats(keys: ReadonlySet<string>): boolean {
  return keys.has("*.name") && keys.has("*.count");
}

/** Whether a JSON file with these keys stands beside a `stats.json` and holds no scores of its own. */
export function isHelmCompanion(keys: ReadonlySet<string>): boolean {
  return keys.has("adapter_spec") || (keys.has("definition_path") && keys.has("tags"));
}

/** Reads a HELM run by its `stats.json`, with the model from the `run_spec.json` beside it. */
export async function readHelmStats(source: ByteSource): Promise<FileReading> {
  const spec = await runSpec(source.name);
  const [name, model] = [textAt(spec, "name"), textAt(recordAt(spec, "adapter_spec"), "model")];
  if (model === "")
    throw new UnreadableFile("HELM's stats.json without the run_spec.json that names its model");
  const stats: Fields[] = [];
  const each = (stat: unknown): void => {
    if (isRecord(stat) && !isRecord(recordAt(stat, "name")["perturbation"])) stats.push(stat);
  };
  await readJson(source, { elements: { fields: whole("name", "mean"), each } });
  const task = taskOf(name);
  const skips = new SkipLog();
  const readings: Reading[] = [];
  const found = mainStat(stats);
  if (found === undefined) skips.add(task, "none of the metrics that are known for accuracies");
  else {
    const score = numberOf(found.stat["mean"]);
    const metric = `${found.metric}, ${found.split}`;
    const n = numberOf(stats.find((stat) => isStat(stat, "num_instances", found.split))?.["mean"]);
    if (score === null) skips.add(task, `${metric} has no mean`);
    else if (score < 0 || score > 1) skips.add(task, `${metric} ${score} lies outside 0 to 1`);
    else {
      const identities = [`HELM ${name}\0${n}\0${metric}\0${score}`];
      readings.push({
        model,
        task,
        groups: [name.split(":")[0]!],
        isFacet: false,
        metric,
        score,
        ...(n === null ? {} : { n }),
        identities,
      });
    }
  }
  return {
    format: "HELM run",
    version: null,
    scale: "fraction",
    readings,
    skipped: skips.entries(),
    notes: [],
  };
}

async function runSpec(stats: string): Promise<unknown> {
  const source = fileSource(join(dirname(stats), "run_spec.json"));
  return readJson(source, { fields: { name: "whole", adapter_spec: { fields: whole("model") } } }).catch(
    (error: unknown) => {
      if (error instanceof UnreadableFile || (error instanceof Error && "code" in error)) return {};
      throw error;
    },
  );
}

function mainStat(
  stats: readonly Fields[],
): { readonly stat: Fields; readonly metric: string; readonly split: string } | undefined {
  for (const split of SPLITS) {
    for (const metric of METRICS) {
      const stat = stats.find((stat) => isStat(stat, metric, split));
      if (stat !== undefined) return { stat, metric, split };
    }
  }
  return undefined;
}

function isStat(stat: Fields, metric: string, split: string): boolean {
  return textAt(stat["name"], "name") === metric && textAt(stat["name"], "split") === split;
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
