/**
 * The evaluation engine against a server of its own: `npx tsx tests/bench/eval.ts [--quick]`. Each run is a process of
 * its own, timed from its start to its end; the ideal is what the waits alone take at that concurrency.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type ServerProcess, startServerProcess } from "../helpers/openrouter-server-process.js";
import { cachedAgain } from "./eval-cached.js";
import { interrupts } from "./eval-interrupt.js";
import { kills } from "./eval-kill.js";
import type { BenchResult, BenchTask } from "./eval-child.js";

const CHILD = fileURLToPath(new URL("./eval-child.ts", import.meta.url));

async function run(
  server: ServerProcess,
  task: Omit<BenchTask, "baseURL">,
): Promise<BenchResult & { wallMs: number }> {
  const began = performance.now();
  const argument = JSON.stringify({ ...task, baseURL: server.baseURL });
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", CHILD, argument]);
  return { ...(JSON.parse(stdout) as BenchResult), wallMs: performance.now() - began };
}

/** What the machine and the SDK take by themselves, right now. */
async function reference(
  server: ServerProcess,
  count: number,
  concurrency: number,
): Promise<{ readonly cpuMs: number; readonly peakMb: number; readonly wallMs: number }> {
  const began = performance.now();
  const script = fileURLToPath(new URL("./eval-reference.ts", import.meta.url));
  const args = ["--import", "tsx", script, server.baseURL, String(count), String(concurrency)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const said = JSON.parse(stdout) as { readonly cpuMs: number; readonly peakMb: number };
  return { ...said, wallMs: performance.now() - began };
}

async function twentyBySixty(concurrency: number, limitMs: number): Promise<void> {
  const server = await startServerProcess({ latencyMs: 200 });
  try {
    const result = await run(server, { models: 20, tasks: 60, epochs: 1, concurrency, keepRows: true });
    const { chats, peak } = await server.counts();
    const plain = await reference(server, 1200, concurrency);
    const idealMs = Math.ceil(1200 / concurrency) * 200;
    console.log(
      `20 models x 60 prompts, 200 ms a call, concurrency ${concurrency}: ` +
        `${(result.wallMs / 1000).toFixed(2)} s from process start (limit ${limitMs / 1000} s, ideal ${idealMs / 1000} s, ` +
        `ratio ${(result.wallMs / idealMs).toFixed(2)}), ` +
        `${(result.cpuMs / result.rows).toFixed(2)} ms CPU a call, peak ${result.peakMb.toFixed(0)} MB, ` +
        `${chats} requests, at most ${peak} at once; openai's SDK alone in a loop: ` +
        `${(plain.wallMs / 1000).toFixed(2)} s (ratio ${(result.wallMs / plain.wallMs).toFixed(2)}), ` +
        `${(plain.cpuMs / 1200).toFixed(2)} ms CPU a call (ratio ${(result.cpuMs / plain.cpuMs).toFixed(2)}), ` +
        `peak ${plain.peakMb.toFixed(0)} MB`,
    );
  } finally {
    server.close();
  }
}

async function manyAnswers(models: number): Promise<void> {
  const server = await startServerProcess({ latencyMs: 0 });
  try {
    const result = await run(server, { models, tasks: 60, epochs: 5, concurrency: 16, keepRows: false });
    const perSecond = result.rows / (result.evaluateMs / 1000);
    const perCpuSecond = result.rows / (result.cpuMs / 1000);
    console.log(
      `${result.rows} answers (${models} models x 60 x 5), 0 ms a call: ` +
        `${perSecond.toFixed(0)} answers a second beside its server, ${perCpuSecond.toFixed(0)} a second of one core; ` +
        `resident MB at each tenth ${result.residentMb.join(" ")}, peak ${result.peakMb.toFixed(0)} MB`,
    );
  } finally {
    server.close();
  }
}

async function main(): Promise<void> {
  const isQuick = process.argv.includes("--quick");
  await twentyBySixty(64, 4500);
  await twentyBySixty(16, 16_500);
  await cachedAgain(3, 12, 80);
  await cachedAgain(20, 60, 500);
  await interrupts(isQuick ? 5 : 20);
  await kills(isQuick ? 3 : 20);
  await manyAnswers(isQuick ? 50 : 1000);
}

void main();
