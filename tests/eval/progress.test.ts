import { describe, expect, it } from "vitest";
import { type Progress, progressBar } from "../../lib/eval/index.js";
import { START } from "../helpers/progress.js";
import { collector } from "../page/collect.js";

describe("the line of progress", () => {
  it.each<[string, Partial<Progress>, string]>([
    ["the start", {}, "0 of 40 answers"],
    ["the start with an estimate", { estimateUsd: 0.0123 }, "0 of 40 answers · at most $0.012"],
    [
      "the start with what is likely",
      { likelyUsd: 0.0711, estimateUsd: 1.97 },
      "0 of 40 answers · about $0.071, at most $1.97",
    ],
    [
      "the middle",
      {
        done: 21,
        cached: 12,
        failed: 1,
        costUsd: 0.00031,
        estimateUsd: 1.5,
        remainingMs: 72_000,
        model: "gpt",
      },
      "21 of 40 answers · 12 from the cache · 1 failed · $0.00031 of at most $1.50 · 1 min 12 s left · gpt",
    ],
    ["one before the end", { done: 39, remainingMs: 400 }, "39 of 40 answers · 0.4 s left"],
    [
      "the end",
      { done: 40, costUsd: 0, elapsedMs: 3_725_000, model: "gpt" },
      "40 of 40 answers · $0 · 1 h 2 min in all",
    ],
    ["nothing to do", { total: 0, elapsedMs: 20 }, "0 of 0 answers · 0.0 s in all"],
    [
      "a spent budget",
      { done: 10, stopped: "budget", elapsedMs: 9_960 },
      "10 of 40 answers · stopped: the budget is spent · 10 s in all",
    ],
    [
      "an interrupt",
      { done: 10, stopped: "interrupted", elapsedMs: 59_600 },
      "10 of 40 answers · interrupted · 1 min 0 s in all",
    ],
  ])("shows %s", (_what, change, expected) => {
    const display = collector();
    progressBar(display, 40).done({ ...START, ...change });
    expect(/<span>(.*)<\/span>/.exec(display.shown.at(-1) ?? "")?.[1]).toBe(expected);
  });
});
