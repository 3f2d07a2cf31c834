import { describe, expect, it } from "vitest";
import { compareLaws, fitSurface, LAWS, testInteraction } from "../../lib/spline/index.js";
import { splitShares } from "../../lib/spline/questions/testInteraction.js";
import { franke, simulate } from "./random.js";
import { simulateModels } from "./simulateModels.js";
import { seeded } from "../helpers/seeded.js";

describe("the interaction of data whose answer is known", () => {
  it("is found in x times y, even without noise", () => {
    for (const noise of [0, 0.05]) {
      const test = testInteraction(simulate((x, y) => x * y, 40, noise, 1));
      expect(test.p!).toBeLessThan(1e-6);
      expect(test.note).toMatch(/^The two facets interact \(p < 0.001, 40 points\)/);
    }
  });

  it("is not found in sin x + y squared", () => {
    const test = testInteraction(simulate((x, y) => Math.sin(5 * x) + y * y, 60, 0.1, 2));
    expect(test.p!).toBeGreaterThan(0.05);
    expect(test.note).toMatch(/^No interaction was found .*may just add up/);
  });

  it.each([
    { what: "7 points", data: simulate(franke, 7, 0.1, 1), says: /at least 8 points are needed/ },
    { what: "4 places", data: simulate(franke, 40, 0.1, 1, 2), says: /4 distinct places/ },
    { what: "a sum without noise", data: simulate((x, y) => x + y, 30, 0, 1), says: /exactly on a sum/ },
    { what: "no points", data: { x: [], y: [], z: [] }, says: /there are 0/ },
  ])("of $what is not testable", ({ data, says }) => {
    expect(testInteraction(data)).toMatchObject({ testable: false, p: null, shares: null });
    expect(testInteraction(data).note).toMatch(says);
  });
});

/** 30 points whose y is mostly x. */
function together(f: (x: number, y: number) => number, seed: number): ReturnType<typeof simulate> {
  const { x, y, z: noise } = simulate(() => 0, 30, 0.1, seed);
  const v = y.map((value, i) => 0.8 * x[i]! + 0.2 * value);
  return { x, y: v, z: noise.map((value, i) => value + f(x[i]!, v[i]!)) };
}

describe("where x and y go together, the p of an interaction", () => {
  it("is a bootstrap's, the same each time, and the note says so", () => {
    const data = together((x, y) => x + y, 3);
    const test = testInteraction(data);
    expect(test.note).toMatch(/The p is of a bootstrap, since x and y go together/);
    expect(testInteraction(data)).toEqual(test);
    expect(testInteraction(simulate(franke, 30, 0.1, 3)).note).not.toMatch(/bootstrap/);
  });

  it("is the formula's where that is clear", () => {
    const clear = testInteraction(together((x, y) => 100 * x * y, 4));
    expect(clear.p).toBeLessThan(0.005);
    expect(clear.note).not.toMatch(/bootstrap/);
  });
});

function gridOf(f: (x: number, y: number) => number): Float64Array {
  return Float64Array.from({ length: 25 }, (_, at) => f(Math.floor(at / 5) - 2, (at % 5) - 2));
}

describe("shares", () => {
  it("of x + y are all main effects, of xy about its centre all interaction", () => {
    const [sum, product] = [gridOf((x, y) => x + 2 * y), gridOf((x, y) => x * y)];
    expect(splitShares(sum, 5)).toMatchObject({ x: 0.2, y: 0.8 });
    expect(splitShares(product, 5)!.xy).toBeCloseTo(1, 14);
    expect(splitShares(new Float64Array(25).fill(3), 5)).toBeNull();
  });
});

const four = (values: Float64Array): number[] => [...values].flatMap((value) => Array<number>(4).fill(value));

