import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerCache, openRouter } from "../../lib/client/index.js";
import { evaluateModels } from "../../lib/eval/index.js";
import { startServerProcess } from "../helpers/openrouter-server-process.js";
import { someTasks } from "../helpers/tasks.js";

/** A second evaluation in the same process, every answer cached: how long, and how many requests. */
export async function cachedAgain(models: number, tasks: number, limitMs: number): Promise<void> {
  const server = await startServerProcess({ latencyMs: 0 });
  const dir = mkdtempSync(join(tmpdir(), "facet-bench-"));
  const specs = Array.from({ length: models }, (_, i) => ({ id: `bench/${i}`, alias: `model_${i}` }));
  const evaluate = () =>
    evaluateModels(specs, {
      client: openRouter({ apiKey: "sk-or-v1-bench", baseURL: server.baseURL }),
      tasks: someTasks(tasks),
      cache: answerCache(join(dir, "answers")),
    });
  try {
    const first = await evaluate();
    const again = await evaluate();
    console.log(
      `${models * tasks} cached answers: ${again.elapsedMs} ms (limit ${limitMs} ms), ${again.usage.requests} requests; ` +
        `the first time ${first.elapsedMs} ms, ratio ${(again.elapsedMs / first.elapsedMs).toFixed(2)}`,
    );
  } finally {
    server.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
