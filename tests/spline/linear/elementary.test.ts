import { assert, double, integer, oneof, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { exp, log, logistic, softplus } from "../../../lib/spline/linear/elementary.js";

const bits = new DataView(new ArrayBuffer(8));
/** Place of a finite double in their order: neighbours differ by 1. */
function placeOf(value: number): bigint {
  bits.setFloat64(0, value);
  const place = bits.getBigInt64(0);
  return place < 0n ? -(place & 0x7fff_ffff_ffff_ffffn) : place;
}
/** Doubles from one to the other. */
const gap = (one: number, two: number): number => Math.abs(Number(placeOf(one) - placeOf(two)));

const anyPositive = oneof(
  double({ min: 0, max: Number.MAX_VALUE, noNaN: true, minExcluded: true }),
  double({ min: 0.5, max: 2, noNaN: true }),
  integer({ min: -1074, max: 1023 }).map((k) => 2 ** k),
);

describe("exp and log", () => {
  it("of anything are within 2 ulp of the engine's", () => {
    const places = oneof(
      double({ min: -745.2, max: 709.8, noNaN: true }),
      double({ min: -1, max: 1, noNaN: true }),
    );
    assert(
      property(places, (x) => gap(exp(x), Math.exp(x)) <= 2),
      { numRuns: 20_000 },
    );
    assert(
      property(anyPositive, (x) => gap(log(x), Math.log(x)) <= 2),
      { numRuns: 20_000 },
    );
  });

  it("of the ends of the doubles are what the standard says", () => {
    const ends = [-Infinity, -746, -0, 0, 710, Infinity, NaN];
    expect(ends.map(exp)).toEqual(ends.map(Math.exp));
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(-745.13)).toBe(Number.MIN_VALUE);
    const logs = [-Infinity, -1, -0, 0, 1, Number.MIN_VALUE, Number.MAX_VALUE, Infinity, NaN];
    expect(logs.map(log)).toEqual(logs.map(Math.log));
  });

  it("undo each other, to the rounding of the number between", () => {
    assert(
      property(anyPositive, (x) => {
        const back = exp(log(x));
        // In this order, which stays within the doubles for the smallest of them.
        const rounding = x * (2 ** -52 * (2 + Math.abs(Math.log(x))));
        expect(Math.abs(back - x)).toBeLessThanOrEqual(rounding + Number.MIN_VALUE);
      }),
    );
  });
});

const byFormula = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

describe("softplus and the logistic function", () => {
  const places = oneof(
    double({ min: -800, max: 800, noNaN: true }),
    double({ min: -40, max: 40, noNaN: true }),
  );
  it("are within 2 and 3 ulp of what the engine makes of their formulas", () => {
    assert(
      property(places, (x) => gap(softplus(x), byFormula(x)) <= 2),
      { numRuns: 20_000 },
    );
    assert(
      property(places, (x) => gap(logistic(x), 1 / (1 + Math.exp(-x))) <= 3),
      { numRuns: 20_000 },
    );
  });

  it("mirror: softplus(x) - softplus(-x) is x, and the logistic of x and of -x add up to 1", () => {
    assert(
      property(places, (x) => {
        expect(Math.abs(softplus(x) - softplus(-x) - x)).toBeLessThanOrEqual(2 ** -52 * (1 + Math.abs(x)));
        expect(Math.abs(logistic(x) + logistic(-x) - 1)).toBeLessThanOrEqual(2 ** -52);
      }),
    );
    expect(softplus(-Infinity)).toBe(0);
    expect(softplus(Infinity)).toBe(Infinity);
  });
});
