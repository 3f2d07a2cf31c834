import { isObject, numberOf, objectOf, shownValue, textAt, valueAt } from "../../shared/json.js";
import { type ByteSource, Each, type Keep, readJson, readJsonLines, whole } from "../sources/index.js";
import { FileReport, Means } from "./fileReport.js";

/** promptfoo's mark of an answer that never came, as against one that failed its assertions. */
const ERRORED = 2;

/** What is kept of a result: not what was asked, answered or explained. */
const RESULT: Keep = {
  ...whole("score", "failureReason", "testIdx", "promptIdx", "error"),
  prompt: whole("label", "display"),
  provider: whole("id", "label", "config"),
  gradingResult: whole("score", "reason"),
  testCase: { ...whole("assert"), metadata: whole("facet", "task", "category", "benchmark") },
};
/** Parts of a provider's config that are no settings, or are not to be shown. */
const NO_SETTING = /key|secret|password|auth|header|url|host|cost|^label$/i;

/**
 * Reads promptfoo's results, as `promptfoo eval -o` writes them (`.json`, `.jsonl`) and as `evaluate()` returns them: for
 * each provider with its config, prompt and task the mean score. A test's facet or task is what its metadata names as
 * `facet`, `task`, `category` or `benchmark`; otherwise the description of the whole eval. A group with a score outside
 * [0, 1] has another scale, and is left out as a whole.
 *
 * @param keys Those of the file's first value.
 */
export async function readPromptfoo(source: ByteSource, keys: readonly string[]): Promise<FileReport> {
  const report = new FileReport("promptfoo results");
  const means = new Means();
  /** By provider, the prompts that it was asked: their places, or in old files their names. */
  const prompts = new Map<string, Set<number | string>>();
  let count = 0;
  const take = (result: unknown): void => {
    count += 1;
    const provider = valueAt(result, "provider");
    const id = typeof provider === "string" ? provider : textAt(provider, "id");
    const model = textAt(provider, "label") || id;
    const score = numberOf(valueAt(result, "score"));
    const skip = (why: string): void => report.skip(`result ${count}`, why);
    if (model === "") return skip("names no provider");
    if (isErrored(result)) return skip("no answer: the provider failed");
    if (isUnasserted(result)) return skip("a test without assertions, which any answer passes");
    if (score === null) return skip("no score");
    const labelled = model === id ? {} : { provider: id };
    const asked = JSON.stringify([model, { ...settingsOf(valueAt(provider, "config")), ...labelled }]);
    const named = textAt(result, "prompt", "label") || textAt(result, "prompt", "display");
    const prompt = numberOf(valueAt(result, "promptIdx")) ?? named;
    prompts.set(asked, (prompts.get(asked) ?? new Set()).add(prompt));
    const name = JSON.stringify([asked, prompt, ...taskOf(valueAt(result, "testCase", "metadata"))]);
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
    const [asked, prompt, named, isFacet] = JSON.parse(name) as [string, number | string, string, boolean];
    const [model, own] = JSON.parse(asked) as [string, Record<string, string>];
    const [task, n] = [named || described, means.count(name)];
    const number = [...prompts.get(asked)!].toSorted((a, b) => Number(a) - Number(b)).indexOf(prompt) + 1;
    // Without an eval's name, what was found stands for it.
    const identities = [["promptfoo", evalId || JSON.stringify([score, n]), prompt, asked, task].join("\0")];
    const settings = { ...own, prompt: `prompt ${number}` };
    report.add({ model, task, isFacet, metric: "score", score, n, settings, identities });
  }
  const layout = numberOf(valueAt(file, "results", "version") ?? valueAt(file, "version"));
  const ofLayout = layout === null ? null : `(results ${layout})`;
  report.version = textAt(file, "metadata", "promptfooVersion") || ofLayout;
  return report;
}

/** What a provider's config sets, by its keys. */
function settingsOf(config: unknown): Readonly<Record<string, string>> {
  const told = Object.entries(objectOf(config)).filter(([key]) => !NO_SETTING.test(key));
  return Object.fromEntries(told.map(([key, value]) => [key, `${key} ${shownValue(value)}`]));
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
