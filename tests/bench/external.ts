/**
 * External evals, read in processes of their own: `npx tsx tests/bench/external.ts [--quick]`. Each is set against what
 * the same file costs by the plainest means, `JSON.parse` of every line or a split at commas, in the same run; the peak
 * memory is the process's, against one that only loads the reader.
 */
import { execFile } from "node:child_process";
import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadExternalEvals } from "../../lib/external/index.js";
import { zipOf } from "../external/zipFixture.js";

interface Cost {
  readonly ms: number;
  readonly peakMb: number;
  readonly rows: number;
}

/** One job in this process: reads `file` by the library (`load`) or by the plainest means. */
async function job(how: string, file: string): Promise<Cost> {
  if (how === "warm") return warmJob(file);
  const began = performance.now();
  let rows = 0;
  if (how === "load") rows = (await loadExternalEvals([file])).rows.length;
  else if (how === "lines") {
    for (const line of (await readFile(file, "utf8")).split("\n"))
      if (line !== "") rows += Number(JSON.parse(line) !== null);
  } else if (how === "split") {
    rows =
      (await readFile(file, "utf8")).split("\n").filter((line) => line.split(",").length === 3).length - 1;
  }
  return { ms: performance.now() - began, peakMb: await peakMb(), rows };
}

/** What a notebook's cell finds, in a process that has read something before: the median of nine calls. */
async function warmJob(file: string): Promise<Cost> {
  const all: number[] = [];
  let rows = 0;
  for (let i = 0; i < 14; i += 1) {
    const began = performance.now();
    rows = (await loadExternalEvals([file])).rows.length;
    if (i >= 5) all.push(performance.now() - began);
  }
  return { ms: all.toSorted((a, b) => a - b)[4]!, peakMb: await peakMb(), rows };
}

/** Linux counts a parent's memory into a child's maxRSS; VmHWM starts anew with the program. */
async function peakMb(): Promise<number> {
  const status = await readFile("/proc/self/status", "utf8").catch(() => "");
  const peak = /VmHWM:\s*(\d+) kB/.exec(status)?.[1];
  return (peak === undefined ? process.resourceUsage().maxRSS : Number(peak)) / 1024;
}

async function measure(how: string, file: string): Promise<Cost> {
  const script = fileURLToPath(import.meta.url);
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--import",
    "tsx",
    script,
    "--job",
    how,
    file,
  ]);
  return JSON.parse(stdout) as Cost;
}

/** Writes lines until the file has so many bytes. */
async function writeLines(file: string, bytes: number, line: (i: number) => string): Promise<void> {
  const stream = createWriteStream(file);
  for (let i = 0, written = 0; written < bytes; i += 1) {
    const text = line(i);
    written += text.length;
    if (!stream.write(text)) await new Promise<void>((resolve) => stream.once("drain", () => resolve()));
  }
  await new Promise<void>((resolve) => stream.end(() => resolve()));
}

function sampleLine(i: number): string {
  const text = 'Janet\'s ducks lay 16 eggs a day; she said "\\frac{16}{3}" and sold the rest.\n'.repeat(24);
  const sample = {
    doc_id: i,
    doc: { question: text },
    target: "18",
    arguments: { gen_args_0: { arg_0: text } },
  };
  return `${JSON.stringify({ ...sample, resps: [[text]], filtered_resps: ["18"], filter: "flexible-extract", exact_match: (i % 4) / 4 })}\n`;
}

/** A results file of 60 tasks, as the leaderboards of lm-eval and Evalchemy hold them. */
function lmEvalResults(run: number): unknown {
  const tasks = Array.from({ length: 60 }, (_, i) => `bbh_${i}`);
  const by = <T>(value: (i: number) => T): Record<string, T> =>
    Object.fromEntries(tasks.map((task, i) => [task, value(i)]));
  return {
    results: by((i) => ({ "acc_norm,none": ((run * 37 + i) % 101) / 100, "acc_norm_stderr,none": 0.01 })),
    configs: by((i) => ({ task: `bbh_${i}`, description: "x".repeat(1000), num_fewshot: 3 })),
    "n-samples": by(() => ({ original: 250, effective: 250 })),
    config: { model_args: `pretrained=org/model-${run}` },
    model_name: `org/model-${run}`,
  };
}

