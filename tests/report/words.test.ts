import { describe, expect, it } from "vitest";

import { leadersText } from "../../lib/report/index.js";
import { trendsText } from "../../lib/report/trendsText.js";
import { fakeSurface } from "../plot/fakeSurface.js";

const NAMES = { x: "reasoning", y: "instruction", z: "coding" };
const everywhere = { reach: 9, se: () => 0.02 };

describe("the words for a surface's trends", () => {
  it.each([
    [
      (x: number, y: number) => 0.1 + 0.4 * (x + y),
      /^rises with reasoning \(.*\) and with instruction \(.*\)$/,
    ],
    [
      (x: number, y: number) => 0.5 + 0.4 * (x - y),
      /^rises with reasoning \(.*\) and falls with instruction \(.*\)$/,
    ],
    [
      (x: number) => 0.9 - 3 * (x - 0.55) ** 2,
      /^bends along reasoning \(.*\), but shows no clear change with instruction$/,
    ],
    [(x: number) => 0.5 + 0.03 * x, /^shows no clear change with reasoning or instruction$/],
  ])("follow each facet, the other at its median (%s)", (f, words) => {
    expect(trendsText(fakeSurface({ ...everywhere, f }), NAMES)).toMatch(words);
  });

  it("claim no change that the band does not rule out", () => {
    const unsure = fakeSurface({ f: (x) => 0.3 + 0.4 * x, reach: 9, se: () => 0.3 });
    expect(trendsText(unsure, NAMES)).toBe("shows no clear change with reasoning or instruction");
  });

  it("are none where there is no surface", () => {
    expect(trendsText(fakeSurface({ method: "points_only" }), NAMES)).toBe("");
  });
});

describe("the words for the best models", () => {
  it.each([
    [{ a: [0.5, 1], b: [0.5, 0.5] }, "a scores highest over all facets: 0.75"],
    [{ a: [1, 0.5], b: [0.5, 1] }, "a and b score highest over all facets: 0.75"],
    [
      { a: [1, 1], b: [1, 1], c: [1, 1], d: [1, 1], e: [1, 1] },
      "a, b, c and 2 more score highest over all facets: 1.00",
    ],
    // Right on the one facet that it has: no reason to be called the best.
    [{ half: [1], whole: [0.9, 0.8] }, "whole scores highest over all facets: 0.85"],
    [{ a: [1], b: [0.5], none: [] }, "a scores highest over the facets that it has: 1.00"],
    [{ none: [] }, "No facet means"],
  ])("name all who share the first place (%j)", (scores, words) => {
    expect(leadersText(new Map(Object.entries(scores)), 2)).toBe(words);
  });
});
