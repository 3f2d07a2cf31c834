import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isObject, listAt, numberOf, objectOf, textAt, valueAt } from "../../shared/json.js";
import { fileSource, UnreadableFile, type ByteSource } from "../sources/byteSource.js";
import { readJsonLines } from "../sources/readJson.js";
import { FileReport, Means } from "./fileReport.js";
import {
  chooseMetric,
  lmEvalModel,
  modelOfResults,
  runIdentity,
  STAMP,
  type LmEvalModel,
} from "./lmEvalResults.js";

/** Keys of a sample that are no metrics. */
const NO_METRIC =
  /^(?:doc|target|arguments|resps|filtered_resps|prompts|doc_id|filter|metrics|sample_len)$|_hash$/;

/**
 * Reads the samples of one task, a line for each document and filter, and takes their mean. The task stands only in the
 * file's name; the model in the results file of the same run beside it, or in the folder's name.
 */
export async function readLmEvalSamples(source: ByteSource): Promise<FileReport> {
  const model = await modelBeside(source.name);
  if (model === null) throw new UnreadableFile("names no model: put the run's results file beside it");
  const report = new FileReport("lm-eval samples");
  const means = new Means();
  const met = new Set<string>();
  await readJsonLines(
    source,
    (sample, line) => {
      const id = String(valueAt(sample, "doc_id"));
      const filter = textAt(sample, "filter") || "none";
      const isRepeat = met.has(`${filter}\0${id}`);
      met.add(`${filter}\0${id}`);
      const fault = isRepeat ? `document ${id} stands above` : addSample(means, sample, id, filter);
      if (fault !== null) report.skip(`line ${line}`, fault);
    },
    (line, why) => report.skip(`line ${line}`, why),
  );
  const task = taskOfName(source.name);
  const choice = chooseMetric(Object.fromEntries(means.all()), {});
  if ("why" in choice) report.skip(task, choice.why);
  else {
    const { metric } = choice;
    const n = means.count(metric) || means.count(`${metric},none`);
    const identities = runIdentity(source.name, model.name, task);
    report.add({ model: model.name, variant: model.variant, task, ...choice, n, identities });
  }
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

/** "samples_gsm8k_2025-01-21T00-40-03.json" holds gsm8k. */
function taskOfName(path: string): string {
  const name = basename(path).replace(/\.jsonl?$/, "");
  const stamp = STAMP.exec(name);
  const before = stamp === null ? name : name.slice(0, stamp.index).replace(/_$/, "");
  return before.replace(/^.*?samples_/, "");
}

/** The model of the run's results file, in the same folder and with the same time in its name; or of the folder. */
async function modelBeside(path: string): Promise<LmEvalModel | null> {
  const stamp = STAMP.exec(basename(path))?.[0];
  const names = stamp === undefined ? [] : await readdir(dirname(path)).catch(() => []);
  const results = names.find((name) => name.includes(`results_${stamp}`) && name.endsWith(".json"));
  if (results === undefined) return lmEvalModel({}, path);
  return modelOfResults(fileSource(join(dirname(path), results)));
}
