import { describe, expect, it } from "vitest";
import { compareRuns } from "../../lib/eval/index.js";
import { SIMULATED_PANEL } from "../../lib/shared/provenance.js";
import type { Row } from "../../lib/shared/types.js";

const row = (task: string, score: number | null, change: Partial<Row> = {}): Row => ({
  model: "m",
  facet: "f",
  task,
  epoch: 0,
  prompt: `prompt of ${task}`,
  response: "said",
  score,
  outcome: score === null ? "unscored" : "scored",
  reason: score === null ? "refused" : null,
  explanation: "",
  finish: "stop",
  cached: false,
  costUsd: null,
  latencyMs: 1,
  provider: "Test provider",
  ...change,
});

describe("compareRuns", () => {
  it("tells what an edit changed, over the answers scored both times", () => {
    const before = [row("a", 0), row("b", 1), row("c", 1), row("gone", 1)];
    const after = [row("a", 1, { prompt: "edited" }), row("b", 0.5), row("c", null), row("new", 1)];
    const { facets, flips } = compareRuns(before, after);
    expect(facets).toEqual([
      { facet: "f", edited: "a", better: 1, worse: 1, before: 0.5, after: 0.75, n: 2 },
    ]);
    expect(flips.map(({ task, before, after }) => [task, before, after])).toEqual([
      ["a", "0", "1"],
      ["b", "1", "0.5"],
      ["c", "1", "unscored: refused"],
    ]);
  });

  it("says that simulated models answered, and says nothing of it otherwise", () => {
    const provider = SIMULATED_PANEL;
    const simulated = compareRuns([row("a", 0, { provider })], [row("a", 1, { provider })]);
    expect(simulated.facets[0]).toMatchObject({ simulated: true });
    expect(simulated.flips[0]).toMatchObject({ simulated: true });
    const real = compareRuns([row("a", 0)], [row("a", 1)]);
    expect([...real.facets, ...real.flips].some((record) => "simulated" in record)).toBe(false);
  });

  it("has no mean where nothing was scored both times", () => {
    expect(compareRuns([row("a", null)], [row("a", 1)]).facets).toMatchObject([
      { before: null, after: null, n: 0 },
    ]);
    expect(compareRuns([], [])).toEqual({ facets: [], flips: [] });
  });
});
