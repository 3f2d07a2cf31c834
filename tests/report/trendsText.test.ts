import { describe, expect, it } from "vitest";

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
