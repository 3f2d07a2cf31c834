import { isRecord, numberOf, recordAt, textAt, type Fields } from "./fields.js";
import { whole, type Inside } from "./jsonPlan.js";
import { readJson } from "./readJson.js";
import type { FileReading, Reading } from "./reading.js";
import { SkipLog } from "./skipLog.js";
import type { ByteSource } from "./textChunks.js";

/** promptfoo's mark of an answer that never came, as against one that failed its assertions. */
const ERRORED = 2;

/** Whether a JSON file with these keys holds promptfoo results. */
export function isPromptfoo(keys: ReadonlySet<string>): boolean {
  return (
    keys.has("results.results") && (keys.has("evalId") || keys.has("results.version") || keys.has("config"))
  );
}

interface Group {
  readonly model: string;
  readonly named: { readonly task: string; readonly isFacet: boolean };
  readonly tests: Set<number>;
  total: number;
  count: number;
}

/**
 * Reads the results that `promptfoo eval -o results.json` writes: for each provider and task the mean score. A test's
 * facet or task is what its metadata names as `facet`, `task`, `category` or `benchmark`; otherwise the description of
 * the whole eval.
 */
export async function readPromptfoo(source: ByteSource): Promise<FileReading> {
  const groups = new Map<string, Group>();
  const skips = new SkipLog();
  let count = 0;
  const each = (result: unknown): void => {
    count += 1;
    const why = take(recordAt(result), count, groups);
    if (why !== null) skips.add(`result ${count}`, why);
  };
  const result: Inside = {
    fields: {
      ...whole("score", "failureReason", "testIdx", "error"),
      provider: { fields: whole("id", "label") },
      gradingResult: { fields: whole("score") },
      testCase: { fields: { metadata: { fields: whole("facet", "task", "category", "benchmark") } } },
    },
    each,
  };
  const file = await readJson(source, {
    fields: {
      evalId: "whole",
      metadata: { fields: whole("promptfooVersion") },
      config: { fields: whole("description") },
      results: { fields: { version: "whole", results: { elements: result } } },
    },
  });
  const evalId = textAt(file, "evalId");
  const described = textAt(recordAt(file, "config"), "description") || evalId || "promptfoo eval";
  const readings: Reading[] = [...groups.values()].map(({ model, named, tests, total, count }) => {
    const task = named.task || described;
    const identities = evalId === "" ? {} : { identities: [`promptfoo ${evalId} ${model}\0${task}`] };
    return { model, ...named, task, metric: "score", score: total / count, n: tests.size, ...identities };
  });
  const version = textAt(recordAt(file, "metadata"), "promptfooVersion");
  const layout = numberOf(recordAt(file, "results")["version"]);
  return {
    format: "promptfoo results",
    version: version || (layout === null ? null : `(results ${layout})`),
    scale: "fraction",
    readings,
    skipped: skips.entries(),
    notes: [],
  };
}

/** Adds a result to its group; returns why not, or null. */
function take(result: Fields, index: number, groups: Map<string, Group>): string | null {
  const provider = result["provider"];
  const model = typeof provider === "string" ? provider : textAt(provider, "label") || textAt(provider, "id");
  const score = numberOf(result["score"]);
  if (model === "") return "names no provider";
  if (isErrored(result)) return "no answer: the provider failed";
  if (score === null) return "no score";
  if (score < 0 || score > 1) return `score ${score} lies outside 0 to 1`;
  const named = taskOf(recordAt(recordAt(result, "testCase"), "metadata"));
  const key = `${model}\0${named.isFacet}\0${named.task}`;
  let group = groups.get(key);
  if (group === undefined) groups.set(key, (group = { model, named, tests: new Set(), total: 0, count: 0 }));
  group.tests.add(numberOf(result["testIdx"]) ?? -index);
  group.total += score;
  group.count += 1;
  return null;
}

/** Older files have no failure reason: there, an error without any grading. */
function isErrored(result: Fields): boolean {
  const reason = numberOf(result["failureReason"]);
  if (reason !== null) return reason === ERRORED;
  return textAt(result, "error") !== "" && !isRecord(result["gradingResult"]);
}

function taskOf(metadata: Fields): Group["named"] {
  const facet = textAt(metadata, "facet");
  if (facet !== "") return { task: facet, isFacet: true };
  const task = ["task", "category", "benchmark"]
    .map((key) => textAt(metadata, key))
    .find((name) => name !== "");
  return { task: task ?? "", isFacet: false };
}
