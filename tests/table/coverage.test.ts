import { describe, expect, it } from "vitest";
import { facetMeans, pairedDifferences, toRecords } from "../../lib/table/index.js";
import { seeded } from "../helpers/seeded.js";
import { ownRow } from "./rows.js";

const RUNS = 2000;

/** Standard normal by Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Gamma(shape, 1) by Marsaglia and Tsang 2000, doi:10.1145/358407.358414. */
function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function beta(a: number, b: number, random: () => number): number {
  const x = gamma(a, random);
  return x / (x + gamma(b, random));
}

/** A model of mean ability p on `items` items of Beta-distributed difficulty, each asked `epochs` times. */
function answers(model: string, p: number, items: number, epochs: number, icc: number, random: () => number) {
  const spread = (1 - icc) / icc;
  return Array.from({ length: items }, (_, item) => {
    const right = beta(p * spread, (1 - p) * spread, random);
    return Array.from({ length: epochs }, (_, epoch) =>
      ownRow({ model, facet: "f", task: `t${item}`, epoch, score: Number(random() < right) }),
    );
  }).flat();
}

describe("Coverage of the 95 % intervals", () => {
  const designs = [3, 6, 12].flatMap((items) => [
    { items, epochs: 1, icc: 0.6 },
    { items, epochs: 5, icc: 0.2 },
    { items, epochs: 5, icc: 0.6 },
    { items, epochs: 5, icc: 0.9 },
  ]);

  it.each(designs)(
    "a facet mean of $items items × $epochs epochs (ICC $icc) lies in its interval in at least 93 % of cases",
    ({ items, epochs, icc }) => {
      const random = seeded(items * 100 + epochs);
      const truth = Array.from({ length: RUNS }, () => random());
      const means = toRecords(
        facetMeans(truth.flatMap((p, run) => answers(`m${run}`, p, items, epochs, icc, random))),
      );
      const covered = means.filter((mean, run) => mean.low! <= truth[run]! && truth[run]! <= mean.high!);
      expect(covered.length / RUNS).toBeGreaterThanOrEqual(0.93);
    },
  );

  it.each(designs.filter(({ epochs, icc }) => epochs === 1 || icc === 0.6))(
    "the difference of two models on $items items × $epochs epochs (ICC $icc) lies in its interval in at least 93 %",
    ({ items, epochs, icc }) => {
      const random = seeded(items * 7 + epochs);
      let covered = 0;
      for (let run = 0; run < RUNS; run++) {
        const [p, q] = [random(), random()];
        const [pair] = toRecords(
          pairedDifferences([
            ...answers("a", p, items, epochs, icc, random),
            ...answers("b", q, items, epochs, icc, random),
          ]),
        );
        covered += Number(pair!.low! <= p - q && p - q <= pair!.high!);
      }
      expect(covered / RUNS).toBeGreaterThanOrEqual(0.93);
    },
  );

  it("without the care for repeats would be missed: Wilson on all 15 answers covers less than 80 %", () => {
    const random = seeded(5);
    const truth = Array.from({ length: RUNS }, () => random());
    const rows = truth.flatMap((p, run) => answers(`m${run}`, p, 3, 5, 0.6, random));
    const naive = toRecords(facetMeans(rows.map((row, i) => ({ ...row, task: `t${i}` }))));
    const covered = naive.filter((mean, run) => mean.low! <= truth[run]! && truth[run]! <= mean.high!);
    expect(covered.length / RUNS).toBeLessThan(0.8);
  });
});