describe("the law that data follow", () => {
  it.each([
    { law: "constant", f: () => 0.5 },
    { law: "plane", f: (x: number, y: number) => 0.3 * x + 0.6 * y },
    { law: "weakest-link", f: (x: number, y: number) => Math.min(x, y) ** 2 },
    { law: "additive", f: (x: number, y: number) => Math.sin(5 * x) / 2 + y * y },
    { law: "interaction", f: franke },
    { law: "one-ability", f: (x: number, y: number) => 1 / (1 + Math.exp(-12 * (0.7 * x + 0.3 * y - 0.5))) },
  ])("is among those not told apart from the best of 120 points: $law", ({ law, f }) => {
    const got = compareLaws(simulate(f, 120, 0.05, 11));
    expect(got.together).toContain(law);
    expect(got.law === null || got.law === law).toBe(true);
    expect(got.laws.map(({ name }) => name)).toEqual(LAWS);
    expect(got.verdict).toMatch(/leave-one-out error|error on left-out points/);
  });

  it.each([
    { n: 24, m: 12 },
    { n: 60, m: 12 },
    { n: 60, m: 30 },
  ])("may be one ability wherever there is but one, behind $n models' $m answers a facet", ({ n, m }) => {
    const rounds = Array.from({ length: 40 }, (_, i) => i + 1);
    const found = rounds.filter((seed) => {
      const { points } = simulateModels((u) => 0.1 + 0.8 * u ** 2, n, m, seed, 1);
      return compareLaws(points).together.includes("one-ability");
    });
    expect(found.length).toBeGreaterThanOrEqual(36);
  });

  it("is named where every other one does clearly worse", () => {
    expect(compareLaws(simulate(franke, 120, 0.05, 11))).toMatchObject({
      law: "interaction",
      together: ["interaction"],
    });
    expect(compareLaws(simulate((x, y) => Math.min(x, y) ** 2, 120, 0.02, 11)).together).not.toContain(
      "plane",
    );
  });

  it("is never a constant where the plane's F test sees a slope", () => {
    // Of noisy points with a slope.
    const seeds = Array.from({ length: 30 }, (_, i) => i + 1);
    const found = seeds.map((seed) => compareLaws(simulate((x, y) => 0.25 * (x + y), 40, 0.35, seed)));
    const sloped = found.filter(({ laws }) => {
      const [constant, plane] = laws.map(({ looRmse }) => looRmse);
      return plane! < 0.95 * constant!;
    });
    expect(sloped.length).toBeGreaterThan(2);
    for (const { together } of sloped) expect(together).not.toContain("constant");
  });

  it("can be asked for its values and drawn: the law named, or the mean of those not told apart", () => {
    const data = simulate((x, y) => 0.2 + 0.3 * x + 0.4 * y, 60, 0.02, 4);
    const { laws, together, surface } = compareLaws(data);
    const alike = laws.filter(({ name }) => together.includes(name));
    const own = alike.map((law) => law.surface.predict(0.4, 0.6).z);
    const { z } = surface!.predict(0.4, 0.6);
    expect(z >= Math.min(...own) && z <= Math.max(...own)).toBe(true);
    expect(z).toBeCloseTo(0.2 + 0.12 + 0.24, 1);
    // It leans to the laws that foretell best, and foretells about as well as they do.
    expect(surface!.looRmse).toBeLessThan(1.05 * Math.min(...alike.map(({ looRmse }) => looRmse)));
    for (const law of laws) expect(law.surface).toMatchObject({ method: "law", n: 60 });
  });

  it("is not asked for on axes of different scales, which the weakest link cannot compare", () => {
    const { x, y, z } = simulate(franke, 30, 0.1, 1);
    expect(() => compareLaws({ x, y: y.map((value) => 100 * value), z })).toThrow(
      /x goes up to .* and y to .* different scales/,
    );
    // Hard questions are no other scale.
    expect(compareLaws({ x, y: y.map((value) => value / 100), z }).laws).toHaveLength(6);
  });

  it("counts families, not their members, in the doubt about a difference", () => {
    const { x, y, z } = simulate((u, v) => u + v * v, 30, 0.1, 3);
    const copies = { x: four(x), y: four(y), z: four(z) };
    const family = copies.x.map((_, i) => `family ${i >> 2}`);
    const [alone, together] = [compareLaws(copies), compareLaws({ ...copies, family })];
    const plane = (laws: typeof alone): number => laws.laws[1]!.excessStderr;
    expect(plane(together) / plane(alone)).toBeCloseTo(2, 1);
  });

  it("is called simulated where the points are", () => {
    const data = simulate(franke, 20, 0.1, 1);
    expect(compareLaws({ ...data, simulated: true }).simulated).toBe(true);
    expect(compareLaws(data).simulated).toBe(false);
  });

  it("is not told from a handful of models", () => {
    expect(compareLaws(simulate(franke, 8, 0.1, 1))).toMatchObject({ law: null, laws: [], n: 8 });
    expect(compareLaws(simulate(franke, 8, 0.1, 1)).verdict).toMatch(/^Too few models to tell/);
  });

  it("is not told where rivals do as well, and the rivals are named", () => {
    const { law, together, verdict } = compareLaws(simulate((x, y) => x * y, 12, 0.1, 1));
    expect(law).toBeNull();
    expect(together.length).toBeGreaterThan(1);
    expect(verdict).toMatch(
      /^Not told apart by their error on left-out points, from the simplest: a flat plane/,
    );
  });

  it("lets the weakest link only rise: the falling law of min is not it", () => {
    const falling = compareLaws(simulate((x, y) => -Math.min(x, y), 80, 0.05, 2)).laws;
    const flat = falling.find(({ name }) => name === "constant")!;
    const link = falling.find(({ name }) => name === "weakest-link")!;
    expect(link.looRmse).toBeGreaterThan(0.95 * flat.looRmse);
    expect(link.edf).toBeLessThan(2);
  });

  it.each([
    { what: "no points", data: { x: [], y: [], z: [] } },
    { what: "equal z", data: { ...simulate(franke, 30, 0, 1), z: new Float64Array(30).fill(1) } },
    { what: "x equal to y", data: { ...simulate(franke, 30, 0.1, 1), y: simulate(franke, 30, 0.1, 1).x } },
    { what: "an exact plane", data: simulate((x, y) => x + y, 30, 0, 1) },
  ])("never throws: $what", ({ data }) => {
    expect(compareLaws(data).verdict).toMatch(/\.$/);
  });
});

