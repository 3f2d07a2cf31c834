import { basename, dirname, resolve } from "node:path";
import { isRecord, numberOf, recordAt, textAt, type Fields } from "./fields.js";
import { whole, type Inside } from "./jsonPlan.js";
import { chooseMetric } from "./lmEvalMetrics.js";
import { readJson } from "./readJson.js";
import { UnreadableFile, type FileReading, type Reading } from "./reading.js";
import { SkipLog } from "./skipLog.js";
import type { ByteSource } from "./textChunks.js";

/** A run's own time in the names of its files, which tells that a samples file belongs to a results file. */
export const STAMP = /\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}(?:\.\d+)?/;

export const RESULTS_PLAN: Inside = {
  fields: {
    ...whole(
      "results",
      "groups",
      "group_subtasks",
      "n-samples",
      "higher_is_better",
      "model_name",
      "lm_eval_version",
    ),
    config: { fields: whole("model_args", "limit") },
    configs: {},
  },
};

/** Whether a JSON file with these keys holds lm-evaluation-harness results. */
export function isLmEvalResults(keys: ReadonlySet<string>): boolean {
  const beside = ["versions", "config", "configs", "n-shot", "group_subtasks"];
  return keys.has("results") && beside.some((key) => keys.has(key));
}

/** Reads a results file of lm-evaluation-harness, 0.3 to 0.4: one reading for each task, never for a group over tasks. */
export async function readLmEvalResults(source: ByteSource): Promise<FileReading> {
  const file = await readJson(source, RESULTS_PLAN);
  const results = recordAt(file, "results");
  const model = lmEvalModel(file, source.name);
  if (model === null) throw new UnreadableFile("names no model, and its folder is named for none");
  const skips = new SkipLog();
  const notes = smokeNotes(file);
  const readings: Reading[] = [];
  for (const [task, row] of Object.entries(results)) {
    if (!isRecord(row) || isGroup(file, task)) continue;
    const choice = chooseMetric(row, recordAt(recordAt(file, "higher_is_better"), task));
    if ("why" in choice) {
      skips.add(task, choice.why);
      continue;
    }
    const n = numberOf(recordAt(recordAt(file, "n-samples"), task)["effective"]);
    readings.push({
      model: model.name,
      ...(model.variant === undefined ? {} : { variant: model.variant }),
      task,
      groups: groupsOf(recordAt(file, "group_subtasks"), task),
      isFacet: false,
      metric: choice.metric,
      score: choice.score,
      ...(n === null || n <= 0 ? {} : { n }),
      identities: [
        ...runIdentity(source.name, model.name, task),
        ["lm-eval", model.name, model.variant, task, choice.metric, choice.score, n].join("\0"),
      ],
    });
  }
  const version = lmEvalVersion(file);
  return { format: "lm-eval results", version, scale: "fraction", readings, skipped: skips.entries(), notes };
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
  const args = modelArguments(recordAt(file, "config")["model_args"]);
  const fromArguments = ["peft", "delta", "pretrained", "model", "path", "engine"]
    .map((key) => args.get(key))
    .find((value) => value !== undefined && value !== "");
  const name = textAt(file, "model_name") || fromArguments || modelOfFolder(path);
  if (name === null) return null;
  const revision = args.get("revision");
  return revision === undefined || revision === "main" ? { name } : { name, variant: `revision ${revision}` };
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

/** "pretrained=X,revision=Y", or since 0.4.9 an object. */
function modelArguments(args: unknown): ReadonlyMap<string, string> {
  if (isRecord(args)) {
    return new Map(
      Object.entries(args).flatMap(([key, value]) => (typeof value === "string" ? [[key, value]] : [])),
    );
  }
  if (typeof args !== "string") return new Map();
  return new Map(
    args.split(",").flatMap((pair) => {
      const equals = pair.indexOf("=");
      return equals === -1 ? [] : [[pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()] as const];
    }),
  );
}

/** A group's row repeats what the rows of its tasks say. Without those it stands for itself. */
function isGroup(file: unknown, task: string): boolean {
  const results = recordAt(file, "results");
  const subtasks = recordAt(file, "group_subtasks")[task];
  if (Array.isArray(subtasks)) return subtasks.some((subtask) => Object.hasOwn(results, String(subtask)));
  const prefixed = Object.keys(results).some((other) => other.startsWith(`${task}_`));
  return Object.hasOwn(recordAt(file, "groups"), task) && prefixed;
}

/** The groups that a task is one of, and those that these are of, the nearest first. */
function groupsOf(subtasks: Fields, task: string): readonly string[] {
  const groups = new Set<string>([task]);
  for (const name of groups) {
    for (const [group, members] of Object.entries(subtasks)) {
      if (Array.isArray(members) && members.includes(name)) groups.add(group);
    }
  }
  groups.delete(task);
  return [...groups];
}

/** A run over part of a task's documents, as `--limit` makes them to try things out. */
function smokeNotes(file: unknown): readonly string[] {
  const limit = recordAt(file, "config")["limit"];
  const counts = Object.values(recordAt(file, "n-samples"));
  const cut = counts.filter((count) => {
    const [original, effective] = [
      numberOf(recordAt(count)["original"]),
      numberOf(recordAt(count)["effective"]),
    ];
    return original !== null && effective !== null && effective < original;
  });
  const limited = limit !== null && limit !== undefined && limit !== "";
  if (!limited && cut.length === 0) return [];
  const how = limited ? `limit ${String(limit)}` : `${cut.length} tasks over part of their documents`;
  return [`Smoke run: ${how}.`];
}

/** As the file says since 0.4.9; before, as its keys tell. */
function lmEvalVersion(file: unknown): string {
  const own = textAt(file, "lm_eval_version");
  if (own !== "") return own;
  if (!isRecord(file) || !("configs" in file || "group_subtasks" in file)) return "≤ 0.3";
  return "model_name" in file || "n-samples" in file ? "0.4.3–0.4.8" : "0.4.0–0.4.2";
}
