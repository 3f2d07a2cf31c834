import { isObject, numberOf, objectOf, shownValue, textAt, valueAt } from "../../shared/json.js";
import { type ByteSource, Each, type Keep, readJson, readJsonLines, whole } from "../sources/index.js";
import { count } from "../../shared/text.js";
import { digestOf, FileReport, Means } from "./fileReport.js";

/** promptfoo's mark of an answer that never came, as against one that failed its assertions. */
const ERRORED = 2;

/** What is kept of a result: not what was asked, answered or explained. */
const RESULT: Keep = {
  ...whole("score", "failureReason", "testIdx", "promptIdx", "error", "vars"),
  prompt: whole("label", "display"),
  provider: whole("id", "label", "config"),
  gradingResult: whole("score", "reason"),
  testCase: { ...whole("assert"), metadata: whole("facet", "task", "category", "benchmark") },
};
/** Parts of a provider's config that are no settings, and those that tell providers apart and are not to be shown. */
const NO_SETTING = /key|secret|password|auth|header|cost|^label$/i;
const HIDDEN = /url|host/i;

/**
 * Reads promptfoo's results, as `promptfoo eval -o` writes them (`.json`, `.jsonl`) and as `evaluate()` returns them: for
 * each provider with its config, prompt and task the mean score, over tests that are told apart by their variables. A
 * test's facet or task is what its metadata names as `facet`, `task`, `category` or `benchmark`; otherwise the
 * description of the whole eval. A group with a score outside [0, 1] has another scale, and is left out as a whole.
 *
 * @param keys Those of the file's first value.
 */
export async function readPromptfoo(source: ByteSource, keys: readonly string[]): Promise<FileReport> {
  const report = new FileReport("promptfoo results");
  const means = new Means();
  /** By provider, the prompts that it was asked: their places, or in old files their names. */
  const prompts = new Map<string, Set<number | string>>();
  /** By model and what is shown of its config, the configs. */
  const configs = new Map<string, Set<string>>();
  let [met, again] = [0, 0];
  const take = (result: unknown): void => {
    met += 1;
    const provider = valueAt(result, "provider");
    const id = typeof provider === "string" ? provider : textAt(provider, "id");
    const model = textAt(provider, "label") || id;
    const score = numberOf(valueAt(result, "score"));
    const skip = (why: string): void => report.skip(`result ${met}`, why);
    if (model === "") return skip("names no provider");
    if (isErrored(result)) return skip("no answer: the provider failed");
    if (isUnasserted(result)) return skip("a test without assertions, which any answer passes");
    if (score === null) return skip("no score");
    const labelled = model === id ? {} : { provider: id };
    const [shown, config] = settingsOf(valueAt(provider, "config"));
    const told = JSON.stringify([model, { ...shown, ...labelled }]);
    const numbered = configs.get(told) ?? new Set();
    configs.set(told, numbered.add(config));
    const asked = JSON.stringify([told, [...numbered].indexOf(config) + 1]);
    const named = textAt(result, "prompt", "label") || textAt(result, "prompt", "display");
    const prompt = numberOf(valueAt(result, "promptIdx")) ?? named;
    prompts.set(asked, (prompts.get(asked) ?? new Set()).add(prompt));
    const name = JSON.stringify([asked, prompt, ...taskOf(valueAt(result, "testCase", "metadata"))]);
    const vars = objectOf(valueAt(result, "vars"));
    const test = numberOf(valueAt(result, "testIdx")) ?? -met;
    // A test that is repeated has one index for each time.
    means.add(name, Object.keys(vars).length === 0 ? test : digestOf(vars), score);
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
    const [told, config] = JSON.parse(asked) as [string, number];
    const [model, own] = JSON.parse(told) as [string, Record<string, string>];
    const [task, n] = [named || described, means.count(name)];
    const number = [...prompts.get(asked)!].toSorted((a, b) => Number(a) - Number(b)).indexOf(prompt) + 1;
    // Without an eval's name, what was found stands for it.
    const identities = [["promptfoo", evalId || JSON.stringify([score, n]), prompt, asked, task].join("\0")];
    const isOne = configs.get(told)!.size === 1;
    const settings = { ...own, ...(isOne ? {} : { config: `config ${config}` }), prompt: `prompt ${number}` };
    again += means.answers(name) - n;
    report.add({ model, task, isFacet, metric: "score", score, n, settings, identities });
  }
  if (again > 0) report.notes.push(`Repeats of tests, averaged as one item each: ${count(again, "answer")}.`);
  const layout = numberOf(valueAt(file, "results", "version") ?? valueAt(file, "version"));
  const ofLayout = layout === null ? null : `(results ${layout})`;
  report.version = textAt(file, "metadata", "promptfooVersion") || ofLayout;
  return report;
}

/** What may be shown of a provider's config, by its keys, and a name for all that it sets. */
function settingsOf(config: unknown): readonly [shown: Readonly<Record<string, string>>, name: string] {
  const told = Object.entries(objectOf(config)).filter(([key]) => !NO_SETTING.test(key));
  const shown = told.filter(([key]) => !HIDDEN.test(key));
  return [
    Object.fromEntries(shown.map(([key, value]) => [key, `${key} ${shownValue(value)}`])),
    digestOf(told),
  ];
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
