import { describe, expect, it } from "vitest";
import { fitSurface, type FitOptions } from "../../lib/spline/index.js";
import type { Points } from "../../lib/spline/types.js";
import { worst } from "./golden.js";
import { franke, simulate } from "./random.js";

const points = (rows: readonly (readonly [number, number, number])[]): Points => ({
  x: rows.map(([x]) => x),
  y: rows.map(([, y]) => y),
  z: rows.map(([, , z]) => z),
});
const noisy = simulate((x, y) => x + y, 30, 0.1, 1);
const bend = (x: number): number => Math.sin(6 * x);

describe("the ladder", () => {
  it.each([
    { what: "no points", data: points([]), method: "empty", says: /no point/ },
    {
      what: "one model",
      data: points([[0.5, 0.5, 0.5]]),
      method: "points_only",
      says: /One point is a point/,
    },
    {
      what: "three points",
      data: points([
        [0, 0, 1],
        [1, 0, 2],
        [0, 1, 3],
      ]),
      method: "points_only",
      says: /too few/,
    },
    {
      what: "five points at three places",
      data: points([
        [0, 0, 1],
        [1, 0, 2],
        [0, 1, 3],
        [0, 1, 2],
        [1, 0, 1],
      ]),
      method: "points_only",
      says: /5 points at only 3 places/,
    },
    {
      what: "one x",
      data: { x: noisy.x.map(() => 0.5), y: noisy.y, z: noisy.z },
      method: "curve_1d",
      says: /share one x/,
    },
    {
      what: "a falling line",
      data: { x: noisy.x, y: noisy.x.map((x) => 3 - 2 * x), z: noisy.z },
      method: "curve_1d",
      says: /straight line/,
    },
    {
      what: "seven points",
      data: simulate((x) => x, 7, 0.1, 2),
      method: "plane",
      says: /7 points are too few/,
    },
    {
      what: "equal z",
      data: { ...noisy, z: noisy.z.map(() => 0.7) },
      method: "constant",
      says: /flat at 0.7/,
    },
    {
      what: "an exact product",
      data: { ...noisy, z: noisy.x.map((x, i) => x * noisy.y[i]!) },
      method: "exact_bilinear",
      says: /exactly/,
    },
    { what: "nine points", data: simulate(franke, 9, 0.1, 4), method: "pspline", says: /exploratory/ },
  ])("makes $method of $what, and says why", ({ data, method, says }) => {
    const surface = fitSurface(data);
    expect(surface.method).toBe(method);
    expect(surface.note).toMatch(says);
    expect(() => surface.grid()).not.toThrow();
    expect(surface.predict(0.5, 0.5).supported).toBe(surface.predict(0.5, 0.5).supported);
  });

  it.each([1e6, 1e9, -1e9])(
    "is not fooled by z about %d: a constant stays one, a plane stays exact",
    (far) => {
      expect(fitSurface({ ...noisy, z: noisy.z.map(() => far + 0.1) }).method).toBe("constant");
      const plane = noisy.x.map((x, i) => far + 2 * x - noisy.y[i]!);
      expect(fitSurface({ ...noisy, z: plane }).method).toBe("exact_bilinear");
    },
  );

  it("is not fooled by rounding of x far from 0 on a line", () => {
    const x = noisy.x.map((v) => 1e9 + v);
    expect(fitSurface({ x, y: x.map((v) => 2 * (v - 1e9)), z: noisy.z }).method).toBe("curve_1d");
  });
});

