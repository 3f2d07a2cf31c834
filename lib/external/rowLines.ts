import { isRecord, textAt } from "./fields.js";
import { whole } from "./jsonSieve.js";
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
    { fields: whole("model", "facet", "score", "n") },
    (value, line) => {
      if (!isRecord(value)) return table.skip(line, "not an object");
      const [score, n] = [value["score"], value["n"]].map((number) =>
        number === undefined ? "" : String(number),
      );
      const [model, facet] = [textAt(value, "model"), textAt(value, "facet")];
      table.add({ record: line, model, facet, score: score ?? "", n: n ?? "" });
    },
    (line, why) => table.skip(line, why),
  );
  return table.reading("JSON lines");
}