function chanceAt(x: number, y: number): number {
  return 0.2 + 0.6 * x * y + 0.1 * Math.sin(4 * x);
}

function panel(seed: number): {
  x: Float64Array;
  y: Float64Array;
  z: Float64Array;
  items: Float64Array;
  p: Float64Array;
} {
  const random = seeded(1000 + seed);
  const { x, y, z: p } = simulate(chanceAt, 40, 0, seed);
  const items = p.map(() => (random() < 0.5 ? 5 : 200));
  const z = p.map((chance, i) => {
    let right = 0;
    for (let k = 0; k < items[i]!; k++) if (random() < chance) right++;
    return right / items[i]!;
  });
  return { x, y, z, items, p };
}

describe("on the scale of scores, points that are means of items", () => {
  it("are fitted closer to the truth when their number is told", () => {
    let [plain, weighted] = [0, 0];
    for (let seed = 1; seed <= 12; seed++) {
      const { p, items, ...data } = panel(seed);
      const error = (surface: ReturnType<typeof fitSurface>): number =>
        data.x.reduce((sum, x, i) => sum + (surface.predict(x, data.y[i]!).z - p[i]!) ** 2, 0);
      plain += error(fitSurface(data));
      weighted += error(fitSurface({ ...data, items: { z: items } }, { scale: "score" }));
    }
    expect(weighted).toBeLessThan(plain / 2);
  });

  it("say in the note how much of the scatter is the items' own", () => {
    const { p: _, items, ...data } = panel(3);
    expect(fitSurface({ ...data, items: { z: items } }, { scale: "score" }).note).toMatch(
      /binomial error of their 5 to 200 items, to which REML gives \d+ % of the scatter/,
    );
  });

  it("with scatter of their own far above it are hardly weighted", () => {
    const { p, items, ...data } = panel(4);
    const random = seeded(5);
    const z = p.map((chance) => Math.min(1, Math.max(0, chance + 0.3 * (random() - 0.5))));
    const share = /REML gives (\d+) %/.exec(
      fitSurface({ ...data, z, items: { z: items } }, { scale: "score" }).note,
    );
    expect(Number(share![1])).toBeLessThan(50);
  });
});