describe("a method asked for by name", () => {
  it("plane: is the least-squares plane, with t intervals", () => {
    const surface = fitSurface(noisy, { method: "plane" });
    expect(surface).toMatchObject({ method: "plane", edf: 3, n: 30 });
    expect(surface.tQuantile).toBeCloseTo(2.0518305, 6);
    const [a, b] = [surface.predict(0.4, 0.4).z, surface.predict(0.6, 0.6).z];
    expect(surface.predict(0.5, 0.5).z).toBeCloseTo((a + b) / 2, 12);
  });

  it("thin-plate: runs through every point, averages duplicates, keeps planes, and has no uncertainty", () => {
    const twice = {
      x: [...noisy.x, noisy.x[0]!],
      y: [...noisy.y, noisy.y[0]!],
      z: [...noisy.z, noisy.z[0]! + 1],
    };
    const surface = fitSurface(twice, { method: "thin-plate" });
    expect(surface.note).toMatch(/passes through every point.*no uncertainty.*averaged/);
    const got = twice.x.slice(1, 30).map((x, i) => surface.predict(x, twice.y[i + 1]!));
    expect(
      worst(
        got.map((p) => p.z),
        twice.z.slice(1, 30),
      ),
    ).toBeLessThan(1e-9);
    expect(got.every((p) => Number.isNaN(p.se))).toBe(true);
    expect(surface.predict(noisy.x[0]!, noisy.y[0]!).z).toBeCloseTo(noisy.z[0]! + 0.5, 9);
    const plane = fitSurface(
      { ...noisy, z: noisy.x.map((x, i) => 2 * x - noisy.y[i]!) },
      { method: "thin-plate" },
    );
    expect(plane.predict(0.5, 0.5).z).toBeCloseTo(0.5, 10);
  });

  it("thin-plate: its leave-one-out error is that of fits without each point", () => {
    const data = simulate(franke, 12, 0.1, 6);
    const errors = Array.from(data.z, (z, left) => {
      const keep = (_: number, i: number): boolean => i !== left;
      const rest = { x: data.x.filter(keep), y: data.y.filter(keep), z: data.z.filter(keep) };
      return z - predictThinPlate(rest, data, left);
    });
    const want = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
    expect(fitSurface(data, { method: "thin-plate" }).looRmse).toBeCloseTo(want, 6);
  });

  it("says so when the data cannot carry it", () => {
    const surface = fitSurface(
      points([
        [0, 0, 1],
        [1, 1, 2],
      ]),
      { method: "thin-plate" },
    );
    expect(surface.method).toBe("points_only");
    expect(surface.note).toContain("thin-plate was asked for");
  });

  it("pspline: fits five points", () => {
    const surface = fitSurface(simulate(franke, 5, 0.1, 3), { method: "pspline" });
    expect(surface.method).toBe("pspline");
    expect(surface.edf).toBeLessThanOrEqual(4 + 1 / 3 + 1e-6);
  });
});

function unit(values: Float64Array, v: number): number {
  const [lo, hi] = [Math.min(...values), Math.max(...values)];
  return (v - lo) / (hi - lo);
}

function phi(a: readonly [number, number], b: readonly [number, number]): number {
  const r = Math.hypot(a[0] - b[0], a[1] - b[1]);
  return r === 0 ? 0 : r * r * Math.log(r);
}

/** Interpolation by its textbook equations, Gaussian elimination, in the unit box of all points. */
function predictThinPlate(
  rest: { x: Float64Array; y: Float64Array; z: Float64Array },
  all: { x: Float64Array; y: Float64Array },
  left: number,
): number {
  const p = Array.from(rest.x, (x, i) => [unit(all.x, x), unit(all.y, rest.y[i]!)] as const);
  const at = [unit(all.x, all.x[left]!), unit(all.y, all.y[left]!)] as const;
  const m = p.length;
  const rows = p.map((a, i) => [...p.map((b) => phi(a, b)), 1, a[0], a[1], rest.z[i]!]);
  for (let t = 0; t < 3; t++) rows.push([...p.map((a) => [1, a[0], a[1]][t]!), 0, 0, 0, 0]);
  for (let i = 0; i < m + 3; i++) {
    const pivot = rows.findIndex(
      (row, r) => r >= i && Math.abs(row[i]!) === Math.max(...rows.slice(i).map((q) => Math.abs(q[i]!))),
    );
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let r = 0; r < m + 3; r++) {
      if (r === i) continue;
      const factor = rows[r]![i]! / rows[i]![i]!;
      rows[r] = rows[r]!.map((value, c) => value - factor * rows[i]![c]!);
    }
  }
  const c = rows.map((row, i) => row[m + 3]! / row[i]!);
  return c[m]! + c[m + 1]! * at[0] + c[m + 2]! * at[1] + p.reduce((sum, a, i) => sum + c[i]! * phi(a, at), 0);
}

