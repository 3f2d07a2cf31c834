import { describe, expect, it } from "vitest";
import { surfaceCaption } from "../../lib/report/index.js";
import { summaryLines } from "../../lib/report/summaryLines.js";
import type { NamedSurface, RunSummary } from "../../lib/report/summaryLines.js";
import { fitSurface } from "../../lib/spline/index.js";
import { SIMULATED_PANEL } from "../../lib/shared/provenance.js";
import type { Row } from "../../lib/shared/types.js";
import { fakeSurface } from "../plot/fakeSurface.js";

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

const EMPTY: RunSummary = {
  rows: [],
  external: [],
  run: null,
  comparison: "Nothing to compare.",
  surfaces: [],
};
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

const TWO_POINTS = fitSurface({ x: [0, 1], y: [0, 1], z: [0, 1] });
const named = (p: number | null, surface = TWO_POINTS): NamedSurface => ({
  x: "reasoning",
  y: "coding",
  z: "tool_use",
  surface: { ...surface, interaction: { testable: p !== null, p, shares: null, note: "" } },
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
    { what: "nobody was asked", summary: { rows: [row({})] }, cost: "nothing asked, nothing spent" },
    { what: "no request was sent", summary: { run: run(0, null) }, cost: "nothing asked, nothing spent" },
    {
      what: "the models are simulated",
      summary: { run: run(2, 0), rows: [row({ provider: SIMULATED_PANEL })] },
      cost: "$0 (simulated)",
    },
    { what: "the provider names the cost", summary: { run: run(2, 0.0123) }, cost: "$0.0123" },
    {
      what: "it is less than is shown",
      summary: { run: run(2, 0.00003) },
      cost: "less than $0.0001",
    },
    { what: "it is nothing", summary: { run: run(2, 0) }, cost: "$0.0000" },
    { what: "the provider names none", summary: { run: run(2, null) }, cost: "unknown" },
    {
      what: "some answers name none",
      summary: { run: run(2, 0.001), rows: [row({}), row({ costUsd: null })] },
      cost: "$0.0010, and 1 answer of unknown cost",
    },
  ])("never shows an unknown cost as 0: $what", ({ summary, cost }) => {
    expect(line(summary, "Cost")).toBe(cost);
  });

  it("says nothing of asking where all scores come from files", () => {
    const names = ["Cost", "Answers", "Unscored", "Failed", "Time"];
    const external = [score("x.csv")];
    expect(names.filter((name) => line({ external }, name) !== undefined)).toEqual([]);
    expect(names.filter((name) => line({ external, rows: [row({})] }, name) === undefined)).toEqual([]);
  });

  it("names the files of external scores without their folders", () => {
    const external = [
      score("/home/me/a b.csv"),
      score("logs/x.eval · ifeval, acc"),
      score("logs/x.eval · gsm8k, acc"),
    ];
    expect(line({ external }, "Source")).toMatch(/^3 .*\(a b\.csv, x\.eval\)$/);
  });

  it("says what was asked, over which facets and how often", () => {
    const rows = [row({}), row({ task: "u", facet: "tool_use" }), row({ epoch: 1 })];
    expect(line({ rows }, "Asked")).toMatch(/^2 questions .* 2 facets \(coding, tool_use\), .*2 times$/);
    expect(line({ external: [score("x.csv")] }, "Asked")).toMatch(/^no question.* 1 facet \(coding\)$/);
  });

  it("says who scores highest, and whether any two can be told apart", () => {
    const means = [
      ["a", "f", 0.5],
      ["b", "f", 0.25],
      ["a", "g", 1],
      ["b", "g", 0.25],
    ] as const;
    const rows = means.map(([model, facet, value]) => row({ model, facet, score: value }));
    expect(line({ rows }, "Best")).toMatch(/^a .*0\.75$/);
    expect(line({}, "Best")).toBe("No facet means");
    expect(line({ comparison: "No two can." }, "Apart")).toBe("No two can.");
  });

  it("leaves a facet on which no answer was scored out of who scores highest", () => {
    const lost = { facet: "judged", score: null, outcome: "failed" } as const;
    const scores = [
      { model: "whole", score: 0.9 },
      { model: "whole", facet: "f", score: 0.9 },
      { model: "half", score: 1 },
    ];
    const rows = [...scores, { model: "whole", ...lost }, { model: "half", ...lost }].map(row);
    expect(line({ rows }, "Best")).toBe("whole scores highest over all facets: 0.90");
  });

  it("names judges of the scores that are taken, and of no others", () => {
    const judged = row({ judge: "j", provider: SIMULATED_PANEL });
    expect(line({ rows: [judged] }, "Judged")).toBe("coding judged by j");
    expect(line({ rows: [judged], external: [score("x.csv")] }, "Judged")).toBeUndefined();
  });

  it("speaks of no files where there are neither answers nor files", () => {
    expect([line({}, "Asked"), line({}, "Source")]).toEqual(["no question", "none"]);
  });

  it("says of a surface what it is and whether its two facets interact", () => {
    expect(line({ surfaces: [named(0.0123)] }, "Surface 1")).toMatch(
      /^tool_use over reasoning and coding: .*\binteract\b.*p = 0\.012.*points only.*n = 2/i,
    );
    expect(line({ surfaces: [named(0.4)] }, "Surface 1")).toMatch(/no sign.*\binteract\b.*p = 0\.40/);
    expect(line({ surfaces: [named(null)] }, "Surface 1")).not.toMatch(/interact/);
    expect(line({}, "Surfaces")).toContain("none");
  });

  it.each([
    [-0.001, "0.00"],
    [-0.314, "−0.31"],
    [0.5, "0.50"],
  ])("writes a cross-validated R² of %d as %s, here and in the caption", (r2LeftOut, shown) => {
    const surface = { ...TWO_POINTS, looRmse: 0.1, r2: r2LeftOut, r2LeftOut };
    expect(line({ surfaces: [named(null, surface)] }, "Surface 1")).toContain(`cross-validated R² ${shown}`);
    const { caption } = surfaceCaption(surface, surface.grid(), { x: "a", y: "b", z: "c" });
    expect(caption).toContain(`(cross-validated R² ${shown}; ${shown} of the models`);
  });

  it("says of a surface how it goes along each facet", () => {
    const rising = fakeSurface({ f: (x) => 0.2 + 0.5 * x, se: () => 0.02, reach: 9 });
    expect(line({ surfaces: [named(0.4, rising)] }, "Surface 1")).toMatch(
      /: rises with reasoning \(0\.2\d to 0\.6\d\).* no clear change with coding; .*Tensor P-spline/,
    );
  });

  describe("of simulated models", () => {
    const rows = [
      row({ provider: SIMULATED_PANEL }),
      row({ provider: null, outcome: "failed", score: null }),
    ];
    const simulated: Partial<RunSummary> = {
      rows,
      surfaces: [named(0.5, fitSurface({ x: [0, 1], y: [0, 1], z: [0, 1], simulated: true }))],
      run: run(2, 0),
    };

    it.each(["Models", "Source", "Cost", "Best", "Surface 1"])(
      "says so in the line %s, from the data",
      (name) => {
        expect(line(simulated, name)).toMatch(/simulated/);
      },
    );

    it.each(["Models", "Source", "Cost", "Best", "Surface 1"])("never says so of real models: %s", (name) => {
      const real = {
        rows: [row({})],
        surfaces: [named(0.5)],
        run: run(2, 0),
      };
      expect(line(real, name)).not.toMatch(/simulated/);
    });

    it("counts only the real ones where there are some, and says how many were left out", () => {
      const models = line({ rows, external: [score("x.csv")] }, "Models");
      expect(models).toMatch(/^1;.*2 simulated answers.*left out/);
      expect(line({ rows }, "Models")).toMatch(/^1 simulated/);
    });
  });

  it.each([
    { p: [0.3, 0.8, null], says: /^none of the 2 interactions tested is clear/ },
    {
      p: [0.018, 0.24, 0.87],
      says: /^1 of 3 .* has p below 5 %; corrected for testing 3 \(Holm\), none does$/,
    },
    { p: [0.001, 0.04], says: /^2 of 2 .* have p below 5 %; corrected for testing 2 \(Holm\), still$/ },
  ])("takes several tests together, since one of many finds something by chance: $p", ({ p, says }) => {
    expect(line({ surfaces: p.map((one) => named(one)) }, "Together")).toMatch(says);
    expect(line({ surfaces: [named(0.01)] }, "Together")).toBeUndefined();
  });

  it("keeps each fact on its line, whatever a facet is called", () => {
    const surfaces = [{ ...named(null), z: "a\nSurface 9  b" }];
    const rows = [row({ facet: "x\ny" })];
    expect(summaryLines({ ...EMPTY, rows, surfaces }).filter((text) => text.includes("\n"))).toEqual([]);
  });
});
