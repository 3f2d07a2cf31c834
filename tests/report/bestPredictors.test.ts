import { describe, expect, it } from "vitest";
import { bestPredictors } from "../../lib/report/bestPredictors.js";
import { facetMeans, wideTable } from "../../lib/table/index.js";

/** Spread over 0–1 without a pattern, the same at every run. */
const noise = (i: number, seed: number): number =>
  (Math.abs(Math.sin(i * 12.9898 + seed * 78.233)) * 43758.5) % 1;

/** Each facet's scores as a function of the model's number. */
function wideOf(facets: Readonly<Record<string, (i: number) => number>>, n = 40) {
  const rows = Object.entries(facets).flatMap(([facet, score]) =>
    Array.from({ length: n }, (_, i) => ({ model: `m${i}`, facet, score: score(i), source: "x.csv" })),
  );
  return wideTable(facetMeans(rows));
}
const base = (i: number): number => 0.1 + 0.8 * noise(i, 1);
const near = (i: number): number => 0.8 * base(i) + 0.2 * noise(i, 2);
const loose = (i: number): number => 0.4 * base(i) + 0.5 * noise(i, 3);

describe("which facet says most of another", () => {
  it("is the one that is correlated with it most, with its interval", () => {
    const text = bestPredictors(wideOf({ tool_use: base, coding: near, maths: loose }));
    expect(text).toMatch(
      /^tool_use: best by coding \(r 0\.9\d, 95 % 0\.[89]\d to 0\.9\d\); coding: best by tool_use/,
    );
    expect(text).toMatch(/maths: best by (tool_use|coding) \(r 0\.\d\d/);
  });

  it("is called clearly ahead of the next only where both, on the same models, can be told apart", () => {
    const text = bestPredictors(wideOf({ tool_use: base, coding: near, maths: loose }));
    // Of maths, two facets that are nearly the same cannot be told apart.
    expect(text).toContain(
      "The best is clearly ahead of the next best for tool_use, coding alone (Meng's test",
    );
    const few = bestPredictors(wideOf({ tool_use: base, coding: near, maths: loose }, 5));
    expect(few).toContain("For no facet is the best clearly ahead");
  });

  it("is nobody for sure where the interval holds zero", () => {
    const text = bestPredictors(wideOf({ a: base, b: (i) => noise(i, 7) }));
    expect(text).toMatch(
      /^a: by none for sure, perhaps b \(r −?0\.\d\d, 95 % −0\.\d\d to 0\.\d\d\); b: .*\.$/,
    );
  });

  it("is nothing where there is but one facet, or no spread", () => {
    expect(bestPredictors(wideOf({ a: base }))).toBe("");
    expect(bestPredictors(wideOf({ a: base, b: () => 0.5 }))).toBe("");
  });

  it("counts the facets beyond the eighth", () => {
    const facets = Array.from({ length: 12 }, (_, k) => [
      `f${k}`,
      (i: number) => (base(i) + noise(i, k)) / 2,
    ]);
    expect(bestPredictors(wideOf(Object.fromEntries(facets) as Record<string, typeof base>))).toContain(
      "; 4 more.",
    );
  });
});
