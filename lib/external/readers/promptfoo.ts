import { isObject, numberOf, textAt, valueAt } from "../../shared/json.js";
import type { ByteSource } from "../sources/byteSource.js";
import { Each, whole, type Keep } from "../sources/partialJson.js";
import { readJson } from "../sources/readJson.js";
import { FileReport, Means } from "./fileReport.js";

/** promptfoo's mark of an answer that never came, as against one that failed its assertions. */
const ERRORED = 2;

/** What is kept of a result: not what was asked, answered or explained. */
const RESULT: Keep = {
  ...whole("score", "failureReason", "testIdx", "error"),
  provider: whole("id", "label"),
  gradingResult: whole("score"),
  testCase: { metadata: whole("facet", "task", "category", "benchmark") },
};

/**
 * Reads the results that `promptfoo eval -o results.json` writes: for each provider and task the mean score. A test's
 * facet or task is what its metadata names as `facet`, `task`, `category` or `benchmark`; otherwise the description of
 * the whole eval.
 */
export async function readPromptfoo(source: ByteSource): Promise<FileReport> {
  const report = new FileReport("promptfoo results");
  const means = new Means();
  let count = 0;
  const take = (result: unknown): void => {
    count += 1;
    const provider = valueAt(result, "provider");
    const model =
      typeof provider === "string" ? provider : textAt(provider, "label") || textAt(provider, "id");
    const score = numberOf(valueAt(result, "score"));
    const skip = (why: string): void => report.skip(`result ${count}`, why);
    if (model === "") return skip("names no provider");
    if (isErrored(result)) return skip("no answer: the provider failed");
    if (score === null) return skip("no score");
    if (score < 0 || score > 1) return skip(`score ${score} lies outside 0 to 1`);
    const test = numberOf(valueAt(result, "testIdx")) ?? -count;
    means.add(JSON.stringify({ model, ...taskOf(valueAt(result, "testCase", "metadata")) }), test, score);
  };
  const file = await readJson(source, {
    evalId: "all",
    metadata: whole("promptfooVersion"),
    config: whole("description"),
    results: { version: "all", results: new Each(RESULT, take) },
  });
  const evalId = textAt(file, "evalId");
  const described = textAt(file, "config", "description") || evalId || "promptfoo eval";
  for (const [name, score] of means.all()) {
    const group = JSON.parse(name) as { model: string; task: string; isFacet: boolean };
    const task = group.task || described;
    const identities = evalId === "" ? {} : { identities: [`promptfoo ${evalId} ${group.model}\0${task}`] };
    report.add({ ...group, task, metric: "score", score, n: means.count(name), ...identities });
  }
  const layout = numberOf(valueAt(file, "results", "version"));
  const ofLayout = layout === null ? null : `(results ${layout})`;
  report.version = textAt(file, "metadata", "promptfooVersion") || ofLayout;
  return report;
}

/** Older files have no failure reason: there, an error without any grading. */
function isErrored(result: unknown): boolean {
  const reason = numberOf(valueAt(result, "failureReason"));
  if (reason !== null) return reason === ERRORED;
  return textAt(result, "error") !== "" && !isObject(valueAt(result, "gradingResult"));
}

function taskOf(metadata: unknown): { readonly task: string; readonly isFacet: boolean } {
  const [facet = "", ...tasks] = ["facet", "task", "category", "benchmark"].map((key) =>
    textAt(metadata, key),
  );
  return { task: facet || (tasks.find((name) => name !== "") ?? ""), isFacet: facet !== "" };
}
