import { basename, dirname } from "node:path";
import { listAt, numberOf, objectOf, textAt, valueAt } from "../../../shared/json.js";
import { type ByteSource, readJson, UnreadableFile, whole } from "../../sources/index.js";
import { fromPercent } from "../../tables/scales.js";
import { FileReport } from "../fileReport.js";
import { variantOf } from "../lmEvalModel.js";

/** Reads the metrics that bigcode-evaluation-harness writes: pass@1 of each task, for the model of its config. */
export async function readBigcode(source: ByteSource): Promise<FileReport> {
  const { config, ...tasks } = objectOf(await readJson(source, "all"));
  const [model, limit] = [textAt(config, "model"), numberOf(valueAt(config, "limit"))];
  const variant = variantOf(config, model);
  const report = new FileReport("bigcode harness");
  if (limit !== null) report.smoke(`limit ${limit}`);
  for (const [task, row] of Object.entries(tasks)) {
    const identities = [JSON.stringify(["bigcode", config, task, row])];
    report.addTask(objectOf(row), { model, variant, task, identities });
  }
  return report;
}

/**
 * Reads EvalPlus' results: pass@1 over HumanEval or MBPP with its added tests, which it ranks by, or where there are
 * none over the tests of the benchmark itself. The model stands only in the names of file and folder, as in
 * "org--model_vllm_temp_0.0_eval_results.json".
 */
export async function readEvalPlus(source: ByteSource): Promise<FileReport> {
  const answer = whole("base_status", "plus_status");
  const file = await readJson(source, { ...whole("pass_at_k"), eval: { "*": { "*": answer } } });
  const path = basename(source.name) === "eval_results.json" ? dirname(source.name) : source.name;
  const name = basename(path).replace(/[_.]?eval_results\.json$/, "");
  const model = name.replace(/(?:_[a-z]+)?_temp_[\d.]+$/, "");
  if (model === "" || model === ".")
    throw new UnreadableFile("EvalPlus results whose file and folder name no model");
  const items = Object.keys(objectOf(valueAt(file, "eval")));
  const answers = items.map((item) => listAt(file, "eval", item)).filter((tried) => tried.length > 0);
  const isPlus = answers.some((tried) => textAt(tried[0], "plus_status") !== "");
  const hasPassed = (one: unknown): boolean =>
    textAt(one, "base_status") === "pass" && (!isPlus || textAt(one, "plus_status") === "pass");
  const passed = answers.reduce((sum, tried) => sum + tried.filter(hasPassed).length / tried.length, 0);
  const said = numberOf(valueAt(file, "pass_at_k", isPlus ? "plus" : "base", "pass@1"));
  const task = `${/^mbpp/i.test(items[0] ?? "") ? "mbpp" : "humaneval"}${isPlus ? "+" : ""}`;
  const report = new FileReport("EvalPlus results");
  const facts = { model: model.replace("--", "/"), task, n: answers.length || null };
  report.addTask(
    { "pass@1": said ?? passed / answers.length },
    { ...facts, identities: [`EvalPlus ${JSON.stringify([facts, passed])}`] },
  );
  return report;
}

/** Reads SWE-bench's info_for_leaderboard.json: for each model the share of its instances that are resolved. */
export async function readSweBench(source: ByteSource): Promise<FileReport> {
  const models = await readJson(source, { "*": { "*": whole("resolved") } });
  const report = new FileReport("SWE-bench results");
  for (const [model, instances] of Object.entries(objectOf(models))) {
    const all = Object.values(objectOf(instances)).map((one) => valueAt(one, "resolved"));
    const n = all.filter((mark) => typeof mark === "boolean").length;
    const resolved = all.filter((mark) => mark === true).length;
    if (n < all.length) report.notes.push(`Instances of ${model} that are not marked: ${all.length - n}.`);
    const identities = [`SWE-bench ${model} ${resolved} ${n}`];
    report.addTask({ resolved: resolved / n }, { model, task: "swe_bench", n, identities });
  }
  return report;
}

/**
 * Reads SWE-bench's `leaderboards.json`, what its site shows: for each board, as "Verified", the share of its instances
 * that a system resolves, in percent.
 */
export async function readSweBenchBoards(source: ByteSource): Promise<FileReport> {
  const system = whole("name", "folder", "resolved");
  const file = await readJson(source, { leaderboards: { "*": { name: "all", results: { "*": system } } } });
  const report = new FileReport("SWE-bench results", "percent");
  for (const board of listAt(file, "leaderboards"))
    for (const one of listAt(board, "results")) {
      const [model, task] = [textAt(one, "name"), `swe_bench ${textAt(board, "name")}`];
      const [resolved, folder] = [numberOf(valueAt(one, "resolved")), textAt(one, "folder")];
      const identities = [["SWE-bench", task, model, folder, resolved].join("\0")];
      if (model === "" || resolved === null) report.skip(`${model || folder}, ${task}`, "no score");
      else report.add({ model, task, metric: "resolved", score: fromPercent(resolved), identities });
    }
  return report;
}
