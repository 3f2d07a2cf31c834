import { listAt, numberOf, textAt, valueAt } from "../../../shared/json.js";
import type { ByteSource } from "../../sources/byteSource.js";
import { readJson } from "../../sources/readJson.js";
import { FileReport } from "../fileReport.js";

/** Columns over tasks, and metrics that are no accuracy. */
const NO_SCORE = /^(?:model|adapter)\b|mean (?:win rate|score)|\btime\b|error|bias|toxic|cost|tokens/i;

/**
 * Reads HELM's tables of a group, `groups/NAME.json`: models down, tasks across, in its first table, which is that of
 * accuracy. The others tell of calibration, efficiency and the like, and its mean win rate of the other models.
 */
export async function readHelmGroups(source: ByteSource): Promise<FileReport> {
  const [table, ...others] = (await readJson(source, "all")) as readonly unknown[];
  const report = new FileReport("HELM groups");
  for (const other of others)
    report.skip(textAt(other, "title"), "part of a group, whose accuracies stand in the first table");
  const heads = listAt(table, "header");
  for (const cells of listAt(table, "rows").filter((row): row is readonly unknown[] => Array.isArray(row))) {
    const model = textAt(cells[0], "value");
    for (const [i, head] of heads.entries()) {
      const [title, group] = [textAt(head, "value"), textAt(head, "metadata", "run_group")];
      const [named = "", metric = "score"] = title.split(" - ");
      const task = group || named;
      const value = valueAt(cells[i], "value");
      const score = numberOf(value);
      const isScore = i > 0 && !NO_SCORE.test(title) && valueAt(head, "lower_is_better") !== true;
      if (!isScore || model === "" || score === null) {
        if (isScore) report.skip(`${model}, ${task}`, "no score");
      } else report.add({ model, task, metric: textAt(head, "metadata", "metric") || metric, score });
    }
  }
  return report;
}
