import { describe, expect, it } from "vitest";
import { SIMULATED_PANEL } from "../../lib/shared/provenance.js";
import type { Row } from "../../lib/shared/types.js";
import { itemStatistics } from "../../lib/tasks/index.js";

/** A row with a score, or unscored where that is null. */
const row = (task: string, model: string, score: number | null, more: Partial<Row> = {}): Row => ({
  model,
  facet: "reasoning",
  task,
  epoch: 0,
  prompt: "?",
  response: "",
  score,
  outcome: score === null ? "unscored" : "scored",
  reason: score === null ? "refused" : null,
  explanation: "",
  finish: "stop",
  cached: false,
  costUsd: null,
  latencyMs: 1,
  provider: null,
  ...more,
});

const rowsOf = (items: Readonly<Record<string, readonly (number | null)[]>>): Row[] =>
  Object.entries(items).flatMap(([task, scores]) => scores.map((score, m) => row(task, `m${m}`, score)));

describe("itemStatistics", () => {
  it("gives each question's share right and its correlation with the rest of the facet", () => {
    const items = itemStatistics(rowsOf({ a: [1, 1, 0, 0], b: [1, 1, 1, 0], c: [1, 0, 0, 0] }));
    expect(items.map(({ task, models, shareRight }) => [task, models, shareRight])).toEqual([
      ["a", 4, 0.5],
      ["b", 4, 0.75],
      ["c", 4, 0.25],
    ]);
    // By hand: a with (b + c) / 2 is 0.5 / sqrt(0.5); b and c with the other two 0.375 / sqrt(0.75 * 0.6875).
    expect(items[0]!.discrimination).toBeCloseTo(Math.SQRT1_2, 12);
    for (const item of items.slice(1))
      expect(item.discrimination).toBeCloseTo(0.375 / Math.sqrt(0.515625), 12);
  });

  it("marks a question on which every model agrees, and finds no discrimination in it", () => {
    const items = itemStatistics(
      rowsOf({
        easy: [1, 1, 1],
        hard: [0, 0, 0],
        half: [0.5, 0.5, 0.5],
        lone: [1, null, null],
        good: [1, 0, 0],
      }),
    );
    expect(items.map(({ agreed }) => agreed)).toEqual(["all right", "all wrong", "all alike", "", ""]);
    expect(items.slice(0, 4).map(({ discrimination }) => discrimination)).toEqual([null, null, null, null]);
  });

  it("marks it alike where repeats came in another order, which only rounds their mean otherwise", () => {
    const scores = [0.1, 0.2, 0.3];
    const [item] = itemStatistics([
      ...scores.map((score, epoch) => row("a", "one", score, { epoch })),
      ...scores.toReversed().map((score, epoch) => row("a", "other", score, { epoch })),
    ]);
    expect(item!.agreed).toBe("all alike");
  });

  it("is negative for a question that good models miss", () => {
    const items = itemStatistics(rowsOf({ a: [1, 1, 0, 0], b: [1, 1, 0, 0], turned: [0, 0, 1, 1] }));
    expect(items.find(({ task }) => task === "turned")!.discrimination).toBeCloseTo(-1, 12);
  });

  it("counts no missing answer as 0", () => {
    const items = itemStatistics(
      rowsOf({ a: [1, 1, 0, null], b: [1, null, 0, null], c: [1, 1, 0, 1], none: [null] }),
    );
    expect(items.map(({ models, shareRight }) => [models, shareRight])).toEqual([
      [3, 2 / 3],
      [2, 1 / 2],
      [4, 3 / 4],
      [0, null],
    ]);
    expect(items[0]!.discrimination).toBeCloseTo(1, 12);
  });

  it("averages epochs, and keeps facets apart", () => {
    const rows = [
      row("a", "m", 1),
      row("a", "m", 0, { epoch: 1 }),
      row("a", "n", 1),
      row("a", "m", 0, { facet: "coding" }),
    ];
    const items = itemStatistics(rows);
    expect(items.map(({ facet, shareRight }) => [facet, shareRight])).toEqual([
      ["reasoning", 0.75],
      ["coding", 0],
    ]);
    expect(items.map(({ discrimination }) => discrimination)).toEqual([null, null]);
  });

  it("says of simulated models that they are, and nothing of no rows", () => {
    const rows = rowsOf({ a: [1, 0] }).map((one) => ({ ...one, provider: SIMULATED_PANEL }));
    expect(itemStatistics(rows)[0]!.simulated).toBe(true);
    expect(itemStatistics(rowsOf({ a: [1, 0] }))[0]).not.toHaveProperty("simulated");
    expect(itemStatistics([])).toEqual([]);
  });
});
