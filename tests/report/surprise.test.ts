import { describe, expect, it } from "vitest";
import { surpriseText } from "../../lib/report/surprise.js";
import { fakeSurface } from "../plot/fakeSurface.js";

const NAMES = { x: "reasoning", y: "instruction", z: "coding" } as const;
/** A level surface at 0.5 with a band of ± 0.1, and models on it but for those told. */
function surfaceWith(scores: Readonly<Record<number, number>>) {
  const flat = fakeSurface({ f: () => 0.5, se: () => 0.1 / 2.11, reach: 9 });
  const z = Float64Array.from(flat.points.z, (_, i) => scores[i] ?? 0.5);
  const label = Array.from(z, (_, i) => `m${i}`);
  return { ...NAMES, surface: { ...flat, points: { ...flat.points, z, label } } };
}
const unknown = () => undefined;

describe("the model that surprises most", () => {
  it("is the one farthest off a surface in units of the surface's band", () => {
    const text = surpriseText([surfaceWith({ 2: 0.8, 5: 0.1 })], unknown);
    expect(text).toBe(
      "m5 surprises most: its coding is 0.10, where reasoning and instruction foretell 0.50 ± 0.10 (95 %), " +
        "4.0 times as far off as the band reaches",
    );
  });

  it("is looked for on every surface", () => {
    const other = { ...surfaceWith({ 1: 0.95 }), z: "tool_use" };
    expect(surpriseText([surfaceWith({ 5: 0.3 }), other], unknown)).toMatch(/^m1 .* its tool_use is 0\.95/);
  });

  it.each([
    { low: 0.02, high: 0.5, said: "may be chance" },
    { low: 0.02, high: 0.35, said: "is more than the chance of its questions" },
  ])("is said to be sure only where its own interval to $high stays off the band", ({ low, high, said }) => {
    const text = surpriseText([surfaceWith({ 5: 0.1 })], () => ({ low, high }));
    expect(text).toContain(`its own score is known from 0.02 to ${high.toFixed(2)}, so this ${said}`);
  });

  it("is none where all lie within the band, and nothing is said without a band", () => {
    expect(surpriseText([surfaceWith({ 5: 0.45 })], unknown)).toMatch(
      /^No model lies outside.*off is m5: its coding is 0\.45/,
    );
    expect(surpriseText([], unknown)).toBe("");
    expect(surpriseText([{ ...NAMES, surface: fakeSurface({ se: () => NaN }) }], unknown)).toBe("");
  });
});
