/**
 * A day in minutes: many simulated models and questions through the real client and the answer cache, with every fault
 * of the test server, kills, a full disk, a key that is refused for a while, clocks that jump, and two kernels on one
 * cache. `npm run bench -- soak [--quick]` ends with 1 when a row is lost, a question paid twice that was not in flight
 * at a kill, a file damaged, or a key shown.
 */
import { spawn, spawnSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadRows } from "../../lib/eval/index.js";
import { ROWS } from "../helpers/openrouter-server-rows.js";
import { seeded } from "../helpers/seeded.js";
import type { SoakTask } from "./soak-child.js";
import { startSoakServer } from "./soak-server.js";

const CHILD = fileURLToPath(new URL("./soak-child.ts", import.meta.url));
const isQuick = process.argv.includes("--quick");
const [MODELS, QUESTIONS, CONCURRENCY] = isQuick ? [100, 20, 16] : [200, 160, 32];
/** Left out are two megabytes an answer, a bench of the disk; and those that only hang, of which there are some anyway. */
const ODD = Object.keys(ROWS).filter((row) => !/^(fault\/(401|hang|stall|drip)|ok\/huge)/.test(row));
const MODEL_IDS = [...ODD, ...Array.from({ length: MODELS - ODD.length }, (_, i) => `soak/${i}`)];
const SOUND = MODEL_IDS.filter((id) => id.startsWith("soak/"));
const KEY = /sk-or-v1-soak-\d+/;

const server = await startSoakServer(10);
const random = seeded(160);
const folder = mkdtempSync(join(tmpdir(), "facet-soak-"));
const isMounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=600m", "tmpfs", folder]).status === 0;
/** What kernels printed, in files outside the disk that gets full. */
const logs: string[] = [];
/** Keys of kernels that were killed; and times when the disk was full, with what was on its way there. */
const killed = new Set<string>();
const full: { from: number; to: number }[] = [];
let kernels = 0;

interface Kernel {
  readonly key: string;
  readonly ended: Promise<number | null>;
  kill(): void;
}

function begin(models: readonly string[] = MODEL_IDS): Kernel {
  const seed = ++kernels;
  const key = `sk-or-v1-soak-${seed}`;
  const shape = { models, questions: QUESTIONS, concurrency: CONCURRENCY };
  const task: SoakTask = { baseURL: server.baseURL, key, seed, folder, ...shape };
  const child = spawn(process.execPath, ["--import", "tsx", CHILD, JSON.stringify(task)]);
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => logs.push(text));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const kill = (): void => {
    killed.add(`Bearer ${key}`);
    child.kill("SIGKILL");
  };
  return { key, ended, kill };
}

/** Until so many more good answers went out, or the kernel ended by itself. */
async function answers(count: number, { ended }: Kernel): Promise<void> {
  const enough = server.delivered.length + count;
  const waits = new AbortController();
  const poll = async (): Promise<void> => {
    while (server.delivered.length < enough && !waits.signal.aborted) await pause(5);
  };
  await Promise.race([poll(), ended]);
  waits.abort();
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Takes what is left of the disk. @returns A function that gives it back. */
function fillDisk(): () => void {
  const path = join(folder, "filler");
  const file = openSync(path, "w");
  const block = Buffer.alloc(4096);
  const from = performance.now() - 1000;
  try {
    for (;;) writeSync(file, block);
  } catch {
    closeSync(file);
  }
  return () => {
    rmSync(path);
    full.push({ from, to: performance.now() + 1000 });
  };
}

const began = performance.now();
const hour = (what: string): void => {
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  console.log(`${seconds.padStart(4)} s  ${server.delivered.length} answers  ${what}`);
};

try {
  server.set({ faults: 0.05 });
  const share = (SOUND.length * QUESTIONS) / 10;
  for (let k = 0; k < 4; k++) {
    const kernel = begin();
    await answers(share * (0.3 + random()), kernel);
    await pause(random() * 20);
    kernel.kill();
    await kernel.ended;
    hour("killed");
  }
  const pair = [begin(), begin()] as const;
  await answers(2 * share, pair[0]);
  pair[0].kill();
  hour("two kernels on one cache; one of them killed");
  await answers(share / 2, pair[1]);
  server.set({ isRevoked: true });
  await pair[1].ended;
  server.set({ isRevoked: false });
  hour("the key refused, for a while");
  if (isMounted) {
    const kernel = begin();
    await answers(share / 2, kernel);
    const free = fillDisk();
    await answers(share / 2, kernel);
    free();
    hour("the disk full, and free again");
    await answers(share / 2, kernel);
    const again = fillDisk();
    await kernel.ended;
    again();
    hour("the disk full at the end of a run");
  } else console.log("No tmpfs can be mounted here: no full disk was played.");
  await begin().ended;
  hour("a run to its end");
  server.set({ faults: 0 });
  await begin().ended;
  hour("what had failed, asked again");

  const rows = await loadRows(join(folder, "rows.jsonl"));
  const places = new Set(rows.map((row) => `${row.model} ${row.task}`));
  const wrong = rows.filter((row) => row.model.startsWith("soak/") && row.score !== 1).length;
  const lost = MODEL_IDS.length * QUESTIONS - places.size + wrong;

  server.asked();
  await begin(SOUND).ended;
  const unreadable = server.asked();
  const lines = readFileSync(join(folder, "rows.jsonl"), "utf8").trimEnd().split("\n");
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const halves = paths.filter((path) => path.endsWith(".tmp") && statSync(path).isFile()).length;
  const broken = lines.filter((line) => !line.startsWith('{"model"') || !line.endsWith("}")).length;
  const shown = [...paths.map((path) => readFileSync(path, "utf8")), ...logs].filter((text) =>
    KEY.test(text),
  );

  const found = {
    "rows lost": lost,
    "questions paid twice that were not in flight at a kill": paidTwice(),
    "files damaged": unreadable + broken + halves,
    "keys shown": shown.length,
  };
  console.log(
    `${MODELS} models × ${QUESTIONS} questions, ${kernels} kernels, ${killed.size} killed, ` +
      `${server.delivered.length} answers for ${SOUND.length * QUESTIONS} questions of models that answer:`,
  );
  for (const [what, count] of Object.entries(found)) console.log(`  ${what}: ${count}`);
  if (Object.values(found).some((count) => count > 0)) process.exitCode = 1;
} finally {
  await server.close();
  if (isMounted) spawnSync("umount", [folder]);
  rmSync(folder, { recursive: true, force: true });
}

/** Questions that were answered again although the answer before could be kept. */
function paidTwice(): number {
  const lastOf = new Map<string, number>();
  const orders = server.delivered.map(({ key }) => {
    const order = (lastOf.get(key) ?? 0) + 1;
    lastOf.set(key, order);
    return order;
  });
  const seen = new Set<string>();
  let twice = 0;
  for (const [i, { question, key, at }] of server.delivered.entries()) {
    if (seen.has(question))
      console.log(`  paid twice: ${question}, by ${key.slice(-8)} too at ${at.toFixed(0)} ms`);
    if (seen.has(question)) twice++;
    const wasInFlight = killed.has(key) && (orders[i] ?? 0) > (lastOf.get(key) ?? 0) - CONCURRENCY;
    const wasFull = full.some(({ from, to }) => at >= from && at <= to);
    if (!wasInFlight && !wasFull) seen.add(question);
  }
  return twice;
}
