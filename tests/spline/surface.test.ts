import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitSurface } from "../../lib/spline/index.js";
import type { Surface } from "../../lib/spline/types.js";
import { franke, simulate } from "./random.js";
import { seeded } from "../helpers/seeded.js";

/** Surfaces of every kind that shows something, on boxes far from the unit one too. */
const surfaces = fc
  .record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    n: fc.integer({ min: 5, max: 40 }),
    levels: fc.constantFrom(0, 4),
    scale: fc.constantFrom(1, 1e-3, 250),
  })
  .map(({ seed, n, levels, scale }) => {
    const { x, y, z } = simulate(franke, n, 0.1, seed, levels);
    return fitSurface({ x: x.map((v) => 3 + scale * v), y, z });
  })
  .filter(({ support }) => support.length > 0);

/** Twice the area that three places span, positive when they turn anticlockwise. */
function turn(polygon: Surface["support"], i: number): number {
  const [a, b, c] = [0, 1, 2].map((k) => polygon[(i + k) % polygon.length]!) as [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ];
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** How far a place lies inside of the polygon's nearest edge, in units of the box; negative outside. */
function depth({ support, domain }: Surface, x: number, y: number): number {
  const [spanX, spanY] = [domain!.x[1] - domain!.x[0], domain!.y[1] - domain!.y[0]];
  return Math.min(
    ...support.map(([ax, ay], i) => {
      const [bx, by] = support[(i + 1) % support.length]!;
      const [dx, dy] = [(bx - ax) / spanX, (by - ay) / spanY];
      const length = Math.hypot(dx, dy);
      if (length < 1e-12) return Infinity;
      return (dx * ((y - ay) / spanY) - dy * ((x - ax) / spanX)) / length;
    }),
  );
}

describe("the support", () => {
  it("is a convex polygon, anticlockwise, that holds every point", () => {
    fc.assert(
      fc.property(surfaces, (surface) => {
        const { support, points, domain } = surface;
        const area = (domain!.x[1] - domain!.x[0]) * (domain!.y[1] - domain!.y[0]);
        const turns = support.map((_, i) => turn(support, i) / area);
        expect(Math.min(...turns)).toBeGreaterThan(-1e-12);
        expect(turns.reduce((sum, value) => sum + value)).toBeGreaterThan(0);
        for (const [i, x] of points.x.entries()) {
          expect(surface.predict(x, points.y[i]!).supported).toBe(true);
          expect(depth(surface, x, points.y[i]!)).toBeGreaterThan(-1e-9);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("is where predict says supported, and nowhere else", () => {
    fc.assert(
      fc.property(surfaces, fc.integer({ min: 1, max: 1e6 }), (surface, seed) => {
        const random = seeded(seed);
        const { x, y } = surface.domain!;
        for (let i = 0; i < 50; i++) {
          const px = x[0] + (1.2 * random() - 0.1) * (x[1] - x[0]);
          const py = y[0] + (1.2 * random() - 0.1) * (y[1] - y[0]);
          const inside = depth(surface, px, py);
          // On the border itself rounding decides.
          if (Math.abs(inside) < 1e-9) continue;
          expect(surface.predict(px, py).supported).toBe(inside > 0);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("predict", () => {
  it("of arrays is predict of each place, NaN outside of the support", () => {
    fc.assert(
      fc.property(surfaces, fc.integer({ min: 1, max: 1e6 }), (surface, seed) => {
        const random = seeded(seed);
        const { x: boxX, y: boxY } = surface.domain!;
        const place = ([lo, hi]: readonly [number, number]): number =>
          random() < 0.05 ? NaN : lo + (1.4 * random() - 0.2) * (hi - lo);
        const x = Float64Array.from({ length: 30 }, () => place(boxX));
        const y = Array.from(x, () => place(boxY));
        const all = surface.predict(x, y);
        for (const [i, value] of x.entries()) {
          const one = surface.predict(value, y[i]!);
          expect([all.z[i], all.se[i], all.supported[i] === 1]).toEqual([one.z, one.se, one.supported]);
          expect(Number.isNaN(one.z)).toBe(!one.supported);
        }
      }),
      { numRuns: 40 },
    );
  });

  const surface = fitSurface(simulate(franke, 30, 0.1, 1));
  const numbersAndArrays = surface.predict as (x: unknown, y: unknown) => unknown;

  it("of no places gives none", () => {
    expect(surface.predict([], []).z).toHaveLength(0);
  });

  it("refuses arrays of different lengths, and says how long they are", () => {
    expect(() => surface.predict([0.1, 0.2], [0.5])).toThrow(RangeError);
    expect(() => surface.predict([0.1, 0.2], [0.5])).toThrow(/x has 2 entries and y has 1/);
  });

  it.each([
    { x: 0.5, y: [0.5], says: "x is a number and y is an array" },
    { x: [0.5], y: 0.5, says: "x is an array and y is a number" },
    { x: 0.5, y: undefined, says: "x is a number and y is undefined" },
    { x: null, y: "0.5", says: "x is null and y is a string" },
  ])("refuses a mixture by name: $says", ({ x, y, says }) => {
    expect(() => numbersAndArrays(x, y)).toThrow(TypeError);
    expect(() => numbersAndArrays(x, y)).toThrow(says);
  });
});

describe("contrast, of scores taken as exact", () => {
  const surfaces = [
    { method: "pspline", n: 24 },
    { method: "pspline", n: 60 },
    { method: "plane", n: 7 },
  ].map(({ method, n }) => ({ method, n, surface: fitSurface(simulate(franke, n, 0.1, 7)) }));
  const at = { x: [0.4, 0.43], y: [0.5, 0.48] };

  it.each(surfaces)("of one place is what predict says there: $method, $n points", ({ surface }) => {
    const { z, se } = surface.predict(0.4, 0.5);
    const one = surface.contrast({ x: [0.4], y: [0.5] }, [1]);
    expect(one.value).toBeCloseTo(z, 10);
    expect(one.se).toBeCloseTo(se, 10);
    expect((one.high - one.low) / 2).toBeCloseTo(surface.tQuantile! * se, 10);
  });

  it.each(surfaces)("keeps the rules of variances: $method, $n points", ({ surface }) => {
    const [sum, difference, twice] = [
      [1, 1],
      [1, -1],
      [2, -2],
    ].map((weights) => surface.contrast(at, weights));
    const { se } = surface.predict(at.x, at.y);
    expect(sum!.se ** 2 + difference!.se ** 2).toBeCloseTo(2 * (se[0]! ** 2 + se[1]! ** 2), 10);
    // Near places err together: their difference is better known than either.
    expect(difference!.se).toBeLessThan(Math.min(...se));
    expect(twice!.se).toBeCloseTo(2 * difference!.se, 10);
    expect(difference!.value).toBeCloseTo(surface.predict(0.4, 0.5).z - surface.predict(0.43, 0.48).z, 10);
  });

  it("holds the true rise of a product about 95 times in 100 (of 60 tried)", () => {
    let held = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { low, high } = fitSurface(simulate((x, y) => x * y, 40, 0.1, 500 + seed)).contrast(
        { x: [0.7, 0.3], y: [0.7, 0.3] },
        [1, -1],
      );
      held += Number(low <= 0.4 && 0.4 <= high);
    }
    expect(held).toBeGreaterThanOrEqual(53);
    expect(held).toBeLessThan(60);
  });

  it("has a value and no interval where the method has no band, and nothing off the support", () => {
    const none = { se: NaN, low: NaN, high: NaN };
    const bare = fitSurface(simulate(franke, 24, 0.1, 7), { method: "thin-plate" });
    const value = bare.predict(0.4, 0.5).z + bare.predict(0.43, 0.48).z;
    expect(bare.contrast(at, [1, 1])).toEqual({ value: expect.closeTo(value, 10), ...none });
    expect(surfaces[0]!.surface.contrast({ x: [2], y: [2] }, [1])).toEqual({ value: NaN, ...none });
  });
});

describe("the band of few points", () => {
  const data = simulate(franke, 30, 0.1, 5);
  const lambda = fitSurface(data).lambda!;
  const places = { x: [0.2, 0.4, 0.5, 0.6], y: [0.3, 0.5, 0.5, 0.7] };
  const errors = (points: typeof data, options: Parameters<typeof fitSurface>[1] = {}) =>
    fitSurface(points, options).predict(places.x, places.y);

  it("holds the doubt about the smoothness too: wider than at a given one, about the same surface", () => {
    const [chosen, given] = [errors(data), errors(data, { lambda })];
    for (const [i, z] of given.z.entries()) {
      expect(chosen.z[i]).toBeCloseTo(z, 8);
      expect(chosen.se[i]).toBeGreaterThan(0.9 * given.se[i]!);
    }
    const [wide, narrow] = [chosen, given].map(({ se }) => se.reduce((sum, value) => sum + value, 0));
    expect(wide).toBeGreaterThan(1.02 * narrow!);
    expect(fitSurface(data).note).toMatch(/band holds the doubt about the smoothness/);
    expect(fitSurface(data, { lambda }).note).not.toMatch(/doubt/);
  });

  it("is, from 31 points on, that of the smoothness chosen", () => {
    const more = simulate(franke, 31, 0.1, 5);
    const { se } = errors(more, { lambda: fitSurface(more).lambda! });
    for (const [i, own] of errors(more).se.entries()) expect(own).toBeCloseTo(se[i]!, 8);
    expect(fitSurface(more).note).not.toMatch(/doubt/);
  });
});

describe("one point that holds more than half of the fit", () => {
  const crowd = simulate((x, y) => 0.2 + 0.1 * x + 0.1 * y, 20, 0.03, 4);
  const [x, y, z] = [crowd.x, crowd.y, crowd.z].map((values) => Array.from(values, (value) => value / 3)) as [
    number[],
    number[],
    number[],
  ];
  const label = [...x.map((_, i) => `model ${i}`), "far x"];
  const alone = { x: [...x, 1], y: [...y, 1], z: [...z, 0.9], label };

  it("is named, with its Cook's distance, whether the fit is a spline or a plane", () => {
    for (const method of ["auto", "plane"] as const)
      expect(fitSurface(alone, { method }).note).toMatch(
        /One point holds more than half of it: without "far x" .* \(Cook's distance .*, above 1\)/,
      );
    const { label: _, ...bare } = alone;
    expect(fitSurface(bare).note).toMatch(/without the point at \(1.00, 1.00\)/);
  });

  it("is not looked for where many hold it alike, or nothing is left over", () => {
    expect(fitSurface(simulate(franke, 60, 0.1, 1)).note).not.toMatch(/Cook/);
    expect(fitSurface(simulate((u, v) => u + v, 7, 0, 1)).note).not.toMatch(/Cook/);
  });

  it("moves the plane by what its Cook's distance says when it is left out", () => {
    const cook = Number(/distance ([\d.]+)/.exec(fitSurface(alone, { method: "plane" }).note)![1]);
    const whole = fitSurface(alone, { method: "plane" });
    const domain = { x: [0, 1], y: [0, 1] } as const;
    const without = fitSurface({ x, y, z }, { method: "plane", domain });
    // A plane is known everywhere by three of its values.
    const [a, b, c] = [
      [0.15, 0.15],
      [0.2, 0.15],
      [0.15, 0.2],
    ].map(([u, v]) => without.predict(u!, v!).z - whole.predict(u!, v!).z) as [number, number, number];
    const moved = alone.x.map((u, i) => a + 20 * ((u - 0.15) * (b - a) + (alone.y[i]! - 0.15) * (c - a)));
    const square = moved.reduce((sum, value) => sum + value * value, 0);
    expect(square / (3 * whole.sigma2!)).toBeCloseTo(cook, 1);
  });
});

describe("a whole grid", () => {
  it("has values everywhere in the box, the same as the usual one's where that has any", () => {
    const surface = fitSurface(simulate(franke, 25, 0.1, 3));
    const [usual, whole] = [surface.grid(12), surface.grid(12, { whole: true })];
    expect(whole.z.every(Number.isFinite) && whole.se.every(Number.isFinite)).toBe(true);
    expect(whole.supported).toEqual(usual.supported);
    for (const [i, z] of usual.z.entries()) expect(usual.supported[i] === 1 ? whole.z[i] : NaN).toEqual(z);
  });
});

describe("points of the simulated panel", () => {
  it("make a surface that says so", () => {
    const data = simulate(franke, 12, 0.1, 2);
    expect(fitSurface({ ...data, simulated: true }).simulated).toBe(true);
    expect(fitSurface(data).simulated).toBe(false);
  });
});
