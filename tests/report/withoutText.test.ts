import { describe, expect, it } from "vitest";
import { withoutText } from "../../lib/report/withoutText.js";
import { fitSurface } from "../../lib/spline/index.js";
import type { Surface } from "../../lib/spline/types.js";
import { facetMeans, pointsOf, wideTable } from "../../lib/table/index.js";
import { seeded } from "../helpers/seeded.js";

const NAMES = { x: "a", y: "b", z: "c" };

/** Models whose c is about the mean of a and b; those of the families named have so much more. */
function wideOf(models: readonly string[], more: Readonly<Record<string, number>> = {}) {
  const random = seeded(3);
  const rows = models.flatMap((model) => {
    const [a, b] = [0.1 + 0.6 * random(), 0.1 + 0.6 * random()];
    const c = (a + b) / 2 + 0.05 * random() + (more[model.split("-")[0]!] ?? 0);
    return Object.entries({ a, b, c }).map(([facet, score]) => ({ model, facet, score, source: "s" }));
  });
  return wideTable(facetMeans(rows));
}
const family = (name: string, size: number) => Array.from({ length: size }, (_, i) => `${name}-${i + 1}b`);
const MODELS = ["ant", "bee", "cat", "dog"].flatMap((name) => family(name, 6));

describe("what would be found without one family", () => {
  it("names the family on which the surface leans most, and by how much it moves", () => {
    const wide = wideOf(MODELS, { cat: 0.2 });
    const text = withoutText(wide, NAMES);
    expect(text).toMatch(
      /^c over a and b leans most on cat \(6 of 24 models\): without them it moves by 0\.\d{3}/,
    );
    const all = pointsOf(wide, "a", "b", "c")!;
    const stay = [...all.label!.keys()].filter((i) => !all.label![i]!.startsWith("cat"));
    const [x, y, z] = [all.x, all.y, all.z].map((values) => stay.map((i) => values[i]!)) as [
      number[],
      number[],
      number[],
    ];
    const [whole, rest] = [all, { x, y, z }].map((points) => fitSurface(points, { scale: "score" })) as [
      Surface,
      Surface,
    ];
    const moves = Array.from(all.x, (_, i) => {
      const [before, after] = [whole, rest].map((surface) => surface.predict(all.x[i]!, all.y[i]!).z);
      return Math.abs(before! - after!);
    }).filter(Number.isFinite);
    const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
    expect(Number(/moves by (\S+)/.exec(text)?.[1])).toBeCloseTo(mean, 3);
  });

  it("gives the shown surface no second verdict", () => {
    expect(withoutText(wideOf(MODELS, { cat: 0.2 }), NAMES)).not.toMatch(/interact|verdict/);
  });

  it.each([
    { what: "two families", models: [...family("ant", 6), ...family("bee", 6)] },
    { what: "families of one model each", models: ["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen"] },
    { what: "no models with all three scores", models: [] },
  ])("says nothing of $what", ({ models }) => {
    expect(withoutText(wideOf(models), NAMES)).toBe("");
  });
});
