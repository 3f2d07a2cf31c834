import { listAt, numberOf, objectOf, textAt, valueAt } from "../../shared/json.js";
import type { ByteSource, Keep, Parts } from "../sources/index.js";
import { Each, openZip, readJson, UnreadableFile, whole } from "../sources/index.js";
import { FileReport } from "./fileReport.js";
import { joined, variantOf } from "./lmEvalModel.js";
import { headline, SampleScores, type Headline } from "./inspectScores.js";

/** Of a sample, its score: not what was asked, answered or explained. */
const SAMPLE: Keep = { id: "all", score: whole("value"), scores: { "*": whole("value") } };

const LOG: Parts = {
  ...whole("version", "status", "invalidated"),
  eval: {
    ...whole("task", "task_id", "run_id", "eval_id", "model", "task_args", "model_args"),
    model_generate_config: whole("reasoning_effort", "reasoning_tokens", "temperature"),
    metadata: whole("facet", "simulated"),
    packages: whole("inspect_ai"),
    dataset: whole("samples", "sample_ids"),
    config: whole("epochs", "epochs_reducer"),
  },
  results: {
    ...whole("total_samples", "completed_samples", "metrics"),
    scorer: whole("name"),
    scores: { "*": whole("name", "reducer", "metrics", "scored_samples", "unscored_samples") },
  },
};

/** Reads an Inspect log in one JSON file, of any version of the format. */
export async function readInspectJson(source: ByteSource): Promise<FileReport> {
  const samples = new SampleScores();
  const each = new Each(SAMPLE, (sample) => samples.add(sample));
  return inspectReport(await readJson(source, { ...LOG, samples: each }), samples);
}

/** Reads an Inspect log in its archive form, `.eval`: the header, and the summaries of its samples. */
export async function readInspectArchive(file: string): Promise<FileReport> {
  const zip = await openZip(file, (name) => /^(?:header|summaries|_journal\/start)\.json$/.test(name));
  try {
    const samples = new SampleScores();
    const [header, start] = [zip.member("header.json"), zip.member("_journal/start.json")];
    if (header === null) {
      if (start === null)
        throw new UnreadableFile("a zip archive, but not of an Inspect log: unpack it, and give its folder");
      return inspectReport({ ...objectOf(await readJson(start, LOG)), status: "started" }, samples);
    }
    const log = await readJson(header, LOG);
    const summaries = zip.member("summaries.json");
    if (summaries !== null && textAt(log, "status") === "success")
      await readJson(summaries, new Each(SAMPLE, (sample) => samples.add(sample)));
    return inspectReport(log, samples);
  } finally {
    zip.close();
  }
}

/** What a log says: one score, or why there is none. Its metadata may name the facet, as those of our exports do. */
function inspectReport(log: unknown, samples: SampleScores): FileReport {
  const report = new FileReport("Inspect log");
  const info = valueAt(log, "eval");
  const [model, evalId] = [textAt(info, "model"), textAt(info, "eval_id")];
  const task = taskName(textAt(info, "task"));
  const layout = numberOf(valueAt(log, "version"));
  const versions = [textAt(info, "packages", "inspect_ai"), layout === null ? "" : `(log ${layout})`];
  report.version = versions.join(" ").trim() || null;
  report.evals.push({ id: evalId, model, task });
  const result = finalScore(log, samples);
  const total = samplesRun(log, "total_samples") ?? 0;
  const done = samplesRun(log, "completed_samples") ?? total;
  if ("why" in result || done < total / 2) {
    const failed = `${done} of ${total} samples were completed: the others ended in errors`;
    report.skip(task, "why" in result ? result.why : failed);
    return report;
  }
  const { scorer, metric, score, reducer } = result;
  const all = numberOf(valueAt(info, "dataset", "samples"));
  const run = listAt(info, "dataset", "sample_ids").length || total;
  const isSmoke = all !== null && run > 0 && run < all;
  const facet = textAt(info, "metadata", "facet");
  report.add({
    model,
    task: facet || task,
    isFacet: facet !== "",
    metric,
    score,
    n: result.n ?? (samples.count(scorer) || done),
    variant: modelVariant(info),
    settings: settingsOf(info, reducer),
    isSmoke,
    identities: runNames(evalId, textAt(info, "run_id"), textAt(info, "task_id")),
    simulated: valueAt(info, "metadata", "simulated") === true,
  });
  for (const other of result.others) report.skip(`${task}, ${other}`, `one score a task: ${metric} is taken`);
  const unscored = result.unscored ?? samples.unscored;
  if (isSmoke) report.notes.push(`Smoke run: ${run} of ${all} samples.`);
  if (done < total) report.notes.push(`Samples that ended in errors, and left out: ${total - done}.`);
  if (valueAt(log, "invalidated") === true) report.notes.push("Some samples were invalidated after the run.");
  if (unscored > 0) report.notes.push(unscoredNote(unscored));
  return report;
}

/** What makes the model another, by its `model_args` and `model_generate_config`: its effort, its quantisation. */
export function modelVariant(info: unknown): string | undefined {
  const tokens = numberOf(valueAt(info, "model_generate_config", "reasoning_tokens"));
  return joined(
    textAt(info, "model_generate_config", "reasoning_effort"),
    tokens === null ? "" : `${tokens} reasoning tokens`,
    variantOf(valueAt(info, "model_args")),
  );
}

/** How the task was run: its own arguments, the temperature, and what made one score of several epochs. */
function settingsOf(info: unknown, reducer: string | undefined): Record<string, string> {
  const temperature = numberOf(valueAt(info, "model_generate_config", "temperature"));
  const args = Object.entries({ ...objectOf(valueAt(info, "task_args")), temperature: temperature ?? {} });
  const told = args.filter(([, value]) => typeof value !== "object");
  const own = Object.fromEntries(told.map(([key, value]) => [key, `${key} ${String(value)}`]));
  return reducer === undefined ? own : { ...own, reducer };
}

export const unscoredNote = (count: number): string => `Samples not scored, and left out: ${count}.`;

/** The log's own results, unless its samples show that none was scored; without results, the mean of the samples. */
function finalScore(log: unknown, samples: SampleScores): Headline {
  const [model, status] = [textAt(log, "eval", "model"), textAt(log, "status")];
  if (status === "started") return { why: "unfinished log: the run was cut off" };
  if (status !== "success") return { why: `unfinished log: status ${status || "missing"}` };
  if (model === "" || model === "none/none") return { why: "names no model" };
  const reducers = listAt(log, "eval", "config", "epochs_reducer");
  const score =
    headline(valueAt(log, "results"), reducers.length === 1 ? String(reducers[0]) : "") ?? samples.headline();
  return samples.isBlank && !("why" in score) ? { why: "no sample is scored" } : score;
}

/** What the results count over all epochs, in samples; null where they do not. */
function samplesRun(log: unknown, key: "total_samples" | "completed_samples"): number | null {
  const count = numberOf(valueAt(log, "results", key));
  return count === null ? null : Math.ceil(count / (numberOf(valueAt(log, "eval", "config", "epochs")) ?? 1));
}

/** "inspect_evals/gsm8k" is the task gsm8k of a package. */
export function taskName(task: string): string {
  return task.slice(task.lastIndexOf("/") + 1) || "unnamed task";
}

/** The names of one run of one task, by which its log and the tables made of it are told to be the same. */
export function runNames(evalId: string, runId: string, taskId: string): readonly string[] {
  return [
    ...(evalId === "" ? [] : [`Inspect eval ${evalId}`]),
    ...(runId === "" || taskId === "" ? [] : [`Inspect run ${runId} ${taskId}`]),
  ];
}
