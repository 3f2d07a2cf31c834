import { isRecord } from "./fields.js";
import { whole } from "./jsonPlan.js";
import { readJsonLines } from "./readJson.js";
import type { FileReading } from "./reading.js";
import { ScoreTable } from "./scoreTable.js";
import type { ByteSource } from "./textChunks.js";

/** Whether the first of a file's JSON lines, with these keys, is a row as `exportRows` writes it. */
export function isRowLines(keys: ReadonlySet<string>): boolean {
  return ["model", "facet", "score"].every((key) => keys.has(key));
}

/** Reads rows that are JSON objects, one a line: those of a plain table in another dress. */
export async function readRowLines(source: ByteSource): Promise<FileReading> {
  const table = new ScoreTable();
  await readJsonLines(
    source,
    { fields: whole("model", "facet", "score", "n", "provider", "simulated") },
    (value, line) => {
      if (!isRecord(value)) return table.skip(line, "not an object");
      const text = (key: string): string => scalarText(value[key]);
      const [score, n, provider, simulated] = [text("score"), text("n"), text("provider"), text("simulated")];
      table.add({ record: line, model: text("model"), facet: text("facet"), score, n, provider, simulated });
    },
    (line, why) => table.skip(line, why),
  );
  return table.reading("JSON lines");
}

/** Text, numbers and booleans as a table has them; nothing for what a table cannot hold. */
function scalarText(value: unknown): string {
  return value === null || value === undefined || typeof value === "object" ? "" : String(value).trim();
}
