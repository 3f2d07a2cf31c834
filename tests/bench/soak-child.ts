/** One kernel of the soak. Argument: JSON of SoakTask. Its clock jumps; it saves its rows now and then, and at the end. */
import { join } from "node:path";
import { answerCache, openRouter } from "../../lib/client/index.js";
import { evaluateModels, saveRows } from "../../lib/eval/index.js";
import type { Row } from "../../lib/shared/types.js";
import { seeded } from "../helpers/seeded.js";
import { someTasks } from "../helpers/tasks.js";

/** What to run: ids of models, and how many questions for each. */
export interface SoakTask {
  readonly baseURL: string;
  readonly key: string;
  readonly seed: number;
  readonly folder: string;
  readonly models: readonly string[];
  readonly questions: number;
  readonly concurrency: number;
}

const SAVED_EVERY = 4000;
const DAY_MS = 86_400_000;

/** A clock that is set anew by up to a day, forward and back, ten times a second. */
function letClockJump(seed: number): void {
  const random = seeded(seed);
  const now = Date.now.bind(Date);
  let offset = 0;
  Date.now = () => now() + offset;
  setInterval(() => (offset = Math.round((random() - 0.5) * 2 * DAY_MS)), 100).unref();
}

async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? "{}") as SoakTask;
  letClockJump(task.seed);
  const path = join(task.folder, "rows.jsonl");
  const client = openRouter({
    apiKey: task.key,
    baseURL: task.baseURL,
    concurrency: task.concurrency,
    baseMs: 1,
    maxWaitMs: 1200,
    attemptTimeoutMs: 5000,
  });
  const rows: Row[] = [];
  let saving = Promise.resolve();
  const save = (all: readonly Row[]): Promise<void> =>
    (saving = saving
      .then(() => saveRows(all, path))
      .catch((error: unknown) => console.error(`rows not saved: ${String(error)}`)));
  const run = await evaluateModels(
    task.models.map((id) => ({ id, alias: id })),
    {
      client,
      tasks: someTasks(task.questions),
      cache: answerCache(join(task.folder, "answers")),
      onRow: (row) => {
        if (rows.push(row) % SAVED_EVERY === 0) void save([...rows]);
      },
    },
  );
  await save(run.rows);
  console.log(JSON.stringify({ ...run.usage, stopped: run.stopped, notes: run.notes.slice(0, 400) }));
}

void main();