describe("points on a line", () => {
  const x = Float64Array.from({ length: 40 }, (_, i) => i / 39);
  const wobble = x.map((v, i) => bend(v) + 0.05 * Math.sin(37 * i));
  const slanted = fitSurface({ x, y: x.map((v) => 10 - 5 * v), z: wobble });
  const upright = fitSurface({ x: x.map(() => 3), y: x, z: wobble });

  it("give the same curve, whichever way the line runs", () => {
    expect(slanted.method).toBe("curve_1d");
    expect(slanted.edf!).toBeCloseTo(upright.edf!, 6);
    for (const v of [0, 0.25, 0.6, 1]) {
      expect(slanted.predict(v, 10 - 5 * v).z).toBeCloseTo(upright.predict(3, v).z, 8);
    }
  });

  it("follow the bend, with an error, and show no surface", () => {
    expect(slanted.predict(0.5, 7.5).z).toBeCloseTo(bend(0.5), 1);
    expect(slanted.predict(0.5, 7.5).se).toBeGreaterThan(0);
    expect(slanted.predict(0.5, 9.5)).toEqual({ z: NaN, se: NaN, low: NaN, high: NaN, supported: false });
    expect(slanted.grid(9).supported.every((s) => s === 0)).toBe(true);
    const { curve } = slanted;
    expect([curve!.x[0], curve!.y[0], curve!.x[100], curve!.y[100]]).toEqual([0, 10, 1, 5]);
    expect(curve!.z[50]).toBeCloseTo(slanted.predict(0.5, 7.5).z, 10);
  });

  it("of a few give a straight line", () => {
    const few = fitSurface({ x: [0, 1, 2, 3, 4], y: [1, 1, 1, 1, 1], z: [0, 1.1, 1.9, 3.2, 3.9] });
    expect(few.edf).toBeCloseTo(2, 12);
    expect(few.predict(2, 1).z).toBeCloseTo(2.02, 10);
    // Least squares of five points: the standard error at the middle is s / sqrt(5).
    expect(few.predict(2, 1).se).toBeCloseTo(Math.sqrt(few.sigma2! / 5), 10);
  });
});

describe("the support", () => {
  const surface = fitSurface(simulate(franke, 40, 0.1, 3));

  it("hides what lies outside the points and never extrapolates", () => {
    expect(surface.predict(2, 2)).toEqual({ z: NaN, se: NaN, low: NaN, high: NaN, supported: false });
    expect(surface.predict(NaN, 0.5).supported).toBe(false);
    const ring = Array.from(
      { length: 40 },
      (_, i) => [0.5 + 0.5 * Math.cos(i), 0.5 + 0.5 * Math.sin(i), i % 3] as const,
    );
    const round = fitSurface(points(ring));
    expect(round.predict(0.5, 0.5).supported).toBe(true);
    expect(round.predict(0.02, 0.02).supported).toBe(false);
    const inside = round.grid(50).supported.reduce<number>((sum, s) => sum + s, 0) / 2500;
    // A disc of radius 0.5 widened by 2 % of the diagonal, cut at the box.
    expect(inside).toBeGreaterThan(Math.PI / 4);
    expect(inside).toBeLessThan(Math.PI * (0.5 + 0.0283) ** 2);
  });

  it("on a grid is what predict says, value and error", () => {
    const grid = surface.grid(11);
    const got = Array.from(grid.z, (_, at) =>
      surface.predict(grid.x[Math.floor(at / 11)]!, grid.y[at % 11]!),
    );
    const shown = [...grid.z.keys()].filter((at) => grid.supported[at] === 1);
    expect(shown.length).toBeGreaterThan(60);
    expect(got.map(({ supported }) => (supported ? 1 : 0))).toEqual(Array.from(grid.supported));
    expect(
      worst(
        shown.map((at) => got[at]!.z!),
        shown.map((at) => grid.z[at]!),
      ),
    ).toBeLessThan(1e-12);
    expect(
      worst(
        shown.map((at) => got[at]!.se!),
        shown.map((at) => grid.se[at]!),
      ),
    ).toBeLessThan(1e-12);
  });

  it("fades where the surface knows less than one more point tells, and is clear among the points", () => {
    const grid = surface.grid(21);
    const scale = Math.sqrt(surface.sigma2!);
    const cells = Array.from(grid.opacity!, (opacity, at) => ({ opacity, at, ratio: grid.se[at]! / scale }));
    const shown = cells.filter(({ at }) => grid.supported[at] === 1);
    const hidden = cells.filter(({ at }) => grid.supported[at] === 0);
    expect(new Set(hidden.map(({ opacity }) => opacity))).toEqual(new Set([0]));
    expect(new Set(shown.filter(({ ratio }) => ratio < 0.49).map(({ opacity }) => opacity))).toEqual(
      new Set([1]),
    );
    expect(shown.filter(({ ratio, opacity }) => ratio > 1.01 && opacity > 0)).toEqual([]);
    expect(shown.every(({ opacity, ratio }) => opacity === 1 || ratio > 0.49)).toBe(true);
  });

  it("tells when a surface of scores leaves [0, 1]", () => {
    const steep = simulate((x, y) => Math.min(1, Math.max(0, 3 * x + 3 * y - 2.5)), 200, 0, 5);
    expect(fitSurface(steep).grid().clamped).toBe(true);
    expect(fitSurface({ ...steep, z: steep.z.map((z) => 0.3 + 0.4 * z) }).grid().clamped).toBe(false);
    expect(fitSurface({ ...steep, z: steep.z.map((z) => 5 * z) }).grid().clamped).toBe(false);
  });
});

