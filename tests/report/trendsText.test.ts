import { describe, expect, it } from "vitest";

import { trendsText } from "../../lib/report/trendsText.js";
import { fitSurface } from "../../lib/spline/index.js";
import { fakeSurface } from "../plot/fakeSurface.js";
import type { Predictions, Surface } from "../../lib/spline/types.js";
import { simulateModels } from "../spline/simulateModels.js";

const NAMES = { x: "reasoning", y: "instruction", z: "coding" };
const everywhere = { reach: 9, se: () => 0.02 };

const downTo0 = (found: Predictions): Predictions => ({
  ...found,
  low: found.low.map(() => 0),
});

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
    [(x: number) => 0.5 + 0.03 * x, /^shows no clear change with reasoning or instruction alone$/],
  ])("follow each facet, the other at its median (%s)", (f, words) => {
    expect(trendsText(fakeSurface({ ...everywhere, f }), NAMES)).toMatch(words);
  });

  it("claim no change that the band does not rule out", () => {
    const unsure = fakeSurface({ f: (x) => 0.3 + 0.4 * x, reach: 9, se: () => 0.3 });
    expect(trendsText(unsure, NAMES)).toBe("shows no clear change with reasoning or instruction alone");
    // A band that ends at 0 has an end.
    const wide = fakeSurface({ ...everywhere, f: (x) => 0.2 + 0.6 * x, se: () => 0.1 });
    const cut = { ...wide, predict: (x: number[], y: number[]) => downTo0(wide.predict(x, y)) } as Surface;
    expect(trendsText(cut, NAMES)).toBe("shows no clear change with reasoning or instruction alone");
  });

  it("tell of a rise along both facets, where they go together and neither is sure alone", () => {
    const { points } = simulateModels((x, y) => 0.1 + 0.4 * (x + y), 24, 12, 101);
    expect(trendsText(fitSurface(points), NAMES)).toMatch(
      /^shows no clear change with reasoning or instruction alone, but rises where both rise \(0\.[2-4]\d to 0\.[5-7]\d\)$/,
    );
  });

  it("are none where there is no surface", () => {
    expect(trendsText(fakeSurface({ method: "points_only" }), NAMES)).toBe("");
  });
});
