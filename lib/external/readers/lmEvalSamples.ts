import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isObject, listAt, numberOf, textAt, type Fields } from "../../shared/json.js";
import { fileSource, UnreadableFile, type ByteSource } from "../sources/byteSource.js";
import { readJsonLines } from "../sources/readJson.js";
import { FileReport } from "./fileReport.js";
import {
  chooseMetric,
  lmEvalModel,
  modelOfResults,
  runIdentity,
  STAMP,
  type LmEvalModel,
} from "./lmEvalResults.js";

const TEXTS = ["doc", "target", "arguments", "resps", "filtered_resps"];
/** Keys of a sample that are no metrics. */
const NO_METRIC = new RegExp(`^(?:${TEXTS.join("|")}|prompts|doc_id|filter|metrics|sample_len)$|_hash$`);

/** Whether the first line of a file, with these keys, is a sample of lm-evaluation-harness. */
export function isLmEvalSamples(keys: ReadonlySet<string>): boolean {
  return keys.has("doc_id") && TEXTS.some((key) => keys.has(key));
}

/**
 * Reads the samples of one task, a line for each document and filter, and takes their mean. The task stands only in the
 * file's name; the model in the results file of the same run beside it, or in the folder's name.
 */
export async function readLmEvalSamples(source: ByteSource): Promise<FileReport> {
  const model = await modelBeside(source.name);
  if (model === null) throw new UnreadableFile("names no model: put the run's results file beside it");
  const report = new FileReport("lm-eval samples");
  const means = new SampleMeans();
  await readJsonLines(
    source,
    (value, line) => {
      const why = isObject(value) ? means.add(value) : "not a sample";
      if (why !== null) report.skip(`line ${line}`, why);
    },
    (line, why) => report.skip(`line ${line}`, why),
  );
  const task = taskOfName(source.name);
  const choice = chooseMetric(means.row(), {});
  if ("why" in choice) report.skip(task, choice.why);
  else {
    const n = means.count(choice.metric);
    const identities = runIdentity(source.name, model.name, task);
    report.add({ model: model.name, variant: model.variant, task, ...choice, n, identities });
  }
  return report;
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

/** Running means of every metric under every filter. */
class SampleMeans {
  readonly #sums = new Map<string, { readonly total: number; readonly count: number }>();
  readonly #met = new Set<string>();

  /** @returns Why the sample is not taken, or null. */
  add(sample: Fields): string | null {
    const filter = textAt(sample, "filter") || "none";
    const document = `${filter}\0${String(sample["doc_id"])}`;
    if (this.#met.has(document)) return `document ${String(sample["doc_id"])} stands above`;
    this.#met.add(document);
    const listed = listAt(sample, "metrics").map(String);
    let unscored: string | null = null;
    for (const metric of listed.length > 0 ? listed : Object.keys(sample)) {
      const value = sample[metric];
      const score = typeof value === "boolean" ? Number(value) : numberOf(value);
      const key = `${metric},${filter}`;
      const { total, count } = this.#sums.get(key) ?? { total: 0, count: 0 };
      if (NO_METRIC.test(metric)) continue;
      if (score !== null) this.#sums.set(key, { total: total + score, count: count + 1 });
      else if (!Array.isArray(value)) unscored = `${metric} is no number`;
    }
    return unscored;
  }

  /** Means as a results file writes them. */
  row(): Fields {
    return Object.fromEntries([...this.#sums].map(([key, { total, count }]) => [key, total / count]));
  }

  /** @param metric As `chooseMetric` names it. */
  count(metric: string): number {
    return (this.#sums.get(metric) ?? this.#sums.get(`${metric},none`))?.count ?? 0;
  }
}
