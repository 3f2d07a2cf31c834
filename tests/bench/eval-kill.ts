import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadRows } from "../../lib/eval/index.js";
import { startOpenRouter } from "../helpers/openrouter-server.js";
import { seeded } from "../helpers/seeded.js";

const CHILD = fileURLToPath(new URL("../helpers/eval-child.ts", import.meta.url));
/** Of eval-child.ts: 3 models, 20 tasks, 2 epochs, 8 at once. */
const CELLS = 120;
const CONCURRENCY = 8;

/** `kill -9` at a seeded moment, once a seed, then a resumed run: rows, and requests that were repeated. */
export async function kills(times: number): Promise<void> {
  const server = await startOpenRouter({ latencyMs: 15, models: null });
  let worst = 0;
  let wrong = 0;
  try {
    for (let seed = 1; seed <= times; seed++) {
      server.reset();
      const random = seeded(seed);
      const dir = mkdtempSync(join(tmpdir(), "facet-bench-"));
      const rowsFile = join(dir, "rows.jsonl");
      const run = (kill: () => Promise<void>): Promise<void> =>
        new Promise((resolve) => {
          const child = spawn(process.execPath, [
            "--import",
            "tsx",
            CHILD,
            server.baseURL,
            rowsFile,
            join(dir, "cache"),
          ]);
          child.once("close", () => resolve());
          void kill().then(() => child.kill("SIGKILL"));
        });
      await run(async () => {
        await server.came(1 + Math.floor(random() * (CELLS - 1)));
        await new Promise((resolve) => setTimeout(resolve, random() * 15));
      });
      await run(() => new Promise(() => undefined));
      const rows = existsSync(rowsFile) ? await loadRows(rowsFile) : [];
      const lines = readFileSync(rowsFile, "utf8").trimEnd().split("\n").length;
      const places = new Set(rows.map((row) => `${row.model} ${row.task} ${row.epoch}`)).size;
      if (rows.length !== CELLS || places !== CELLS || lines !== CELLS) wrong++;
      worst = Math.max(worst, server.chats.length - CELLS);
      rmSync(dir, { recursive: true, force: true });
    }
  } finally {
    await server.close();
  }
  console.log(
    `${times} kills: ${wrong} files wrong, at most ${worst} requests repeated (${CONCURRENCY} were in flight)`,
  );
}
