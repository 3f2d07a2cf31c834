import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isObject, listAt, numberOf, objectOf, textAt, valueAt } from "../../shared/json.js";
import type { ByteSource, Keep } from "../sources/index.js";
import { Each, fileSource, readJson, readJsonLines, UnreadableFile } from "../sources/index.js";
import { FileReport, Means } from "./fileReport.js";
import { lmEvalModel } from "./lmEvalModel.js";
import { headOfResults, runIdentity, stampOf, type LmEvalHead } from "./lmEvalResults.js";

/** Keys of a sample that are no metrics. */
const NO_METRIC =
  /^(?:doc|target|arguments|resps|filtered_resps|prompts|doc_id|filter|metrics|sample_len)$|_hash$/;
/** Of a sample in a list, what may be a metric: not what was asked and answered. */
const SAMPLE: Keep = { doc: {}, target: {}, arguments: {}, resps: {}, filtered_resps: {}, "*": "all" };

/**
 * Reads the samples of one task, a line for each document and filter, and takes their mean. The task stands only in the
 * file's name; the model in the results file of the same run beside it, or in the folder's name.
 *
 * @param keys Those of the file's first value: 0.4.0 to 0.4.2 write a list of samples instead of lines.
 */
export async function readLmEvalSamples(source: ByteSource, keys: readonly string[]): Promise<FileReport> {
  const { model, tasks } = await runBeside(source.name);
  if (model === null) throw new UnreadableFile("names no model: put the run's results file beside it");
  const report = new FileReport("lm-eval samples");
  const means = new Means();
  const met = new Set<string>();
  const take = (sample: unknown, line: number): void => {
    const id = String(valueAt(sample, "doc_id"));
    const filter = textAt(sample, "filter") || "none";
    const isRepeat = met.has(`${filter}\0${id}`);
    met.add(`${filter}\0${id}`);
    const fault = isRepeat ? `document ${id} stands above` : addSample(means, sample, id, filter);
    if (fault !== null) report.skip(`line ${line}`, fault);
  };
  let count = 0;
  if (keys.includes("*.doc_id")) await readJson(source, new Each(SAMPLE, (sample) => take(sample, ++count)));
  else await readJsonLines(source, take, (line, why) => report.skip(`line ${line}`, why));
  const task = taskOfName(source.name, tasks);
  const facts = {
    model: model.name,
    variant: model.variant,
    task,
    identities: runIdentity(source.name, model.name, task),
    runTime: stampOf(source.name),
  };
  report.addTask(Object.fromEntries(means.all()), facts, {}, (key) => means.count(key));
  return report;
}

/** Adds every metric of a sample; returns why one is missing, or null. */
function addSample(means: Means, sample: unknown, id: string, filter: string): string | null {
  const listed = listAt(sample, "metrics").map(String);
  const keys = listed.length > 0 ? listed : Object.keys(objectOf(sample));
  let fault: string | null = isObject(sample) ? null : "not a sample";
  for (const metric of keys.filter((key) => !NO_METRIC.test(key))) {
    const value = valueAt(sample, metric);
    const score = typeof value === "boolean" ? Number(value) : numberOf(value);
    if (score !== null) means.add(`${metric},${filter}`, id, score);
    else if (!Array.isArray(value)) fault = `${metric} is no number`;
  }
  return fault;
}

/**
 * "samples_gsm8k_2025-01-21T00-40-03.json" holds gsm8k. Before 0.4.3 the model's arguments stand before the task, as in
 * "pretrained__org__model_gsm8k": told by the tasks of the run's results, by the folder's name, or by the first "_".
 */
function taskOfName(path: string, tasks: readonly string[]): string {
  const name = basename(path).replace(/\.jsonl?$/, "");
  const stamp = stampOf(path);
  if (stamp !== undefined || name.startsWith("samples_"))
    return name
      .split(stamp ?? "\0")[0]!
      .replace(/_$/, "")
      .replace(/^.*?samples_/, "");
  const known = tasks.filter((task) => name.endsWith(`_${task}`)).toSorted((a, b) => b.length - a.length)[0];
  const folder = `${basename(dirname(resolve(path)))}_`;
  const behind = name.split(folder)[1] ?? /^.*__[^_]+_(.+)$/.exec(name)?.[1];
  return known ?? behind ?? name;
}

/** What the run's results file in the same folder says, told by the time in its name; or the folder. */
async function runBeside(path: string): Promise<LmEvalHead> {
  const stamp = stampOf(path);
  const wanted =
    stamp === undefined ? /^results\.json$/ : new RegExp(`results_${stamp.replace(".", "\\.")}.*\\.json$`);
  const results = (await readdir(dirname(path)).catch(() => [])).find((name) => wanted.test(name));
  if (results !== undefined) return headOfResults(fileSource(join(dirname(path), results)));
  return { model: lmEvalModel({}, path), tasks: [] };
}
