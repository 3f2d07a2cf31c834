import { describe, expect, it } from "vitest";
import { TASKS, withSeedScorers } from "../../lib/tasks/index.js";

/**
 * Texts that repeat what some pattern looks for, or half of it: where a pattern backtracks badly, these are its worst case.
 * Longer texts than 20,000 characters are turned away before any pattern reads them.
 */
const UNITS: readonly string[] = [
  "a",
  " ",
  "\n",
  "1",
  "1 ",
  "1,",
  "1.",
  ".",
  "five ",
  "hundred ",
  "-",
  "?",
  "(",
  "1 (2 ",
  "[",
  "{",
  '"',
  "'",
  "`",
  "\\",

  "```\n",
  "~~~\n",
  "answer: ",
  "answer        ",
  "\\boxed{",
  "#### 1\n",
  "1. x\n",
  "1 after ",
  "6 of the 10 ",
  "40 mi / ",

  "6 cups of blue ",
  "blue = 6, ",
  "sorry, ",
  "i am ",
  '\\"',
  "<",
  "<a ",
  '<a b="',
  "<tool_call>",
  "<think>",
  "</think>",

  "action: ",
  "[SEARCH: ",
  "SEARCH(a, ",
  "a_",
  'a="',
  '{"a":',
  "[[",
  "[x for x in ",
  "def f(",
  "@a\n",
  "a = lambda x: ",
  ">>> 1\n",
  '""" ',
  "import a\n",
  "def f(a):\n    return a\n",
  "\ud800",
  "\u200b.",
  "\0",
];
const [SHORT, LONG] = [2_400, 19_200];

const cpuMs = async (work: () => unknown): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** The least of three, since garbage collection only ever adds. */
async function leastMs(work: () => unknown): Promise<number> {
  return Math.min(await cpuMs(work), await cpuMs(work), await cpuMs(work));
}

const judges = [...TASKS, ...withSeedScorers(TASKS).map((task) => ({ ...task, name: `${task.name}, seed` }))];

describe("a text that is eight times as long", () => {
  // Linear work grows 8-fold, quadratic 64-fold. What takes less than 25 ms is no concern. Quadratic work is so each
  // time; a collection of garbage is not.
  it.each(judges)(
    "takes far less than quadratic work to score ($name)",
    { retry: 2 },
    async ({ scorer, expected }) => {
      const slow: string[] = [];
      for (const unit of UNITS) {
        const [short, long] = [SHORT, LONG].map((length) => unit.repeat(length / unit.length)) as [
          string,
          string,
        ];
        const longMs = await leastMs(() => scorer(long, expected));
        if (longMs < 25) continue;
        const growth = longMs / Math.max(await leastMs(() => scorer(short, expected)), 0.05);
        if (growth > 32)
          slow.push(`${JSON.stringify(unit)}: ${longMs.toFixed(1)} ms, ${growth.toFixed(0)} times the work`);
      }
      expect(slow).toEqual([]);
    },
  );
});

describe("a fence full of what is no Python", () => {
  // The parser mends errors one by one: 0.1 to 0.5 s for the longest text that is read at all.
  it("takes at most two seconds to score, whatever is repeated in it", async () => {
    const { scorer, expected } = TASKS.find(({ name }) => name === "add_func")!;
    const slow: string[] = [];
    for (const unit of UNITS) {
      const ms = await cpuMs(() => scorer(`\`\`\`python\n${unit.repeat(LONG / unit.length)}`, expected));
      if (ms > 2000) slow.push(`${JSON.stringify(unit)}: ${ms.toFixed(0)} ms`);
    }
    expect(slow).toEqual([]);
  });
});
