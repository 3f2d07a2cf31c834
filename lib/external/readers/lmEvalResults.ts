import { basename, dirname, resolve } from "node:path";
import { isObject, listAt, numberOf, objectOf, textAt, valueAt, type Fields } from "../../shared/json.js";
import { UnreadableFile, type ByteSource } from "../sources/byteSource.js";
import { whole, type Keep } from "../sources/partialJson.js";
import { readJson } from "../sources/readJson.js";
import { FileReport } from "./fileReport.js";

/** A run's own time in the names of its files, which tells that a samples file belongs to a results file. */
export const STAMP = /\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}(?:\.\d+)?/;

/** What is kept of a results file; of its other parts, only that they are there. */
const RESULTS: Keep = {
  ...whole("results", "groups", "group_subtasks", "n-samples", "higher_is_better"),
  ...whole("model_name", "lm_eval_version"),
  config: whole("model_args", "limit"),
  configs: {},
};

/** Reads a results file of lm-evaluation-harness, 0.3 to 0.4: one score for each task, never for a group over tasks. */
export async function readLmEvalResults(source: ByteSource): Promise<FileReport> {
  const file = await readJson(source, RESULTS);
  const model = lmEvalModel(file, source.name);
  if (model === null) throw new UnreadableFile("names no model, and its folder is named for none");
  const report = new FileReport("lm-eval results");
  report.version = lmEvalVersion(file);
  for (const [task, row] of Object.entries(objectOf(valueAt(file, "results")))) {
    if (!isObject(row) || isGroup(file, task)) continue;
    const choice = chooseMetric(row, valueAt(file, "higher_is_better", task));
    if ("why" in choice) {
      report.skip(task, choice.why);
      continue;
    }
    const n = numberOf(valueAt(file, "n-samples", task, "effective"));
    report.add({
      model: model.name,
      variant: model.variant,
      task,
      groups: groupsOf(valueAt(file, "group_subtasks"), task),
      ...choice,
      n,
      identities: [
        ...runIdentity(source.name, model.name, task),
        ["lm-eval", model.name, model.variant, task, choice.metric, choice.score, n].join("\0"),
      ],
    });
  }
  report.notes.push(...smokeNotes(file));
  return report;
}

/** The model that a results file names, or its folder where the file cannot be read; null for none. */
export async function modelOfResults(source: ByteSource): Promise<LmEvalModel | null> {
  const file = await readJson(source, RESULTS).catch((error: unknown) => {
    if (!(error instanceof UnreadableFile)) throw error;
  });
  return lmEvalModel(file, source.name);
}

/** What a samples file and the results file of its run agree on. */
export function runIdentity(file: string, model: string, task: string): readonly string[] {
  const stamp = STAMP.exec(basename(file))?.[0];
  return stamp === undefined ? [] : [["lm-eval run", stamp, model, task].join("\0")];
}

export interface LmEvalModel {
  readonly name: string;
  /** What tells it from others of its name: a revision other than "main". */
  readonly variant?: string;
}

/** The model of a results file: as it says, by the arguments of its model, or by the folder that 0.4.3 names for it. */
export function lmEvalModel(file: unknown, path: string): LmEvalModel | null {
  const args = valueAt(file, "config", "model_args");
  const keys = ["peft", "delta", "pretrained", "model", "path", "engine"];
  const argument = keys.map((key) => argumentOf(args, key)).find((value) => value !== "");
  const name = textAt(file, "model_name") || argument || modelOfFolder(path);
  const revision = argumentOf(args, "revision");
  if (name === null) return null;
  return revision === "" || revision === "main" ? { name } : { name, variant: `revision ${revision}` };
}

/**
 * The model that a file's folder is named for: since 0.4.3 "meta-llama__Llama-3-8B" holds the files of
 * meta-llama/Llama-3-8B. Null where neither the file nor the folder has the names of that layout.
 */
function modelOfFolder(path: string): string | null {
  const folder = basename(dirname(resolve(path)));
  const isLayout =
    /^(?:results|samples_.+)_\d{4}-\d{2}-\d{2}T/.test(basename(path)) || /[^_]__[^_]/.test(folder);
  return isLayout && folder !== "" ? folder.replace("__", "/") : null;
}

/** One of a model's arguments: "pretrained=X,revision=Y", or since 0.4.9 an object. "" for none. */
function argumentOf(args: unknown, key: string): string {
  if (typeof args !== "string") return textAt(args, key);
  const pairs = args.split(",").map((pair) => pair.trim());
  const found = pairs.find((pair) => pair.startsWith(`${key}=`));
  return found?.slice(key.length + 1).trim() ?? "";
}

