import { basename, dirname } from "node:path";
import { objectOf, type Fields } from "../../../shared/json.js";
import { type ByteSource, readJson, UnreadableFile } from "../../sources/index.js";
import { fromPercent } from "../../tables/scales.js";
import { scoreCell } from "../../tables/scoreCell.js";
import { byName, type Table } from "../../tables/table.js";
import { FileReport } from "../fileReport.js";

/** Columns of the summary beside those of models. */
const OWN = new Set(["dataset", "version", "metric", "mode"]);

/**
 * Reads OpenCompass' summary, in percent: a row for each dataset and metric, a column for each model. Averages over
 * datasets are left to those.
 */
export async function readOpenCompassSummary(table: Table): Promise<FileReport> {
  const report = new FileReport("OpenCompass", "percent");
  const found = new Map<string, Record<string, number>>();
  const take = byName(table, (cell) => {
    const [dataset, metric] = [cell("dataset"), cell("metric")];
    if (/average/i.test(metric)) return report.skip(dataset, "part of a summary: an average over datasets");
    for (const model of table.columns.filter((column) => !OWN.has(column))) {
      const score = scoreCell(cell(model));
      const key = JSON.stringify([model, dataset]);
      if ("value" in score) found.set(key, { ...found.get(key), [metric]: fromPercent(score.value) });
      else if (metric !== "-") report.skip(`${dataset}, ${model}`, score.why);
    }
  });
  await table.read(take, report.skipRow);
  for (const [key, row] of found) addScore(report, row, JSON.parse(key) as string[]);
  return report;
}

/** Reads one dataset's scores, in percent, of the model that its folder is named for: `results/MODEL/DATASET.json`. */
export async function readOpenCompassResult(source: ByteSource): Promise<FileReport> {
  const folder = dirname(source.name);
  if (basename(dirname(folder)) !== "results")
    throw new UnreadableFile(
      "scores of one dataset without a model: OpenCompass keeps them as results/MODEL/DATASET.json",
    );
  const metrics = Object.entries(objectOf(await readJson(source, { details: {}, "*": "all" })));
  const shares = metrics.map(([key, value]) => [key, typeof value === "number" ? fromPercent(value) : value]);
  const report = new FileReport("OpenCompass", "percent");
  addScore(report, Object.fromEntries(shares), [basename(folder), basename(source.name, ".json")]);
  return report;
}

function addScore(report: FileReport, row: Fields, [model = "", task = ""]: readonly string[]): void {
  // A summary rounds to two decimals what the datasets' own files say.
  const rounded = Object.entries(row).map(([metric, share]) => `${metric} ${Number(share).toFixed(4)}`);
  report.addTask(row, { model, task, identities: [`OpenCompass ${model}\0${task}\0${rounded.join()}`] });
}
