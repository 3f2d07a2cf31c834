/** Asks every row of the test server with a key and prints all there is to print. Arguments: base URL, folder. */
import { join } from "node:path";
import { inspect } from "node:util";
import { answerCache, openRouter } from "../../lib/client/index.js";
import { evaluateModels, saveRows } from "../../lib/eval/index.js";
import { ROWS } from "./openrouter-server-rows.js";
import { someTasks } from "./tasks.js";

function show(value: unknown): void {
  console.log(inspect(value, { depth: null, showHidden: true, maxStringLength: 1e6 }));
}

async function main(): Promise<void> {
  const [baseURL = "", dir = ""] = process.argv.slice(2);
  const client = openRouter({ baseURL, concurrency: 16, baseMs: 1, maxWaitMs: 1200, attemptTimeoutMs: 300 });
  const cache = answerCache(join(dir, "cache"));
  show(client);
  const models = Object.keys(ROWS);
  const answers = await Promise.all(
    models.map((model) => client.ask({ model, messages: [{ role: "user", content: "hello" }] }, { cache })),
  );
  show(answers.map((answer) => (answer.ok && answer.text.length > 1e5 ? "huge" : answer)));
  const run = await evaluateModels(
    models.map((id) => ({ id, alias: id })),
    {
      client,
      tasks: someTasks(1),
      cache,
      show: { html: (html) => console.log(html), text: (text) => console.log(text) },
    },
  );
  await saveRows(run.rows, join(dir, "rows.jsonl"));
  show(run.notes);
  show(await client.listModels().catch(String));
  console.log(`asked ${answers.length}, rows ${run.rows.length}`);
}

void main();