/** An Inspect archive of one large member of samples and the small ones that say the scores. */
function archive(samples: number): Buffer {
  const header = {
    status: "success",
    eval: { task: "gsm8k", task_id: "t", run_id: "r", model: "m", dataset: {}, config: {} },
    results: { scores: [] },
  };
  const summaries = JSON.stringify(
    Array.from({ length: samples }, (_, id) => ({
      id,
      epoch: 1,
      input: "x".repeat(1000),
      scores: { match: { value: "C" } },
    })),
  );
  return zipOf([
    { name: "samples/1_epoch_1.json", content: Buffer.alloc(50 * 2 ** 20, " ") },
    { name: "summaries.json", content: summaries },
    { name: "header.json", content: JSON.stringify(header) },
  ]);
}

function report(title: string, cost: Cost, idle: Cost, plain?: Cost): void {
  const ratio =
    plain === undefined
      ? ""
      : `, ${(cost.ms / plain.ms).toFixed(2)} of the plainest means (${plain.peakMb.toFixed(0)} MB)`;
  const memory = `peak ${cost.peakMb.toFixed(0)} MB, ${(cost.peakMb - idle.peakMb).toFixed(0)} over a process that reads nothing`;
  console.log(`${title}: ${cost.ms.toFixed(0)} ms${ratio}; ${memory}; ${cost.rows} rows`);
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-external-"));
  const megabytes = process.argv.includes("--quick") ? [204] : [204, 1000];
  try {
    const idle = await measure("idle", "");
    await mkdir(join(folder, "org__model"));
    for (const size of megabytes) {
      const file = join(
        folder,
        "org__model",
        `samples_gsm8k_2026-01-01T00-00-0${size === 204 ? 1 : 2}.jsonl`,
      );
      await writeLines(file, size * 1e6, sampleLine);
      // A gigabyte is more than one string may hold: there is no plain way.
      const plain = size === 204 ? await measure("lines", file) : undefined;
      report(`lm-eval samples, ${size} MB (204 MB: at most 1 s)`, await measure("load", file), idle, plain);
      await rm(file);
    }
    const runs = join(folder, "runs");
    await mkdir(runs);
    for (let i = 0; i < 1135; i += 1)
      await writeFile(join(runs, `results_${i}.json`), JSON.stringify(lmEvalResults(i)));
    report("1,135 results of lm-eval (at most 10 s)", await measure("load", runs), idle);
    const zip = join(folder, "log.eval");
    await writeFile(zip, archive(100_000));
    report("Inspect archive, 100,000 samples, 150 MB unpacked", await measure("load", zip), idle);
    const facets = ["reasoning", "instruction", "coding", "tool_use", "language", "mathematics", "data"];
    for (const [models, repeats] of [
      [130, 1],
      [200, 714],
    ] as const) {
      const file = join(folder, `${models}.csv`);
      const rows = Array.from({ length: models * 7 * repeats }, (_, i) => {
        return `model-${Math.floor(i / 7) % models},${facets[i % 7]},${((i * 37) % 1000) / 1000}\n`;
      });
      await writeFile(file, `model,facet,score\n${rows.join("")}`);
      report(
        `table of ${models} models, ${rows.length} rows`,
        await measure("load", file),
        idle,
        await measure("split", file),
      );
    }
    const wide = join(folder, "wide.csv");
    const heads = [
      "model",
      "gsm8k",
      "ifeval",
      "humaneval",
      "Average",
      ...Array.from({ length: 35 }, (_, i) => `x${i}`),
    ];
    const lines = Array.from({ length: 3800 }, (_, i) =>
      heads.map((_, j) => (j === 0 ? `"org/model-${i}"` : ((i * 37 + j * 101) % 9999) / 100)).join(","),
    );
    await writeFile(wide, `${heads.join(",")}\n${lines.join("\n")}\n`);
    report("wide table of 3,800 models by 40 columns, in a new process", await measure("load", wide), idle);
    report("the same in a process that runs (at most 150 ms)", await measure("warm", wide), idle);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [flag, how = "", file = ""] = process.argv.slice(2);
if (flag === "--job") void job(how, file).then((cost) => console.log(JSON.stringify(cost)));
else void main();