/** A group's row repeats what the rows of its tasks say. Without those it stands for itself. */
function isGroup(file: unknown, task: string): boolean {
  const results = objectOf(valueAt(file, "results"));
  const subtasks = valueAt(file, "group_subtasks", task);
  if (Array.isArray(subtasks)) return subtasks.some((subtask) => Object.hasOwn(results, String(subtask)));
  const prefixed = Object.keys(results).some((other) => other.startsWith(`${task}_`));
  return prefixed && valueAt(file, "groups", task) !== undefined;
}

/** The groups that a task is one of, and those that these are of, the nearest first. */
function groupsOf(subtasks: unknown, task: string): readonly string[] {
  const groups = new Set<string>([task]);
  for (const name of groups) {
    const above = Object.keys(objectOf(subtasks)).filter((group) => listAt(subtasks, group).includes(name));
    for (const group of above) groups.add(group);
  }
  return [...groups].slice(1);
}

/** A run over part of a task's documents, as `--limit` makes them to try things out; none of a whole run. */
function smokeNotes(file: unknown): readonly string[] {
  const limit = valueAt(file, "config", "limit") ?? "";
  if (limit !== "") return [`Smoke run: limit ${String(limit)}.`];
  const counts = Object.values(objectOf(valueAt(file, "n-samples")));
  const pairs = counts.map((count) => ["effective", "original"].map((key) => numberOf(valueAt(count, key))));
  const cut = pairs.filter(([effective, original]) => (effective ?? Infinity) < (original ?? 0)).length;
  return cut === 0 ? [] : [`Smoke run: ${cut} tasks over part of their documents.`];
}

/** As the file says since 0.4.9; before, as its keys tell. */
function lmEvalVersion(file: unknown): string {
  const has = (key: string): boolean => isObject(file) && Object.hasOwn(file, key);
  if (textAt(file, "lm_eval_version") !== "") return textAt(file, "lm_eval_version");
  if (!has("configs") && !has("group_subtasks")) return "≤ 0.3";
  return has("model_name") || has("n-samples") ? "0.4.3–0.4.8" : "0.4.0–0.4.2";
}

/** Which of a task's metrics is its score, best first: what the leaderboards of these tasks report. */
const METRICS = ["prompt_level_strict_acc", "pass@1", "pass_at_1", "exact_match", "acc_norm", "acc"];
const FILTERS = ["flexible-extract", "create_test", "extract_code", "none", "", "get-answer", "strict-match"];

/** Fields of a result's row that are no metrics. */
const NO_METRIC = /^(?:alias|name|sample_len|sample_count|samples|\s*)$|_stderr$/;
/** Without bounds, or better when smaller. */
const UNBOUNDED = /perplexity|^ppl$|bits_per_byte|likelihood|loss|nll|brier|_ece$|time|cost/;

/** A task's score, or why it has none. */
export type MetricChoice = { readonly metric: string; readonly score: number } | { readonly why: string };

/**
 * The one score of a task's row of metrics. Keys are "metric,filter" since 0.4, split at the first comma, and "metric"
 * before. Known metrics go first, in the order of METRICS; another is taken only where it stands alone.
 *
 * @param higherIsBetter The file's own word on each metric.
 */
export function chooseMetric(row: Fields, higherIsBetter: unknown): MetricChoice {
  const candidates = Object.entries(row)
    .map(([key, value]) => ({ ...splitKey(key), score: numberOf(value) }))
    .filter(({ name }) => !NO_METRIC.test(name) && !UNBOUNDED.test(name))
    .filter(({ name }) => valueAt(higherIsBetter, name) !== false);
  const names = [...new Set(candidates.map(({ name }) => name))];
  const wanted = METRICS.find((name) => names.includes(name)) ?? (names.length === 1 ? names[0] : undefined);
  if (names.length === 0) return { why: "no metric that is bounded and better when higher" };
  if (wanted === undefined)
    return { why: `several metrics and no preference among them: ${names.join(", ")}` };
  const [best] = candidates
    .filter(({ name }) => name === wanted)
    .toSorted((a, b) => Number(a.score === null) - Number(b.score === null) || a.rank - b.rank);
  const { filter, score } = best!;
  const metric = filter === "" || filter === "none" ? wanted : `${wanted},${filter}`;
  if (score === null) return { why: `${metric} is no number` };
  return score < 0 || score > 1 ? { why: `${metric} ${score} lies outside 0 to 1` } : { metric, score };
}

function splitKey(key: string): { readonly name: string; readonly filter: string; readonly rank: number } {
  const [name = "", ...rest] = key.split(",");
  const filter = rest.join(",");
  const rank = FILTERS.indexOf(filter);
  return { name, filter, rank: rank === -1 ? FILTERS.length : rank };
}
