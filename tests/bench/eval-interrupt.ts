import { openRouter } from "../../lib/client/index.js";
import { evaluateModels } from "../../lib/eval/index.js";
import { startServerProcess } from "../helpers/openrouter-server-process.js";
import { seeded } from "../helpers/seeded.js";
import { someTasks } from "../helpers/tasks.js";

/** Interrupts at seeded moments: how long until evaluateModels returns, and whether anything was sent after. */
export async function interrupts(times: number): Promise<void> {
  const server = await startServerProcess({ latencyMs: 100 });
  const random = seeded(4);
  const waits: number[] = [];
  let late = 0;
  try {
    for (let i = 0; i < times; i++) {
      const interrupt = new AbortController();
      const running = evaluateModels([{ id: "bench/a", alias: "a" }], {
        client: openRouter({ apiKey: "sk-or-v1-bench", baseURL: server.baseURL, concurrency: 16 }),
        tasks: someTasks(200),
        signal: interrupt.signal,
      });
      await new Promise((resolve) => setTimeout(resolve, 20 + random() * 600));
      const began = performance.now();
      interrupt.abort();
      await running;
      waits.push(performance.now() - began);
      const before = (await server.counts()).chats;
      await new Promise((resolve) => setTimeout(resolve, 150));
      late += (await server.counts()).chats - before;
    }
  } finally {
    server.close();
  }
  console.log(
    `${times} interrupts: the run ended within ${Math.max(...waits).toFixed(1)} ms (limit 100 ms); ${late} requests sent after`,
  );
}
