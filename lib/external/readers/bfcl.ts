import type { ByteSource } from "../sources/byteSource.js";
import { readCsvTable } from "../sources/readCsv.js";
import { FileReport } from "./fileReport.js";
import { fromPercent, scoreCell } from "./scoreTable.js";

const SCORE = "Overall Acc";

/**
 * Reads BFCL's table: one score for each model, its overall accuracy. The other columns are parts of that. "(FC)" and
 * "(Prompt)" stay in the model's name: they are two ways of asking, with two scores.
 */
export async function readBfclTable(source: ByteSource): Promise<FileReport> {
  const report = new FileReport("BFCL table", "percent");
  await readCsvTable(source, (cell, record) => {
    const model = cell("Model");
    const score = scoreCell(cell(SCORE));
    if (model === "") report.skip(`row ${record}`, "no model");
    else if ("why" in score) report.skip(`row ${record} (${model})`, score.why);
    else report.add({ model, task: "bfcl", metric: SCORE, score: fromPercent(score.value) });
  });
  return report;
}
