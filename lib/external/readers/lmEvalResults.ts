import { basename } from "node:path";
import { isObject, listAt, numberOf, objectOf, textAt, valueAt } from "../../shared/json.js";
import { type ByteSource, type Keep, readJson, UnreadableFile, whole } from "../sources/index.js";
import { digestOf, FileReport } from "./fileReport.js";
import { lmEvalModel, lmEvalSettings, type LmEvalModel } from "./lmEvalModel.js";

/** A run's own time in the names of its files, which tells that a samples file belongs to a results file. */
const STAMP = /\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}(?:\.\d+)?/;

/** What is kept of a results file; of its other parts, only that they are there. */
const RESULTS: Keep = {
  ...whole(..."results groups group_subtasks n-samples n-shot higher_is_better config date".split(" ")),
  ...whole("start_time", "model_name", "lm_eval_version", "chat_template", "system_instruction"),
  configs: { "*": whole("group", "num_fewshot") },
  versions: {},
};

/**
 * Reads a results file of lm-evaluation-harness, 0.3 to 0.4, or of Evalchemy, which is built on it: one score for each
 * task, never for a group over tasks.
 */
export async function readLmEvalResults(source: ByteSource): Promise<FileReport> {
  const file = await readJson(source, RESULTS);
  if (!isObject(file) || !isObject(file["results"]))
    throw new UnreadableFile("its results are a list, which no version of lm-eval writes: not taken");
  const model = lmEvalModel(file, source.name);
  if (model === null) throw new UnreadableFile("names no model, and its folder is named for none");
  const isOwn = ["configs", "versions", "n-shot", "group_subtasks"].some((key) => Object.hasOwn(file, key));
  const report = new FileReport(isOwn ? "lm-eval results" : "Evalchemy results");
  report.version = isOwn ? lmEvalVersion(file) : null;
  const limit = String(valueAt(file, "config", "limit") ?? "");
  if (limit !== "") report.smoke(`limit ${limit}`);
  const run = digestOf([valueAt(file, "config"), valueAt(file, "date"), valueAt(file, "start_time")]);
  const asked = lmEvalSettings(file);
  let cut = 0;
  for (const [task, row] of Object.entries(objectOf(valueAt(file, "results")))) {
    if (!isObject(row) || isGroup(file, task)) continue;
    const told = ["effective", "original"].map((key) => numberOf(valueAt(file, "n-samples", task, key)));
    const shots = numberOf(valueAt(file, "n-shot", task) ?? valueAt(file, "configs", task, "num_fewshot"));
    const isSmoke = (told[0] ?? Infinity) < (told[1] ?? 0);
    cut += Number(isSmoke);
    const content = digestOf(["lm-eval", model, task, row, told[0], run]);
    const facts = {
      model: model.name,
      variant: model.variant,
      task,
      groups: groupsOf(file, task),
      n: told[0] ?? numberOf(row["num_total"]) ?? numberOf(row["num_examples"]),
      settings: { ...asked, ...(shots !== null && { shots: `${shots}-shot` }) },
      isSmoke,
      runTime: stampOf(source.name),
      identities: [...runIdentity(source.name, model.name, task), content],
    };
    report.addTask(row, facts, valueAt(file, "higher_is_better", task));
  }
  // A run over part of a task's documents, as `--limit` makes them to try things out.
  if (limit === "" && cut > 0) report.notes.push(`Smoke run: ${cut} tasks over part of their documents.`);
  return report;
}

/** A run's model and the names of its tasks. */
export interface LmEvalHead {
  readonly model: LmEvalModel | null;
  readonly tasks: readonly string[];
}

/** What a results file says of its run; of one that cannot be read, the model of its folder. */
export async function headOfResults(source: ByteSource): Promise<LmEvalHead> {
  const file = await readJson(source, RESULTS).catch((error: unknown) => {
    if (!(error instanceof UnreadableFile)) throw error;
  });
  return { model: lmEvalModel(file, source.name), tasks: Object.keys(objectOf(valueAt(file, "results"))) };
}

/** The time of the run in a file's name. */
export const stampOf = (path: string): string | undefined => STAMP.exec(basename(path))?.[0];

/** What a samples file and the results file of its run agree on. */
export function runIdentity(file: string, model: string, task: string): readonly string[] {
  const stamp = stampOf(file);
  return stamp === undefined ? [] : [["lm-eval run", stamp, model, task].join("\0")];
}

/**
 * A group's row repeats what the rows of its tasks say; without those it stands for itself. Up to 0.4.1 a group is told
 * by the tasks that name it, or that stand deeper under its row.
 */
function isGroup(file: unknown, task: string): boolean {
  const results = objectOf(valueAt(file, "results"));
  const names = Object.keys(results);
  const subtasks = valueAt(file, "group_subtasks", task);
  if (Array.isArray(subtasks)) return subtasks.some((subtask) => Object.hasOwn(results, String(subtask)));
  if (valueAt(file, "groups", task) === undefined) return false;
  const next = names[names.indexOf(task) + 1] ?? task;
  const depth = (name: string): number => /^[ -]*/.exec(String(valueAt(results, name, "alias")))![0].length;
  if (depth(next) > depth(task)) return true;
  return names.some((name) => name.startsWith(`${task}_`) || namedGroups(file, name).includes(task));
}

/** The groups that a task is one of, and those that these are of, the nearest first. */
function groupsOf(file: unknown, task: string): readonly string[] {
  const subtasks = objectOf(valueAt(file, "group_subtasks"));
  const groups = new Set<string>([task]);
  for (const name of groups) {
    const above = Object.keys(subtasks).filter((group) => listAt(subtasks, group).includes(name));
    for (const group of [...above, ...namedGroups(file, name)]) groups.add(group);
  }
  return [...groups].slice(1);
}

function namedGroups(file: unknown, task: string): readonly string[] {
  const named = valueAt(file, "configs", task, "group");
  return (Array.isArray(named) ? named : [named]).filter((group) => typeof group === "string");
}

/** As the file says since 0.4.9; before, as its keys tell. */
function lmEvalVersion(file: unknown): string {
  const has = (key: string): boolean => valueAt(file, key) !== undefined;
  if (textAt(file, "lm_eval_version") !== "") return textAt(file, "lm_eval_version");
  if (!has("configs") && !has("group_subtasks")) return "≤ 0.3";
  return has("model_name") || has("n-samples") ? "0.4.3–0.4.8" : "0.4.0–0.4.2";
}
