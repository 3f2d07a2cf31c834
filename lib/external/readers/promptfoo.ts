import { isObject, numberOf, textAt, valueAt } from "../../shared/json.js";
import type { ByteSource } from "../sources/byteSource.js";
import { Each, whole, type Keep } from "../sources/partialJson.js";
import { readJson } from "../sources/readJson.js";
import { FileReport } from "./fileReport.js";

/** promptfoo's mark of an answer that never came, as against one that failed its assertions. */
const ERRORED = 2;

/** Whether a JSON file with these keys holds promptfoo results. */
export function isPromptfoo(keys: ReadonlySet<string>): boolean {
  return (
    keys.has("results.results") && (keys.has("evalId") || keys.has("results.version") || keys.has("config"))
  );
}

/** What is kept of a result: not what was asked, answered or explained. */
const RESULT: Keep = {
  ...whole("score", "failureReason", "testIdx", "error"),
  provider: whole("id", "label"),
  gradingResult: whole("score"),
  testCase: { metadata: whole("facet", "task", "category", "benchmark") },
};

/** A provider's results for one task. */
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
export async function readPromptfoo(source: ByteSource): Promise<FileReport> {
  const report = new FileReport("promptfoo results");
  const groups = new Map<string, Group>();
  let count = 0;
  const take = (result: unknown): void => {
    count += 1;
    const why = addResult(result, count, groups);
    if (why !== null) report.skip(`result ${count}`, why);
  };
  const file = await readJson(source, {
    evalId: "all",
    metadata: whole("promptfooVersion"),
    config: whole("description"),
    results: { version: "all", results: new Each(RESULT, take) },
  });
  const evalId = textAt(file, "evalId");
  const described = textAt(file, "config", "description") || evalId || "promptfoo eval";
  for (const { model, named, tests, total, count } of groups.values()) {
    const task = named.task || described;
    const identities = evalId === "" ? {} : { identities: [`promptfoo ${evalId} ${model}\0${task}`] };
    const { isFacet } = named;
    report.add({ model, task, isFacet, metric: "score", score: total / count, n: tests.size, ...identities });
  }
  const layout = numberOf(valueAt(file, "results", "version"));
  const ofLayout = layout === null ? null : `(results ${layout})`;
  report.version = textAt(file, "metadata", "promptfooVersion") || ofLayout;
  return report;
}

/** Adds a result to its group; returns why not, or null. */
function addResult(result: unknown, index: number, groups: Map<string, Group>): string | null {
  const provider = valueAt(result, "provider");
  const model = typeof provider === "string" ? provider : textAt(provider, "label") || textAt(provider, "id");
  const score = numberOf(valueAt(result, "score"));
  if (model === "") return "names no provider";
  if (isErrored(result)) return "no answer: the provider failed";
  if (score === null) return "no score";
  if (score < 0 || score > 1) return `score ${score} lies outside 0 to 1`;
  const named = taskOf(valueAt(result, "testCase", "metadata"));
  const key = `${model}\0${named.isFacet}\0${named.task}`;
  const group: Group = groups.get(key) ?? { model, named, tests: new Set(), total: 0, count: 0 };
  groups.set(key, group);
  group.tests.add(numberOf(valueAt(result, "testIdx")) ?? -index);
  group.total += score;
  group.count += 1;
  return null;
}

/** Older files have no failure reason: there, an error without any grading. */
function isErrored(result: unknown): boolean {
  const reason = numberOf(valueAt(result, "failureReason"));
  if (reason !== null) return reason === ERRORED;
  return textAt(result, "error") !== "" && !isObject(valueAt(result, "gradingResult"));
}

function taskOf(metadata: unknown): Group["named"] {
  const [facet = "", ...tasks] = ["facet", "task", "category", "benchmark"].map((key) =>
    textAt(metadata, key),
  );
  return { task: facet || (tasks.find((name) => name !== "") ?? ""), isFacet: facet !== "" };
}
