/**
 * The scorers: `npx tsx tests/bench/scorers.ts [--quick]`. Scores the labelled answers over and over, by facet and mixed,
 * beside the seed's heuristics in the same run; then texts of 1 MB.
 */
import { FACETS, loadLabelled, TASKS, withSeedScorers } from "../../lib/tasks/index.js";
import type { Task } from "../../lib/tasks/types.js";

const LIMIT_S = 10;
const LIMIT_MS = 50;

interface Work {
  readonly answer: string;
  readonly task: Task;
}

async function secondsFor(works: readonly Work[]): Promise<number> {
  const began = performance.now();
  // As many at once as an evaluation may have in flight.
  for (let i = 0; i < works.length; i += 64) {
    await Promise.all(works.slice(i, i + 64).map(({ answer, task }) => task.scorer(answer, task.expected)));
  }
  return (performance.now() - began) / 1000;
}

async function manyAnswers(count: number): Promise<void> {
  const seeds = new Map(withSeedScorers(TASKS).map((task) => [task.name, task]));
  const works = (await loadLabelled()).map(({ task, response }): Work => ({
    answer: response,
    task: TASKS.find(({ name }) => name === task)!,
  }));
  for (const facet of [...FACETS, "all"]) {
    const some = works.filter(({ task }) => facet === "all" || task.facet === facet);
    const many = Array.from({ length: count }, (_, i) => some[i % some.length]!);
    const ours = await secondsFor(many);
    const theirs = await secondsFor(
      many.map(({ answer, task }) => ({ answer, task: seeds.get(task.name)! })),
    );
    console.log(
      `${count} answers, ${facet}: ${ours.toFixed(2)} s, ${((1000 * ours) / count).toFixed(3)} ms an answer, ` +
        `${(ours / theirs).toFixed(0)} times the seed's` +
        (facet === "all" ? ` (limit ${LIMIT_S} s)` : ""),
    );
  }
}

async function oneMegabyte(): Promise<void> {
  const texts = [
    "a",
    "1 ",
    "[",
    "{",
    '"',
    "```\n",
    "answer: 5\n",
    "def f(a):\n    return a\n",
    "SEARCH(",
    "\u200b",
    "<think>",
  ];
  let slowest = { ms: 0, what: "" };
  for (const unit of texts) {
    const text = unit.repeat(1_000_000 / unit.length);
    for (const { name, scorer, expected } of TASKS) {
      const began = performance.now();
      await scorer(text, expected);
      const ms = performance.now() - began;
      if (ms > slowest.ms) slowest = { ms, what: `${JSON.stringify(unit)} to ${name}` };
    }
  }
  console.log(
    `1 MB texts, slowest of ${texts.length * TASKS.length}: ${slowest.ms.toFixed(1)} ms, ${slowest.what} (limit ${LIMIT_MS} ms)`,
  );
}

async function main(): Promise<void> {
  await manyAnswers(process.argv.includes("--quick") ? 1000 : 10_000);
  await oneMegabyte();
}

void main();