describe("options", () => {
  it.each<[string, FitOptions, RegExp]>([
    ["an unknown method", { method: "rbf" as "auto" }, /method "rbf" is not one of/],
    ["too small a basis", { basisSize: 3 }, /basisSize 3; give a whole number from 4 to 40/],
    ["a broken basis", { basisSize: [10, 4.5] }, /basisSize \[10,4.5\]/],
    ["a negative lambda", { lambda: [-1, 1] }, /lambda \[-1,1\]/],
    ["a zero lambda", { lambda: [0, 1] }, /lambda \[0,1\]/],
    ["a reversed domain", { domain: { x: [1, 0], y: [0, 1] } }, /domain.x = \[1, 0\]/],
    ["a domain without the points", { domain: { x: [0, 0.1], y: [0, 1] } }, /does not hold the points/],
    ["a grid of one", { gridSize: 1 }, /grid of 1 points/],
  ])("refuse %s, and say what is wanted", (_, options, message) => {
    expect(() => fitSurface(noisy, options)).toThrow(RangeError);
    expect(() => fitSurface(noisy, options)).toThrow(message);
  });

  it("refuse arrays of different lengths and weights that are not positive", () => {
    expect(() => fitSurface({ ...noisy, x: [1] })).toThrow(/x has 1 entries and z has 30/);
    expect(() => fitSurface({ ...noisy, weight: noisy.x.map((_, i) => (i === 3 ? 0 : 1)) })).toThrow(
      /weight\[3\] = 0/,
    );
    expect(() => fitSurface({ ...noisy, items: { z: noisy.x.map(() => 5) } })).toThrow(/is not in \[0, 1\]/);
  });

  it("take points that do not all tell their items, and weigh nothing where one alone does", () => {
    const z = noisy.z.map((value) => Math.min(1, Math.max(0, value)));
    const fitted = (told: number): number[] => {
      const items = { z: z.map((_, i) => (i < told ? 5 + i : NaN)) };
      return [...fitSurface({ ...noisy, z, items }, { scale: "score" }).predict(noisy.x, noisy.y).z];
    };
    const plain = [...fitSurface({ ...noisy, z }, { scale: "score" }).predict(noisy.x, noisy.y).z];
    expect(fitted(20).every(Number.isFinite)).toBe(true);
    for (const [i, value] of fitted(1).entries()) expect(value).toBeCloseTo(plain[i]!, 6);
  });

  it("take a wider box and a basis per axis", () => {
    const surface = fitSurface(noisy, { domain: { x: [-1, 2], y: [0, 1] }, basisSize: [12, 6], gridSize: 7 });
    expect(surface).toMatchObject({ basisSize: [12, 6], domain: { x: [-1, 2], y: [0, 1] } });
    expect(surface.grid().x).toHaveLength(7);
  });

  it("give a fit back from its own lambdas", () => {
    const weight = noisy.x.map((x) => 1 + x);
    const one = fitSurface({ ...noisy, weight });
    const two = fitSurface({ ...noisy, weight }, { lambda: one.lambda! });
    expect(two.edf).toBeCloseTo(one.edf!, 9);
    expect(two.reml).toBeCloseTo(one.reml!, 9);
  });
});

function ridge(x: number, y: number): number {
  return Math.sin(14 * (x + y));
}

describe("the basis size", () => {
  it("grows where ten B-splines cannot follow, and the note says so", () => {
    const surface = fitSurface(simulate(ridge, 600, 0.05, 1));
    expect(surface.basisSize).toEqual([14, 14]);
    expect(surface.note).toContain("14 × 14");
    expect(surface.looRmse!).toBeLessThan(
      fitSurface(simulate(ridge, 600, 0.05, 1), { basisSize: 10 }).looRmse!,
    );
  });

  it("stays at ten where that is enough", () => {
    expect(fitSurface(simulate(franke, 600, 0.1, 1)).basisSize).toEqual([10, 10]);
  });
});

describe("labels", () => {
  it("stay with the points that are used", () => {
    const surface = fitSurface({ x: [0, NaN, 1], y: [0, 1, 1], z: [1, 2, 3], label: ["a", "b", "c"] });
    expect(surface.points.label).toEqual(["a", "c"]);
    expect(Array.from(surface.points.z)).toEqual([1, 3]);
  });
});
