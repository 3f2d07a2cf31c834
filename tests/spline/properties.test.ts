import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitSurface, testInteraction } from "../../lib/spline/index.js";
import type { Points, Surface } from "../../lib/spline/types.js";
import { worst } from "./golden.js";
import { franke, simulate } from "./random.js";

type Axes = { x: Float64Array; y: Float64Array; z: Float64Array };

/** Small noisy datasets: seed, size, and continuous or 5-level places. */
const datasets = fc
  .record({
    seed: fc.integer({ min: 1, max: 1e6 }),
    n: fc.integer({ min: 21, max: 60 }),
    levels: fc.constantFrom(0, 5),
  })
  .map(({ seed, n, levels }) => simulate(franke, n, 0.1, seed, levels));
const scale = fc.double({ min: -6, max: 6, noNaN: true }).map((power) => 10 ** power);
const shift = fc.double({ min: -1e3, max: 1e3, noNaN: true });
const fixed = { lambda: [0.3, 2] as const };

/** Predictions at the data points, where every surface has them. */
const fitted = (surface: Surface, { x, y }: Points): number[] =>
  Array.from({ length: x.length }, (_, i) => surface.predict(x[i]!, y[i]!).z);
const errors = (surface: Surface, { x, y }: Points): number[] =>
  Array.from({ length: x.length }, (_, i) => surface.predict(x[i]!, y[i]!).se);
const rows = (data: Axes, order: readonly number[]): Axes => ({
  x: Float64Array.from(order, (i) => data.x[i]!),
  y: Float64Array.from(order, (i) => data.y[i]!),
  z: Float64Array.from(order, (i) => data.z[i]!),
});
const mean = (values: Float64Array): number => values.reduce((sum, v) => sum + v / values.length, 0);
const covariance = (a: Float64Array, b: Float64Array): number =>
  mean(a.map((v, i) => v * b[i]!)) - mean(a) * mean(b);
const correlation = ({ x, y }: Axes): number =>
  covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));
const runs = { numRuns: 25 };

describe.each([
  ["at given lambdas", fixed, 1e-9],
  ["at the lambdas of REML", {}, 1e-5],
] as const)("a fit %s", (_, options, tolerance) => {
  it("does not depend on the unit or the origin of x and y, over a million-fold range", () => {
    fc.assert(
      fc.property(datasets, scale, scale, shift, (data, a, b, c) => {
        const moved = { x: data.x.map((v) => a * (v + c)), y: data.y.map((v) => -b * v), z: data.z };
        const one = fitSurface(data, options);
        const two = fitSurface(moved, options);
        expect(worst(fitted(one, data), fitted(two, moved))).toBeLessThan(tolerance);
        expect(worst(errors(one, data), errors(two, moved))).toBeLessThan(tolerance);
        expect(Math.abs(one.edf! - two.edf!)).toBeLessThan(1e3 * tolerance);
      }),
      runs,
    );
  });

  it("follows z when z is scaled and shifted: same lambdas, same edf, variance by the square", () => {
    fc.assert(
      fc.property(datasets, scale, shift, (data, a, c) => {
        const one = fitSurface(data, options);
        const two = fitSurface({ ...data, z: data.z.map((v) => a * v + a * c) }, options);
        expect(
          worst(
            fitted(one, data),
            fitted(two, data).map((v) => v / a - c),
          ),
        ).toBeLessThan(tolerance);
        expect(Math.abs(two.sigma2! / (a * a) / one.sigma2! - 1)).toBeLessThan(1e2 * tolerance);
        expect(Math.abs(one.edf! - two.edf!)).toBeLessThan(1e3 * tolerance);
        expect(Math.abs(one.r2! - two.r2!)).toBeLessThan(tolerance);
      }),
      runs,
    );
  });

  it("swaps its lambdas when x and y are swapped, and is the same surface", () => {
    fc.assert(
      fc.property(datasets, (data) => {
        const swapped = { x: data.y, y: data.x, z: data.z };
        const turned = "lambda" in options ? { lambda: [options.lambda[1], options.lambda[0]] as const } : {};
        const one = fitSurface(data, options);
        const two = fitSurface(swapped, turned);
        expect(worst(fitted(one, data), fitted(two, swapped))).toBeLessThan(tolerance);
        for (const axis of [0, 1] as const) {
          if (one.lambda![axis] > 1e4) continue;
          expect(Math.abs(two.lambda![1 - axis]! / one.lambda![axis] - 1)).toBeLessThan(1e3 * tolerance);
        }
      }),
      runs,
    );
  });

  it("does not depend on the order of the rows", () => {
    fc.assert(
      fc.property(datasets, (data) => {
        const backwards = rows(data, [...data.x.keys()].toReversed());
        expect(
          worst(fitted(fitSurface(data, options), data), fitted(fitSurface(backwards, options), data)),
        ).toBeLessThan(tolerance);
      }),
      runs,
    );
  });

  it("is the same with rows that hold NaN or Infinity as without them", () => {
    fc.assert(
      fc.property(
        datasets,
        fc.constantFrom(NaN, Infinity, -Infinity),
        fc.constantFrom("x", "y", "z"),
        (data, bad, key) => {
          const longer = { x: [0.5, ...data.x], y: [0.5, ...data.y], z: [0.5, ...data.z] };
          longer[key as "x" | "y" | "z"][0] = bad;
          const one = fitSurface(data, options);
          const two = fitSurface(longer, options);
          expect(two.n).toBe(one.n);
          expect(fitted(two, data)).toEqual(fitted(one, data));
          expect(two.note).toContain("1 row without a number for x, y or z was left out.");
        },
      ),
      runs,
    );
  });
});

