import { describe, expect, it } from "vitest";
import { type Progress, knownLine, progressLine, progressWriter } from "../../lib/eval/index.js";
import { START } from "../helpers/progress.js";

describe("progressLine", () => {
  it.each<[string, Partial<Progress>, string]>([
    ["the start", {}, "░░░░░░░░░░ 0 of 40 answers"],
    ["the start with an estimate", { estimateUsd: 0.0123 }, "░░░░░░░░░░ 0 of 40 answers · at most $0.012"],
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
      "█████░░░░░ 21 of 40 answers · 12 from the cache · 1 failed · $0.00031 of at most $1.50 · 1 min 12 s left · gpt",
    ],
    ["one before the end", { done: 39, remainingMs: 400 }, "█████████░ 39 of 40 answers · 0.4 s left"],
    [
      "the end",
      { done: 40, costUsd: 0, elapsedMs: 3_725_000, model: "gpt" },
      "██████████ 40 of 40 answers · $0 · 1 h 2 min in all",
    ],
    ["nothing to do", { total: 0, elapsedMs: 20 }, "██████████ 0 of 0 answers · 0.0 s in all"],
    [
      "a spent budget",
      { done: 10, stopped: "budget", elapsedMs: 9_960 },
      "██░░░░░░░░ 10 of 40 answers · stopped: the budget is spent · 10 s in all",
    ],
    [
      "an interrupt",
      { done: 10, stopped: "interrupted", elapsedMs: 59_600 },
      "██░░░░░░░░ 10 of 40 answers · interrupted · 1 min 0 s in all",
    ],
  ])("shows %s", (_what, change, expected) => {
    expect(progressLine({ ...START, ...change }, 10)).toBe(expected);
  });
});

/** A stream that keeps what is written to it. */
function kept(isTTY: boolean, columns?: number) {
  let text = "";
  return {
    isTTY,
    ...(columns === undefined ? {} : { columns }),
    write: (more: string) => (text += more),
    read: () => text,
  };
}

describe("progressWriter", () => {
  it("rewrites one line in a terminal, notes above it, and leaves the last", () => {
    const stream = kept(true);
    const { onProgress, onNote } = progressWriter(stream);
    onProgress(START);
    onNote("a: skipped.");
    onProgress({ ...START, done: 20 });
    onProgress({ ...START, done: 40, elapsedMs: 1000 });
    // What a terminal shows: each line from where it was cleared last.
    const shown = stream
      .read()
      .split("\n")
      .map((line) => line.split("\r\u001B[2K").at(-1));
    expect(shown).toEqual(["a: skipped.", `${"█".repeat(20)} 40 of 40 answers · 1.0 s in all`, ""]);
  });

  it("cuts a line that would wrap", () => {
    const stream = kept(true, 30);
    progressWriter(stream).onProgress({ ...START, model: "m".repeat(50) });
    expect(stream.read().replace("\r\u001B[2K", "")).toHaveLength(29);
  });

  it("writes a plain line at every tenth and at the end where there is no terminal", () => {
    const stream = kept(false);
    const { onProgress, onNote } = progressWriter(stream);
    for (let done = 0; done <= 40; done++) onProgress({ ...START, done });
    onNote("a note");
    const lines = stream.read().split("\n");
    expect(lines.map((line) => /(\d+) of 40/.exec(line)?.[1] ?? line)).toEqual([
      "0",
      "4",
      "8",
      "12",
      "16",
      "20",
      "24",
      "28",
      "32",
      "36",
      "40",
      "a note",
      "",
    ]);
    expect(stream.read()).not.toContain("\r");
  });
});

function runOf(cached: number, rows: number): Parameters<typeof knownLine>[0] {
  return {
    usage: { requests: 0, cached, promptTokens: 0, completionTokens: 0, costUsd: 0 },
    rows: Array.from({ length: rows }) as Parameters<typeof knownLine>[0]["rows"],
  };
}

describe("knownLine", () => {
  it.each([
    [0, 36, null],
    [36, 36, "All 36 answers came from .cache/answers, at no cost. Delete it to have them asked afresh."],
    [30, 36, "30 of 36 answers came from .cache/answers, at no cost. Delete it to have them asked afresh."],
  ])("says of %i known of %i: %s", (cached, rows, expected) => {
    expect(knownLine(runOf(cached, rows), ".cache/answers")).toBe(expected);
  });
});
