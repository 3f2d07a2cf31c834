import { describe, expect, it } from "vitest";
import { bandCoverage, interactionPower, interactionSize } from "./simulations.js";

/** The counts of `rounds` that chance exceeds in one of 200 either way, where each happens at this rate. */
function binomialLimits(rounds: number, rate: number): [least: number, most: number] {
  let [below, probability] = [0, (1 - rate) ** rounds];
  let least = 0;
  for (let count = 0; ; count++) {
    below += probability;
    if (below < 0.005) least = count + 1;
    if (below >= 0.995) return [least, count];
    probability *= (((rounds - count) / (count + 1)) * rate) / (1 - rate);
  }
}

/** Seeds are fixed, so that these never fail by chance. The full table, of many more rounds, is in the bench. */
const ROUNDS = 60;
const cases = [16, 20, 30, 60].flatMap((n) => [0, 4].map((levels) => ({ n, levels })));
const ALL = ROUNDS * cases.length;
const [least, most] = binomialLimits(ALL, 0.05);

describe("the interaction test where effects just add up", () => {
  const counts: number[] = [];

  it.each(cases.map((row) => ({ ...row, most: binomialLimits(ROUNDS, 0.05)[1] })))(
    `rejects at the 5 % level at most $most of ${ROUNDS}, which chance allows: $n points, $levels levels`,
    (row) => {
      const { rate } = interactionSize(row.n, row.levels, ROUNDS, 10_000 * row.n + row.levels);
      counts.push(Math.round(rate * ROUNDS));
      expect(rate * ROUNDS).toBeLessThanOrEqual(row.most + 1e-9);
    },
  );

  it(`rejects at the 5 % level ${least} to ${most} of all ${ALL}, which chance allows`, () => {
    expect(counts).toHaveLength(cases.length);
    const rejected = counts.reduce((sum, count) => sum + count);
    expect(rejected).toBeGreaterThanOrEqual(least);
    expect(rejected).toBeLessThanOrEqual(most);
  });
});

describe("the interaction test of a plane whose x and y are correlated by .8", () => {
  it("rejects at the 5 % level as often as chance allows, and not too seldom", { timeout: 60_000 }, () => {
    const [least, most] = binomialLimits(160, 0.05);
    const rates = [0, 4].map((levels) => interactionSize(24, levels, 80, 70_000 + levels, true).rate);
    const rejected = 80 * (rates[0]! + rates[1]!);
    expect(rejected).toBeGreaterThanOrEqual(least);
    expect(rejected).toBeLessThanOrEqual(most);
  });
});

describe("the interaction test on x times y", () => {
  it.each([
    { n: 16, least: 0.3 },
    { n: 30, least: 0.8 },
    { n: 60, least: 0.98 },
  ])("finds it in more than $least of 40 draws of $n points with noise 0.1", (row) => {
    expect(interactionPower(row.n, 0.1, 40, 50).rate).toBeGreaterThan(row.least);
  });
});

describe("the 95 % band", () => {
  const smooth = (["plane", "product", "saddle"] as const).flatMap((truth) =>
    // Up to 30 points the band holds the doubt about the smoothness, too.
    [12, 20, 30, 60].map((n) => ({ truth, n, least: n <= 30 ? 92 : 87 })),
  );
  it.each(smooth)("holds the truth at more than $least in 100 places: $truth, $n points", (row) => {
    expect(100 * bandCoverage(row.truth, row.n, 40, 300).rate).toBeGreaterThan(row.least);
  });

  it("holds Franke's narrow hills, which 20 points cannot see, at only 70 to 92 in 100 places", () => {
    const { rate } = bandCoverage("franke", 20, 40, 300);
    expect(rate).toBeGreaterThan(0.7);
    expect(rate).toBeLessThan(0.92);
  });
});