describe("rows and weights", () => {
  it("all rows twice at doubled lambdas is the same fit", () => {
    fc.assert(
      fc.property(datasets, (data) => {
        const order = [...data.x.keys()];
        const one = fitSurface(data, fixed);
        const two = fitSurface(rows(data, [...order, ...order]), { lambda: [0.6, 4] });
        expect(worst(fitted(one, data), fitted(two, data))).toBeLessThan(1e-9);
        expect(Math.abs(one.edf! - two.edf!)).toBeLessThan(1e-8);
      }),
      runs,
    );
  });

  it("a row given twice is a row of weight 2", () => {
    fc.assert(
      fc.property(datasets, fc.nat(20), (data, at) => {
        const twice = rows(data, [...data.x.keys(), at]);
        const weight = data.x.map((_, i) => (i === at ? 2 : 1));
        const one = fitSurface(twice, fixed);
        const two = fitSurface({ ...data, weight }, fixed);
        expect(worst(fitted(one, data), fitted(two, data))).toBeLessThan(1e-9);
        expect(Math.abs(one.edf! - two.edf!)).toBeLessThan(1e-8);
      }),
      runs,
    );
  });

  it("only the ratios of weights matter to REML", () => {
    fc.assert(
      fc.property(datasets, scale, (data, a) => {
        const weight = data.x.map((x) => 1 + 9 * x);
        const one = fitSurface({ ...data, weight });
        const two = fitSurface({ ...data, weight: weight.map((w) => a * w) });
        expect(worst(fitted(one, data), fitted(two, data))).toBeLessThan(1e-5);
        expect(worst(errors(one, data), errors(two, data))).toBeLessThan(1e-5);
      }),
      runs,
    );
  });
});

describe("a plane and x times y", () => {
  it("are reproduced exactly at any lambdas", () => {
    const power = fc.double({ min: -8, max: 8, noNaN: true }).map((value) => 10 ** value);
    fc.assert(
      fc.property(datasets, power, power, (data, lx, ly) => {
        // One wild point keeps the data from being exactly bilinear; its weight is next to nothing.
        const z = data.x.map((x, i) => 1 + 2 * x - 3 * data.y[i]! + 4 * x * data.y[i]!);
        const weight = data.x.map((_, i) => (i === 0 ? 1e-13 : 1));
        z[0]! += 1e-3;
        const surface = fitSurface({ ...data, z, weight }, { lambda: [lx, ly] });
        const others = [...data.x.keys()]
          .slice(1)
          .filter((i) => data.x[i] !== data.x[0] || data.y[i] !== data.y[0]);
        const got = others.map((i) => surface.predict(data.x[i]!, data.y[i]!).z);
        expect(
          worst(
            got,
            others.map((i) => z[i]!),
          ),
        ).toBeLessThan(1e-11);
      }),
      runs,
    );
  });
});

describe("the interaction test", () => {
  it("has p in [0, 1], shares that sum to 1, and neither changes with units, order or swapped axes", () => {
    fc.assert(
      fc.property(datasets, scale, shift, (data, a, c) => {
        const one = testInteraction(data);
        const order = [...data.x.keys()].toReversed();
        const moved = rows(
          { x: data.y.map((v) => a * v), y: data.x.map((v) => c - v), z: data.z.map((v) => a * v + c) },
          order,
        );
        const two = testInteraction(moved);
        const { x, y, xy } = one.shares!;
        expect(one.p).toBeGreaterThanOrEqual(0);
        expect(one.p).toBeLessThanOrEqual(1);
        expect(x + y + xy).toBeCloseTo(1, 12);
        // Where x and y go together, p is a bootstrap's, whose draws are others in another order.
        const isBootstrap = Math.abs(correlation(data)) > 0.49;
        expect(isBootstrap ? 0 : Math.abs(one.p! - two.p!)).toBeLessThan(1e-4);
        expect(worst([x, y, xy], [two.shares!.y, two.shares!.x, two.shares!.xy])).toBeLessThan(1e-4);
      }),
      // Whether the far end of a flat valley is as good as its floor must not hang on the unit of z.
      { ...runs, examples: [[simulate(franke, 43, 0.1, 19), 262.8, 0]] },
    );
  });
});

describe("any points at all", () => {
  it("never throw, and give finite values wherever they give any", () => {
    // All x within the smallest doubles, whose range has no inverse.
    const tiny: [number, number, number][] = [
      [1e-323, -3e-120, 0.5],
      [0, -1e300, 1e6],
      [0, -8e-125, -1.5e-323],
      [0, -7e-323, 9e-323],
    ];
    const value = fc.oneof(
      fc.constantFrom(0, 1, 0.5, 1 / 3, NaN, Infinity, -1e300, 1e-300, 1e9),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { maxLength: 40 }), (points) => {
        const [x, y, z] = [0, 1, 2].map((key) => points.map((point) => point[key]!)) as [
          number[],
          number[],
          number[],
        ];
        const surface = fitSurface({ x, y, z });
        const grid = surface.grid(5);
        for (const i of grid.z.keys()) {
          expect(Number.isFinite(grid.z[i]!)).toBe(grid.supported[i] === 1);
          expect(grid.se[i]! < 0).toBe(false);
        }
        expect(surface.note.length).toBeGreaterThan(20);
        const test = testInteraction({ x, y, z });
        expect(test.p === null || (test.p >= 0 && test.p <= 1)).toBe(true);
      }),
      { numRuns: 300, examples: [[tiny]] },
    );
  });
});
