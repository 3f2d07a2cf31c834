import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { facetMeans, meanFinder, toRecords } from "../../lib/table/index.js";
import { wilsonInterval } from "../../lib/table/statistics/intervals.js";
import { HOSTILE_NAMES, itemRows, ownRow, scoreRow } from "./rows.js";

describe("wilsonInterval", () => {
  // Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, table I, method 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [28, 29, 0.8282, 0.9939],
  ])("of %i in %i is [%d, %d]", (right, n, low, high) => {
    const interval = wilsonInterval(right / n, n);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it("ends exactly at the mean where nothing or everything is right", () => {
    for (let n = 1; n < 60; n++)
      expect([wilsonInterval(0, n).low, wilsonInterval(1, n).high]).toEqual([0, 1]);
  });
});

describe("facetMeans", () => {
  it("gives mean, Wilson interval and counts of every model on every facet", () => {
    const rows = [...itemRows("m", "f", [1, 1, 0]), ...itemRows("m", "g", [1, 1, 1])];
    const [f, g] = toRecords(facetMeans(rows));
    expect(f).toEqual({
      model: "m",
      facet: "f",
      score: 2 / 3,
      ...wilsonInterval(2 / 3, 3),
      n: 3,
      unscored: 0,
      failed: 0,
    });
    expect(g?.low).toBeCloseTo(0.4385, 4);
    expect(g?.high).toBe(1);
    const find = meanFinder([f!, g!]);
    expect([find("m", "g"), find("m", "h"), find("g", "m")]).toEqual([g, undefined, undefined]);
  });

  it("counts unscored and failed answers beside the mean, never in it", () => {
    const rows = [
      ...itemRows("m", "f", [1, 0, null, null]),
      ownRow({ model: "m", facet: "f", task: "lost", score: null, outcome: "failed" }),
    ];
    expect(toRecords(facetMeans(rows))).toMatchObject([{ score: 0.5, n: 2, unscored: 2, failed: 1 }]);
  });

  it("leaves the score missing, not 0, where no answer was scored, and keeps the counts", () => {
    const frame = facetMeans([
      ...itemRows("m", "f", [null, null]),
      ownRow({ model: "m", facet: "f", score: null, outcome: "failed" }),
    ]);
    expect(toRecords(frame)).toEqual([
      {
        model: "m",
        facet: "f",
        score: null,
        low: null,
        high: null,
        n: 0,

        unscored: 2,
        failed: 1,
      },
    ]);
    expect(Number.isNaN(frame.column("score").values[0])).toBe(true);
  });

  it("takes repeats for the same item: five epochs of three items are three items", () => {
    const once = itemRows("m", "f", [1, 1, 0]);
    const epochs = [0, 1, 2, 3, 4].flatMap((epoch) => once.map((row) => ({ ...row, epoch })));
    const [repeated] = toRecords(facetMeans(epochs));
    const [single] = toRecords(facetMeans(once));
    expect(repeated).toMatchObject({ n: 15, score: 2 / 3 });
    expect(repeated?.low).toBeCloseTo(single?.low ?? 0, 12);
    expect(repeated?.high).toBeCloseTo(single?.high ?? 0, 12);
  });

  it("counts items that were answered unequally often for less than their number", () => {
    const rows = [
      ...itemRows("m", "f", [1, 0]),
      ...[1, 2, 3].map((epoch) => ({ ...itemRows("m", "f", [1])[0]!, epoch })),
    ];
    const [mean] = toRecords(facetMeans(rows));
    expect(mean).toMatchObject({ n: 5, score: 0.8, ...wilsonInterval(0.8, 25 / (16 + 1)) });
  });

  it("takes a repeat without a score for no answer to its item", () => {
    const [one, two] = itemRows("m", "f", [1, 0]);
    const [mean] = toRecords(
      facetMeans([one!, two!, { ...one!, epoch: 1, score: null, outcome: "unscored" }]),
    );
    expect(mean).toMatchObject({ n: 2, unscored: 1, ...wilsonInterval(0.5, 2) });
  });

  it("takes an edited prompt for another item although its task kept the name", () => {
    const rows = [
      ownRow({ model: "m", facet: "f", prompt: "before", score: 1 }),
      ownRow({ model: "m", facet: "f", prompt: "after", score: 0 }),
    ];
    expect(toRecords(facetMeans(rows))).toMatchObject([{ ...wilsonInterval(0.5, 2) }]);
  });

  it("weighs an external score by the items behind it", () => {
    const rows = [scoreRow("m", "f", 0.5, 90), scoreRow("m", "f", 1, 10)];
    expect(toRecords(facetMeans(rows))).toMatchObject([
      { score: 0.55, n: 100, ...wilsonInterval(0.55, 100) },
    ]);
  });

  it("gives a lone external score without n no interval and no n", () => {
    expect(toRecords(facetMeans([scoreRow("m", "f", 0.7)]))).toEqual([
      {
        model: "m",
        facet: "f",
        score: 0.7,
        low: null,
        high: null,
        n: null,

        unscored: 0,
        failed: 0,
      },
    ]);
  });

  it("takes several external scores without n for one item each, as the seed's mean does", () => {
    const rows = [scoreRow("m", "f", 0.5), scoreRow("m", "f", 1), scoreRow("m", "f", 0)];
    expect(toRecords(facetMeans(rows))).toMatchObject([{ score: 0.5, n: 3, ...wilsonInterval(0.5, 3) }]);
  });

  it("takes an external score without n for one item beside others that tell theirs", () => {
    const rows = [scoreRow("m", "f", 0.5, 39), scoreRow("m", "f", 1)];
    expect(toRecords(facetMeans(rows))).toMatchObject([
      { score: 20.5 / 40, n: 40, ...wilsonInterval(20.5 / 40, 40) },
    ]);
  });

  it("is an empty frame with its columns for no rows", () => {
    const frame = facetMeans([]);
    expect(frame.columns).toEqual(["model", "facet", "score", "low", "high", "n", "unscored", "failed"]);
    expect(toRecords(frame)).toEqual([]);
  });

  it.each([
    { what: "a percentage", score: 73.2 },
    { what: "NaN", score: Number.NaN },
    { what: "a negative score", score: -0.1 },
    { what: "no score that is said to be one", score: null },
  ])("refuses $what, naming the row", ({ score }) => {
    const rows = [scoreRow("m", "f", 0.5), ownRow({ model: "m", facet: "f", score, outcome: "scored" })];
    expect(() => facetMeans(rows)).toThrow(
      /facetMeans: rows\[1\] \(model "m", facet "f"\) has score .*\[0, 1\]/,
    );
  });

  it.each([0, -3, Number.NaN, Infinity])("refuses n = %s, naming the row", (n) => {
    expect(() => facetMeans([scoreRow("m", "f", 0.5, n)])).toThrow(/rows\[0\].*wanted a positive number/);
  });

  it("keeps every pair of hostile names apart", () => {
    const rows = HOSTILE_NAMES.flatMap((model, i) =>
      HOSTILE_NAMES.map((facet, j) => scoreRow(model, facet, (i * HOSTILE_NAMES.length + j) / 1000, 5)),
    );
    expect(toRecords(facetMeans(rows)).map(({ model, facet, score }) => ({ model, facet, score }))).toEqual(
      rows.map(({ model, facet, score }) => ({ model, facet, score })),
    );
  });

  const name = fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ maxLength: 3 }));
  const rowsArbitrary = fc.array(
    fc.record({
      model: name,
      facet: name,
      score: fc.option(fc.constantFrom(0, 0.25, 1)),
      lost: fc.boolean(),
    }),
    { maxLength: 40 },
  );

  it("agrees with a plain count of each group, whatever the names", () => {
    fc.assert(
      fc.property(rowsArbitrary, (drawn) => {
        const rows = drawn.map(({ model, facet, score, lost }, i) =>
          ownRow({
            model,
            facet,
            score,
            task: `t${i}`,
            outcome: score !== null ? "scored" : lost ? "failed" : "unscored",
          }),
        );
        const means = toRecords(facetMeans(rows));
        expect(new Set(means.map((mean) => JSON.stringify([mean.model, mean.facet]))).size).toBe(
          means.length,
        );
        for (const mean of means) {
          const own = rows.filter((row) => row.model === mean.model && row.facet === mean.facet);
          const scores = own.flatMap((row) => (row.score === null ? [] : [row.score]));
          expect(mean.n).toBe(scores.length);
          expect((mean.n ?? 0) + mean.unscored + mean.failed).toBe(own.length);
          const expected = scores.reduce((a, b) => a + b, 0) / scores.length;
          // Nothing to average: 0 / 0 in the plain count, null in the table.
          expect(mean.score === null).toBe(Number.isNaN(expected));
          expect(mean.score ?? 0).toBeCloseTo(expected || 0, 12);
        }
        expect(means.reduce((sum, mean) => sum + (mean.n ?? 0) + mean.unscored + mean.failed, 0)).toBe(
          rows.length,
        );
      }),
    );
  });

  it("puts the mean inside its interval, and the interval inside [0, 1]", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.double({ min: 0, max: 1, noNaN: true }),
            fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
          ),
          {
            minLength: 1,
            maxLength: 20,
          },
        ),
        (scores) => {
          const rows = scores.map(([score, n]) => scoreRow("m", "f", score, n));
          const [mean] = toRecords(facetMeans(rows));
          expect(mean!.low).toBeGreaterThanOrEqual(0);
          expect(mean!.low).toBeLessThanOrEqual(mean!.score! + 1e-12);
          expect(mean!.high).toBeGreaterThanOrEqual(mean!.score! - 1e-12);
          expect(mean!.high).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it("gives the same numbers in whatever order the rows come", () => {
    const rows = [...itemRows("a", "f", [1, 0, 1]), ...itemRows("b", "f", [0, null, 1])];
    const byModel = (list: typeof rows) =>
      new Map(toRecords(facetMeans(list)).map((mean) => [mean.model, mean]));
    expect(byModel(rows.toReversed())).toEqual(byModel(rows));
  });
});
