import { assert, double, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import {
  incompleteBeta,
  logGamma,
  normalTail,
  positiveQuadraticForm,
  studentQuantile,
} from "../../../lib/spline/linear/distributions.js";
import { normalNumbers } from "../random.js";
import { seeded } from "../../helpers/seeded.js";

describe("P(sum of weighted chi-squares > 0)", () => {
  it.each([
    [3, 20, 0.1],
    [3, 20, 0.4],
    [10, 50, 0.3],
    [2, 100, 0.12],
  ])("is the beta distribution's for %i and %i equal weights at q = %d, within 3 %%", (m, n, q) => {
    const weights = Float64Array.from({ length: m + n }, (_, i) => (i < m ? 1 - q : -q));
    const exact = incompleteBeta(1 - q, n / 2, m / 2);
    expect(Math.abs(positiveQuadraticForm(weights) / exact - 1)).toBeLessThan(0.03);
  });

  it("is near the middle what simulation says, at the mean too", () => {
    const weights = Float64Array.from([1, 0.5, -0.4, -0.3, -0.3, -0.2, -0.3]);
    const normal = normalNumbers(seeded(4));
    let above = 0;
    for (let i = 0; i < 20_000; i++) {
      if (weights.reduce((sum, l) => sum + l * normal() ** 2, 0) > 0) above++;
    }
    expect(Math.abs(positiveQuadraticForm(weights) - above / 20_000)).toBeLessThan(0.03);
  });

  it("is 0 or 1 where all weights have one sign", () => {
    expect(positiveQuadraticForm(Float64Array.of(-1, 0))).toBe(0);
    expect(positiveQuadraticForm(Float64Array.of(1, 2))).toBe(1);
    expect(positiveQuadraticForm(Float64Array.of(0, 2))).toBe(1);
  });

  it.each([1e-4, 1, 1e4])(
    "does not care for the weights' unit (times %d), and mirrors with their signs",
    (unit) => {
      const weights = Float64Array.of(1, 0.5, -0.4, -0.3, -0.2);
      const p = positiveQuadraticForm(weights);
      expect(positiveQuadraticForm(weights.map((l) => l * unit))).toBeCloseTo(p, 12);
      expect(positiveQuadraticForm(weights.map((l) => -l * unit))).toBeCloseTo(1 - p, 12);
    },
  );
});

describe("tables of the textbook", () => {
  it.each([
    [1, 12.7062047],
    [2, 4.30265273],
    [10, 2.22813885],
    [30, 2.04227246],
    [1e6, 1.95996635],
  ])("Student's t at %d degrees of freedom", (df, want) => {
    expect(studentQuantile(0.95, df)).toBeCloseTo(want, 6);
  });

  it.each([
    [0, 0.5],
    [1.6448536269514722, 0.05],
    [-1.6448536269514722, 0.95],
    [2.3263478740408408, 0.01],
    [6, 9.865876450376946e-10],
    [20, 2.753624118606233e-89],
  ])("the normal tail beyond %d", (x, want) => {
    expect(Math.abs(normalTail(x) / want - 1)).toBeLessThan(1e-12);
  });
});

const unit = double({ min: 0, max: 1, noNaN: true });
const shape = double({ min: 0.01, max: 2000, noNaN: true });
const isNear = (got: number, want: number, relative: number): boolean =>
  Math.abs(got - want) <= relative * want + 1e-300;

describe("the incomplete beta function", () => {
  it("is x^a where b is 1, and 1 - (1 - x)^b where a is 1", () => {
    assert(property(unit, shape, (x, a) => isNear(incompleteBeta(x, a, 1), x ** a, 1e-10)));
    assert(
      property(unit, shape, (x, b) =>
        isNear(incompleteBeta(x, 1, b), -Math.expm1(b * Math.log1p(-x)), 1e-10),
      ),
    );
  });

  it("is the binomial tail for whole numbers", () => {
    assert(
      property(unit, integer({ min: 1, max: 12 }), integer({ min: 1, max: 12 }), (x, a, b) => {
        const n = a + b - 1;
        let [tail, ways] = [0, 1];
        for (let k = 0; k <= n; k++) {
          if (k >= a) tail += ways * x ** k * (1 - x) ** (n - k);
          ways *= (n - k) / (k + 1);
        }
        return isNear(incompleteBeta(x, a, b), tail, 1e-11);
      }),
    );
  });

  it("mirrors: I_x(a, b) and I_1-x(b, a) add up to 1", () => {
    const place = integer({ min: 1, max: 63 }).map((k) => k / 64);
    assert(
      property(place, shape, shape, (x, a, b) =>
        isNear(incompleteBeta(x, a, b) + incompleteBeta(1 - x, b, a), 1, 1e-9),
      ),
    );
  });

  it("is 0 up to 0, and 1 from 1 on", () => {
    expect([-0.5, 0, 1, 1.5].map((x) => incompleteBeta(x, 2, 3))).toEqual([0, 0, 1, 1]);
  });
});

describe("the logarithm of the gamma function", () => {
  it("grows by log x from x to x + 1", () => {
    assert(
      property(double({ min: 1e-3, max: 30, noNaN: true }), (x) => {
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(1.2e-13);
      }),
    );
  });

  it("is that of half of pi's root at 1/2, and of a factorial at 11", () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 13);
  });
});
