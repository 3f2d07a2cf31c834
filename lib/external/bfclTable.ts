import { readCsvTable } from "./csvTable.js";
import type { FileReading, Reading } from "./reading.js";
import { fromPercent, scoreCell } from "./scale.js";
import { SkipLog } from "./skipLog.js";
import type { ByteSource } from "./textChunks.js";

const SCORE = "Overall Acc";

/** Whether a table with these columns is the leaderboard of the Berkeley Function-Calling Leaderboard. */
export function isBfclTable(columns: readonly string[]): boolean {
  return (
    columns.includes("Model") && columns.includes(SCORE) && columns.some((column) => column.includes("AST"))
  );
}

/**
 * Reads BFCL's table: one reading for each model, its overall accuracy. The other columns are parts of that. "(FC)" and
 * "(Prompt)" stay in the model's name: they are two ways of asking, with two scores.
 */
export async function readBfclTable(source: ByteSource): Promise<FileReading> {
  const readings: Reading[] = [];
  const skips = new SkipLog();
  await readCsvTable(source, (cell, record) => {
    const model = cell("Model");
    const score = scoreCell(cell(SCORE));
    const what = `row ${record} (${model})`;
    if (model === "") skips.add(what, "no model");
    else if (score.kind !== "number") skips.add(what, `no score: "${cell(SCORE)}"`);
    else if (score.value < 0 || score.value > 100)
      skips.add(what, `score ${cell(SCORE)} lies outside 0 to 100`);
    else
      readings.push({ model, task: "bfcl", isFacet: false, metric: SCORE, score: fromPercent(score.value) });
  });
  return {
    format: "BFCL table",
    version: null,
    scale: "percent",
    readings,
    skipped: skips.entries(),
    notes: [],
  };
}
