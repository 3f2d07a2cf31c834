import { describe, expect, it } from "vitest";
import { summaryLines } from "../../lib/notebook/cells/summaryLines.js";
import type { RunSummary } from "../../lib/notebook/cells/summaryLines.js";
import { fitSurface } from "../../lib/spline/index.js";
import type { Row } from "../../lib/types.js";

const row = (changes: Partial<Row>): Row => ({
  model: "a",
  facet: "coding",
  task: "t",
  epoch: 0,
  prompt: "p",
  response: "r",
  score: 1,
  outcome: "scored",
  reason: null,
  explanation: "",
  finish: "stop",
  cached: false,
  costUsd: 0.001,
  latencyMs: 1,
  provider: "X",
  ...changes,
});

const EMPTY: RunSummary = { rows: [], external: [], simulated: false, run: null, surfaces: [] };
const line = (summary: Partial<RunSummary>, name: string) =>
  summaryLines({ ...EMPTY, ...summary })
    .find((text) => text.startsWith(name))
    ?.slice(11);
const score = (source: string) => ({ model: "m", facet: "coding", score: 1, source });
const run = (requests: number, costUsd: number | null): NonNullable<RunSummary["run"]> => ({
  usage: { requests, cached: 0, costUsd },
  stopped: null,
  elapsedMs: 1500,
});

describe("the summary of a run", () => {
  it("counts models, tasks and epochs", () => {
    const rows = [row({}), row({ epoch: 1 }), row({ model: "b" }), row({ model: "b", epoch: 1 })];
    expect(line({ rows }, "Answers")).toBe("4 (2 models × 1 task × 2 epochs)");
  });

  it("counts unscored answers by their reason, apart from failed ones", () => {
    const unscored = (reason: string) => row({ outcome: "unscored", score: null, reason });
    const rows = [
      unscored("refused"),
      unscored("refused"),
      unscored("review"),
      row({ outcome: "failed", score: null }),
    ];
    expect(line({ rows }, "Unscored")).toBe("3 (refused 2, review 1)");
    expect(line({ rows }, "Failed")).toBe("1");
  });

  it.each([
    { what: "nobody was asked", summary: {}, cost: "nothing asked, nothing spent" },
    { what: "no request was sent", summary: { run: run(0, null) }, cost: "nothing asked, nothing spent" },
    {
      what: "the models are simulated",
      summary: { run: run(2, 0), simulated: true },
      cost: "$0 (simulated)",
    },
    { what: "the provider names the cost", summary: { run: run(2, 0.0123) }, cost: "$0.0123" },
    { what: "the provider names none", summary: { run: run(2, null) }, cost: "unknown" },
    {
      what: "some answers name none",
      summary: { run: run(2, 0.001), rows: [row({}), row({ costUsd: null })] },
      cost: "$0.0010, and 1 answer of unknown cost",
    },
  ])("never shows an unknown cost as 0: $what", ({ summary, cost }) => {
    expect(line(summary, "Cost")).toBe(cost);
  });

  it("names the files of external scores without their folders", () => {
    const external = [
      score("/home/me/a b.csv"),
      score("logs/x.eval · ifeval, acc"),
      score("logs/x.eval · gsm8k, acc"),
    ];
    expect(line({ external }, "Source")).toBe("3 external scores (a b.csv, x.eval)");
  });

  it("says of a surface what it is and whether its two facets interact, and that it is simulated", () => {
    const surface = fitSurface({ x: [0, 1], y: [0, 1], z: [0, 1] });
    const interaction = { testable: true, p: 0.0123, shares: null, note: "" };
    const surfaces = [{ x: "reasoning", y: "coding", z: "tool_use", surface, interaction }];
    expect(line({ surfaces, simulated: true }, "Surface 1")).toBe(
      "reasoning × coding → tool_use: points only, no surface, n = 2; the two interact, p = 0.012 (simulated)",
    );
    expect(line({}, "Surfaces")).toContain("none");
  });
});
