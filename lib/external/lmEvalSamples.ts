import { readdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isRecord, listAt, numberOf, textAt, type Fields } from "./fields.js";
import type { Plan } from "./jsonPlan.js";
import { lmEvalModel, RESULTS_PLAN, runIdentity, STAMP, type LmEvalModel } from "./lmEval.js";
import { chooseMetric } from "./lmEvalMetrics.js";
import { readJson, readJsonLines } from "./readJson.js";
import { UnreadableFile, type FileReading } from "./reading.js";
import { SkipLog } from "./skipLog.js";
import { fileSource, type ByteSource } from "./textChunks.js";

/** Everything but the texts: what is left is a handful of numbers a line. */
const LINE_PLAN = {
  otherFields: "whole",
  fields: Object.fromEntries(
    ["doc", "target", "arguments", "resps", "filtered_resps", "prompts"].map((key) => [key, "none"] as const),
  ),
} as const satisfies Plan;

const NO_METRIC = /^(?:doc_id|filter|metrics|sample_len)$|_hash$/;

/** Whether the first line of a file, with these keys, is a sample of lm-evaluation-harness. */
export function isLmEvalSamples(keys: ReadonlySet<string>): boolean {
  return (
    keys.has("doc_id") &&
    ["doc", "target", "arguments", "resps", "filtered_resps"].some((key) => keys.has(key))
  );
}

/**
 * Reads the samples of one task, a line for each document and filter, and takes their mean. The task stands only in the
 * file's name; the model in the results file of the same run beside it, or in the folder's name.
 */
export async function readLmEvalSamples(source: ByteSource): Promise<FileReading> {
  const model = await modelBeside(source.name);
  if (model === null) throw new UnreadableFile("names no model: put the run's results file beside it");
  const skips = new SkipLog();
  const means = new SampleMeans();
  await readJsonLines(
    source,
    LINE_PLAN,
    (value, line) => {
      const why = isRecord(value) ? means.add(value) : "not a sample";
      if (why !== null) skips.add(`line ${line}`, why);
    },
    (line, why) => skips.add(`line ${line}`, why),
  );
  const task = taskOfName(source.name);
  const choice = chooseMetric(means.row(), {});
  if ("why" in choice) skips.add(task, choice.why);
  const readings =
    "why" in choice
      ? []
      : [
          {
            model: model.name,
            ...(model.variant === undefined ? {} : { variant: model.variant }),
            task,
            isFacet: false,
            metric: choice.metric,
            score: choice.score,
            n: means.count(choice.metric),
            identities: runIdentity(source.name, model.name, task),
          },
        ];
  return {
    format: "lm-eval samples",
    version: null,
    scale: "fraction",
    readings,
    skipped: skips.entries(),
    notes: [],
  };
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
  const file = join(dirname(path), results);
  const header = await readJson(fileSource(file), RESULTS_PLAN).catch((error: unknown) => {
    if (error instanceof UnreadableFile) return {};
    throw error;
  });
  return lmEvalModel(header, file);
}

interface Sum {
  total: number;
  count: number;
}

/** Running sums of every metric under every filter. */
class SampleMeans {
  readonly #sums = new Map<string, Sum>();
  readonly #met = new Set<string>();

  /** @returns Why the sample is not taken, or null. */
  add(sample: Fields): string | null {
    const filter = textAt(sample, "filter") || "none";
    const document = `${filter}\0${String(sample["doc_id"])}`;
    if (this.#met.has(document)) return `document ${String(sample["doc_id"])} stands above`;
    this.#met.add(document);
    const listed = listAt(sample, "metrics");
    const metrics =
      listed.length > 0 ? listed.map(String) : Object.keys(sample).filter((key) => !NO_METRIC.test(key));
    let unscored: string | null = null;
    for (const metric of metrics) {
      const value = sample[metric];
      const score = typeof value === "boolean" ? Number(value) : numberOf(value);
      if (score !== null) this.#add(`${metric},${filter}`, score);
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

  #add(key: string, score: number): void {
    const sum = this.#sums.get(key);
    if (sum === undefined) this.#sums.set(key, { total: score, count: 1 });
    else {
      sum.total += score;
      sum.count += 1;
    }
  }
}
