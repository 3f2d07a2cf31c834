import { listAt, numberOf, recordAt, textAt, type Fields } from "./fields.js";
import {
  headline,
  otherScorers,
  SampleScores,
  scoreEntries,
  unscoredSamples,
  type Headline,
} from "./inspectScores.js";
import { whole, type Inside } from "./jsonPlan.js";
import { readJson } from "./readJson.js";
import { UnreadableFile, type FileReading, type Reading } from "./reading.js";
import { SkipLog } from "./skipLog.js";
import type { ByteSource } from "./textChunks.js";
import { ZipArchive } from "./zipArchive.js";

/** Of a sample, its score: not what was asked, answered or explained. */
const SAMPLE: Inside = {
  fields: {
    id: "whole",
    score: { fields: whole("value") },
    scores: { otherFields: { fields: whole("value") } },
  },
};

const RESULTS: Inside = {
  fields: {
    ...whole("total_samples", "completed_samples", "metrics"),
    scorer: { fields: whole("name") },
    scores: {
      elements: { fields: whole("name", "reducer", "metrics", "scored_samples", "unscored_samples") },
    },
  },
};

const LOG: Inside = {
  fields: {
    ...whole("version", "status", "invalidated"),
    eval: {
      fields: {
        ...whole("task", "task_id", "run_id", "eval_id", "model"),
        metadata: { fields: whole("facet", "simulated") },
        packages: { fields: whole("inspect_ai") },
        dataset: { fields: whole("samples", "sample_ids") },
        config: { fields: whole("epochs") },
      },
    },
    results: RESULTS,
  },
};

/** Whether a JSON file with these keys is an Inspect log. */
export function isInspectLog(keys: ReadonlySet<string>): boolean {
  return keys.has("eval.task") && keys.has("eval.model");
}

/** Reads an Inspect log in one JSON file, of any version of the format. */
export async function readInspectJson(source: ByteSource): Promise<FileReading> {
  const samples = new SampleScores();
  const each = (sample: unknown): void => samples.add(sample);
  const log = await readJson(source, {
    fields: { ...LOG.fields, samples: { elements: { ...SAMPLE, each } } },
  });
  return inspectReading(recordAt(log), samples);
}

/** Reads an Inspect log in its archive form, `.eval`: the header, and the summaries of its samples. */
export async function readInspectArchive(file: string): Promise<FileReading> {
  const zip = await ZipArchive.open(file, (name) =>
    /^(?:header|summaries|_journal\/start)\.json$/.test(name),
  );
  try {
    if (!zip.has("header.json")) {
      if (!zip.has("_journal/start.json"))
        throw new UnreadableFile("a zip archive, but not of an Inspect log");
      const start = await readJson(zip.member("_journal/start.json"), LOG);
      return inspectReading({ ...recordAt(start), status: "started" }, new SampleScores());
    }
    const header = recordAt(await readJson(zip.member("header.json"), LOG));
    const samples = new SampleScores();
    if (zip.has("summaries.json") && textAt(header, "status") === "success") {
      const each = (sample: unknown): void => samples.add(sample);
      await readJson(zip.member("summaries.json"), { elements: { ...SAMPLE, each } });
    }
    return inspectReading(header, samples);
  } finally {
    zip.close();
  }
}

/** What a log says: one reading, or why there is none. */
function inspectReading(log: Fields, samples: SampleScores): FileReading {
  const info = recordAt(log, "eval");
  const [model, task] = [textAt(info, "model"), taskName(textAt(info, "task"))];
  const skips = new SkipLog();
  const entries = scoreEntries(recordAt(log, "results"));
  const reading = readingOf(log, finalScore(entries, samples), samples);
  if ("why" in reading) skips.add(task, reading.why);
  else {
    for (const scorer of otherScorers(entries)) {
      skips.add(`${task}, ${scorer}`, `one score a task: ${reading.metric} is taken`);
    }
  }
  const version = textAt(recordAt(info, "packages"), "inspect_ai");
  const layout = numberOf(log["version"]);
  return {
    format: "Inspect log",
    version: [version, layout === null ? "" : `(log ${layout})`].join(" ").trim() || null,
    scale: "fraction",
    readings: "why" in reading ? [] : [reading],
    skipped: skips.entries(),
    notes: "why" in reading ? [] : inspectNotes(log, entries, samples),
    evals: [{ id: textAt(info, "eval_id"), model, task }],
  };
}

/** The log's one result. Its metadata may name the facet, as those of our own exports do. */
function readingOf(log: Fields, score: Headline, samples: SampleScores): Reading | { readonly why: string } {
  const info = recordAt(log, "eval");
  const [model, status] = [textAt(info, "model"), textAt(log, "status")];
  if (status === "started") return { why: "unfinished log: the run was cut off" };
  if (status !== "success") return { why: `unfinished log: status ${status || "missing"}` };
  if (model === "" || model === "none/none") return { why: "names no model" };
  if ("why" in score) return score;
  const metadata = recordAt(info, "metadata");
  const facet = textAt(metadata, "facet");
  const n = score.n ?? sampleCount(log, samples, score.scorer);
  return {
    model,
    task: facet || taskName(textAt(info, "task")),
    isFacet: facet !== "",
    metric: score.metric,
    score: score.score,
    ...(n > 0 ? { n } : {}),
    identities: runNames(textAt(info, "eval_id"), textAt(info, "run_id"), textAt(info, "task_id")),
    ...(metadata["simulated"] === true ? { simulated: true } : {}),
  };
}

/** The log's own results, unless its samples show that none was scored; without results, the mean of the samples. */
function finalScore(entries: readonly Fields[], samples: SampleScores): Headline {
  if (entries.length === 0) return samples.headline();
  const score = headline(entries);
  return samples.isBlank && !("why" in score) ? { why: "no sample is scored" } : score;
}

/** Samples behind the score, epochs of one counted once. */
function sampleCount(log: Fields, samples: SampleScores, scorer: string): number {
  const counted = samples.count(scorer);
  if (counted > 0) return counted;
  return samplesRun(log, "completed_samples");
}

/** What the results count over all epochs, in samples. */
function samplesRun(log: Fields, count: "total_samples" | "completed_samples"): number {
  const epochs = numberOf(recordAt(recordAt(log, "eval"), "config")["epochs"]) ?? 1;
  return Math.ceil((numberOf(recordAt(log, "results")[count]) ?? 0) / epochs);
}

function inspectNotes(log: Fields, entries: readonly Fields[], samples: SampleScores): readonly string[] {
  const notes: string[] = [];
  const dataset = recordAt(recordAt(log, "eval"), "dataset");
  const all = numberOf(dataset["samples"]);
  const run = listAt(dataset, "sample_ids").length || samplesRun(log, "total_samples");
  if (all !== null && run > 0 && run < all) notes.push(`Smoke run: ${run} of ${all} samples.`);
  if (log["invalidated"] === true) notes.push("Some samples were invalidated after the run.");
  const unscored =
    unscoredSamples(entries) ?? samples.unscored + (entries.length === 0 ? samples.structured : 0);
  if (unscored > 0) notes.push(`Samples not scored, and left out: ${unscored}.`);
  return notes;
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
