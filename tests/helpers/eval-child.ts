/** An evaluation in a process of its own, so that a test can kill it. Arguments: base URL, rows file for the end, cache folder. */
import { answerCache, openRouter } from "../../lib/client/index.js";
import { evaluateModels, saveRows } from "../../lib/eval/index.js";
import { someTasks } from "./tasks.js";

async function main(): Promise<void> {
  const [baseURL = "", rowsFile = "", cacheDir = ""] = process.argv.slice(2);
  const client = openRouter({ apiKey: "sk-or-v1-child", baseURL, concurrency: 8 });
  const run = await evaluateModels(
    ["a", "b", "c"].map((alias) => ({ id: `some/${alias}`, alias })),
    {
      client,
      tasks: someTasks(20),
      epochs: 2,
      cache: answerCache(cacheDir),
    },
  );
  await saveRows(run.rows, rowsFile);
  console.log(JSON.stringify({ rows: run.rows.length, ...run.usage }));
}

void main();
