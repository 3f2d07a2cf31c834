import { isObject, numberOf, textAt, valueAt } from "../../shared/json.js";
import { type ByteSource, Each, type Keep, readJson, readJsonLines, whole } from "../sources/index.js";
import { FileReport, Means } from "./fileReport.js";

/** promptfoo's mark of an answer that never came, as against one that failed its assertions. */
const ERRORED = 2;

/** What is kept of a result: not what was asked, answered or explained. */
const RESULT: Keep = {
  ...whole("score", "failureReason", "testIdx", "promptIdx", "error"),
  provider: whole("id", "label"),
  gradingResult: whole("score", "reason"),
  testCase: { ...whole("assert"), metadata: whole("facet", "task", "category", "benchmark") },
};

/**
 * Reads promptfoo's results, as `promptfoo eval -o` writes them (`.json`, `.jsonl`) and as `evaluate()` returns them: for
 * each provider, prompt and task the mean score. A test's facet or task is what its metadata names as `facet`, `task`,
 * `category` or `benchmark`; otherwise the description of the whole eval. A group with a score outside [0, 1] has
 * another scale, and is left out as a whole.
 *
 * @param keys Those of the file's first value.
 */
export async function readPromptfoo(source: ByteSource, keys: readonly string[]): Promise<FileReport> {
  const report = new FileReport("promptfoo results");
  const means = new Means();
  const beyond = new Map<string, number>();
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
    if (isUnasserted(result)) return skip("a test without assertions, which any answer passes");
    if (score === null) return skip("no score");
    const prompt = numberOf(valueAt(result, "promptIdx")) ?? 0;
    const name = JSON.stringify([model, prompt, ...taskOf(valueAt(result, "testCase", "metadata"))]);
    if (score < 0 || score > 1) beyond.set(name, score);
    means.add(name, numberOf(valueAt(result, "testIdx")) ?? -count, score);
  };
  const each = new Each(RESULT, take);
  const isLines = keys.includes("provider");
  if (isLines) await readJsonLines(source, take, (line, why) => report.skip(`line ${line}`, why));
  const file = isLines
    ? {}
    : await readJson(source, {
        ...whole("evalId", "timestamp", "version"),
        metadata: whole("promptfooVersion"),
        config: whole("description"),
        results: keys.includes("results.results") ? { version: "all", results: each } : each,
      });
  const evalId = textAt(file, "evalId") || textAt(file, "timestamp");
  const described = textAt(file, "config", "description") || textAt(file, "evalId") || "promptfoo eval";
  for (const [name, score] of means.all()) {
    const [model, prompt, named, isFacet] = JSON.parse(name) as [string, number, string, boolean];
    const task = named || described;
    const scale = beyond.get(name);
    // Without an eval's name, what was found stands for it.
    const run = evalId || JSON.stringify([score, means.count(name)]);
    const identities = [`promptfoo ${run} ${prompt} ${model}\0${task}`];
    const facts = {
      model,
      task,
      isFacet,
      n: means.count(name),
      settings: { prompt: `prompt ${prompt + 1}` },
    };
    if (scale === undefined) report.add({ ...facts, metric: "score", score, identities });
    else report.skip(task, `score ${scale} lies outside 0 to 1: the test has another scale`);
  }
  const layout = numberOf(valueAt(file, "results", "version") ?? valueAt(file, "version"));
  const ofLayout = layout === null ? null : `(results ${layout})`;
  report.version = textAt(file, "metadata", "promptfooVersion") || ofLayout;
  return report;
}

/** Such a test is passed with 1, whatever was answered. */
function isUnasserted(result: unknown): boolean {
  const asserted = valueAt(result, "testCase", "assert");
  const isEmpty = Array.isArray(asserted) && asserted.length === 0;
  return isEmpty || /^no assertions/i.test(textAt(result, "gradingResult", "reason"));
}

/** Older files have no failure reason: there, an error without any grading. */
function isErrored(result: unknown): boolean {
  const reason = numberOf(valueAt(result, "failureReason"));
  if (reason !== null) return reason === ERRORED;
  return textAt(result, "error") !== "" && !isObject(valueAt(result, "gradingResult"));
}

/** The task that the metadata name, "" for none, and whether they name it as a facet. */
function taskOf(metadata: unknown): readonly [task: string, isFacet: boolean] {
  const named = ["facet", "task", "category", "benchmark"].map((key) => textAt(metadata, key));
  return [named.find((name) => name !== "") ?? "", named[0] !== ""];
}
