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
