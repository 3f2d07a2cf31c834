import { describe, expect, it } from "vitest";
import { bandCoverage, interactionPower, interactionSize, type Rate } from "./simulations.js";

/**
 * Seeds are fixed, so that these never fail by chance; the margins say what chance alone would allow: three
 * standard errors of a rate beyond the interval that holds for many rounds. The full table is in the bench.
 */
const margin = (rate: number, rounds: number): number => 3 * Math.sqrt((rate * (1 - rate)) / rounds);

describe("the interaction test where effects just add up", () => {
  const rounds = 60;
  const rates: Rate[] = [];
  const cases = [16, 20, 30, 60].flatMap((n) => [0, 4].map((levels) => ({ n, levels })));

  it.each(cases)("rejects 3 to 7 in 100 at the 5 % level: $n points, $levels levels", ({ n, levels }) => {
    const result = interactionSize(n, levels, rounds, 10_000 * n + levels);
    rates.push(result);
    expect(result.rate).toBeLessThan(0.07 + margin(0.07, rounds));
  });

  it("rejects 3 to 7 in 100 over all of them", () => {
    expect(rates).toHaveLength(cases.length);
    const rate = rates.reduce((sum, result) => sum + result.rate, 0) / rates.length;
    const all = rounds * cases.length;
    expect(rate).toBeGreaterThan(0.03 - margin(0.03, all));
    expect(rate).toBeLessThan(0.07 + margin(0.07, all));
  });
});

describe("the interaction test on x times y", () => {
  it.each([
    { n: 16, least: 0.3 },
    { n: 30, least: 0.8 },
    { n: 60, least: 0.98 },
  ])("finds it in at least $least of the draws of $n points with noise 0.1", ({ n, least }) => {
    expect(interactionPower(n, 0.1, 40, 50).rate).toBeGreaterThan(least);
  });
});

describe("the 95 % band", () => {
  const smooth = (["plane", "product", "saddle"] as const).flatMap((truth) =>
    [12, 20, 30, 60].map((n) => ({ truth, n })),
  );
  it.each(smooth)("holds the truth nine times in ten or more: $truth, $n points", ({ truth, n }) => {
    expect(bandCoverage(truth, n, 40, 300).rate).toBeGreaterThan(0.87);
  });

  it("misses more of Franke's narrow hills, which so few points cannot see", () => {
    const { rate } = bandCoverage("franke", 20, 40, 300);
    expect(rate).toBeGreaterThan(0.7);
    expect(rate).toBeLessThan(0.92);
  });
});
