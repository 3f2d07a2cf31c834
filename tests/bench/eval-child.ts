/** One evaluation, measured from the inside. Argument: JSON of BenchTask. Prints one line of JSON. */
import { openRouter } from "../../lib/client/index.js";
import { evaluateModels } from "../../lib/eval/index.js";
import { someTasks } from "../helpers/tasks.js";

/** What to run. */
export interface BenchTask {
  readonly baseURL: string;
  readonly models: number;
  readonly tasks: number;
  readonly epochs: number;
  readonly concurrency: number;
  readonly keepRows: boolean;
}

/** What it took. Times in ms, memory in MB. */
export interface BenchResult {
  readonly rows: number;
  readonly evaluateMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  /** Resident memory at each tenth of the run. */
  readonly residentMb: readonly number[];
}

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? "{}") as BenchTask;
  const client = openRouter({
    apiKey: "sk-or-v1-bench",
    baseURL: task.baseURL,
    concurrency: task.concurrency,
  });
  const specs = Array.from({ length: task.models }, (_, i) => ({ id: `bench/${i}`, alias: `model_${i}` }));
  const total = task.models * task.tasks * task.epochs;
  const residentMb: number[] = [];
  let rows = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  await evaluateModels(specs, {
    client,
    tasks: someTasks(task.tasks),
    epochs: task.epochs,
    keepRows: task.keepRows,
    onRow: () => {
      rows++;
      if (rows % Math.ceil(total / 10) === 0) residentMb.push(Math.round(process.memoryUsage().rss / 1e6));
    },
  });
  const used = process.cpuUsage(cpu);
  const result: BenchResult = {
    rows,
    evaluateMs: performance.now() - began,
    cpuMs: (used.user + used.system) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1000,
    residentMb,
  };
  console.log(JSON.stringify(result));
}

void main();
