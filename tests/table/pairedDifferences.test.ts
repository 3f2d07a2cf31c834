import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairedDifferences, toRecords } from "../../lib/table/index.js";
import { compareModels } from "../../lib/table/statistics/compareModels.js";
import { holmAdjusted } from "../../lib/table/statistics/holm.js";
import { pairedInterval } from "../../lib/table/statistics/intervals.js";
import { signFlipMidP } from "../../lib/table/statistics/signFlip.js";
import { seeded } from "../helpers/seeded.js";
import { HOSTILE_NAMES, itemRows, ownRow, scoreRow } from "./rows.js";

/** Differences of right-or-wrong answers: `better` items won, `worse` lost, `same` alike. */
const wins = (better: number, worse: number, same = 0): readonly number[] => [
  ...Array.from({ length: better }, () => 1),
  ...Array.from({ length: worse }, () => -1),
  ...Array.from({ length: same }, () => 0),
];

/** The same test by counting every one of the 2^m sign patterns: slow and obvious. */
function everyFlip(differences: readonly number[]): number {
  const total = Math.abs(differences.reduce((a, b) => a + b, 0));
  if (total < 1e-9) return 1;
  let p = 0;
  for (let pattern = 0; pattern < 2 ** differences.length; pattern++) {
    const sum = differences.reduce((s, d, i) => s + ((pattern >> i) & 1 ? d : -d), 0);
    if (Math.abs(Math.abs(sum) - total) < 1e-7) p += 0.5;
    else if (Math.abs(sum) > total) p += 1;
  }
  return p / 2 ** differences.length;
}

describe("signFlipMidP", () => {
  it.each([
    // Twice the binomial tail less its last term: P(X ≤ 1 | 8, ½) = 9/256, P(X = 1) = 8/256.
    { better: 7, worse: 1, p: 10 / 256 },
    { better: 1, worse: 7, p: 10 / 256 },
    { better: 3, worse: 0, p: 1 / 8 },
    { better: 5, worse: 0, p: 1 / 32 },
    { better: 6, worse: 6, p: 1 },
    { better: 0, worse: 0, p: 1 },
    { better: 9, worse: 2, p: (2 * (1 + 11 + 55) - 55) / 2048 },
  ])("is McNemar's mid-p for $better won and $worse lost: $p", ({ better, worse, p }) => {
    expect(signFlipMidP(wins(better, worse, 4))).toBeCloseTo(p, 14);
  });

  it("agrees with counting every pattern of signs, graded scores and repeats included", () => {
    const fifth = fc.integer({ min: -5, max: 5 }).map((k) => k / 5);
    const third = fc.integer({ min: -3, max: 3 }).map((k) => k / 3);
    fc.assert(
      fc.property(fc.array(fc.oneof(fifth, third), { maxLength: 10 }), (differences) => {
        expect(signFlipMidP(differences)).toBeCloseTo(everyFlip(differences.filter((d) => d !== 0)), 9);
      }),
    );
  });

  it("does not care for the order of the items, nor which model comes first", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 9 }), (differences) => {
        const p = signFlipMidP(differences);
        expect(signFlipMidP(differences.toReversed())).toBeCloseTo(p, 9);
        expect(signFlipMidP(differences.map((d) => -d))).toBeCloseTo(p, 9);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("stays right where two to the power of the items is no number any more", () => {
    expect(signFlipMidP(wins(1000, 1000))).toBe(1);
    // z = 100 / sqrt(2000): the normal tail.
    expect(signFlipMidP(wins(1050, 950))).toBeCloseTo(0.0253, 3);
  });

  it("reaches its normal limit by as many items as a benchmark may have", () => {
    const random = seeded(4);
    const many = Array.from({ length: 300_000 }, () => random() - 0.5);
    expect(signFlipMidP(many)).toBeGreaterThan(0.001);
    expect(signFlipMidP(many.map((d) => d + 0.01))).toBeLessThan(1e-9);
  });

  it("comes close to the exact value by its normal limit when the differences are many and unequal", () => {
    const random = seeded(3);
    const many = Array.from({ length: 40 }, () => random() - 0.4);
    const flips = Array.from({ length: 20_000 }, () =>
      Math.abs(many.reduce((sum, d) => sum + (random() < 0.5 ? d : -d), 0)),
    );
    const observed = Math.abs(many.reduce((a, b) => a + b, 0));
    const drawn = flips.filter((sum) => sum >= observed).length / flips.length;
    expect(Math.abs(signFlipMidP(many) - drawn)).toBeLessThan(0.015);
  });
});

describe("pairedInterval", () => {
  it("is Bonett and Price's interval: 7 won, 1 lost of 21 gives [.013, .508]", () => {
    // Fagerland, Lydersen & Laake 2014, airway hyper-responsiveness: -.508 to -.013 the other way round.
    const { low, high } = pairedInterval(wins(7, 1, 13));
    expect(low).toBeCloseTo(0.013, 3);
    expect(high).toBeCloseTo(0.508, 3);
  });

  it("stays within [-1, 1] and holds the difference", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }),
        (d) => {
          const { low, high } = pairedInterval(d);
          expect(low).toBeGreaterThanOrEqual(-1);
          expect(high).toBeLessThanOrEqual(1);
          const mean = d.reduce((a, b) => a + b, 0) / d.length;
          expect(low).toBeLessThanOrEqual(mean);
          expect(high).toBeGreaterThanOrEqual(mean);
        },
      ),
    );
  });
});

describe("holmAdjusted", () => {
  it("multiplies the smallest by the number of tests, the next by one less, and never goes down", () => {
    // By hand, sorted: .01·4 = .04, .02·3 = .06, .03·2 = .06, .04·1 raised to .06.
    expect(holmAdjusted([0.03, 0.01, 0.04, 0.02])).toEqual([0.06, 0.04, 0.06, 0.06]);
  });

  it("leaves a pair without a test out of the count", () => {
    expect(holmAdjusted([0.02, Number.NaN, 0.5])).toEqual([0.04, Number.NaN, 0.5]);
  });

  it("is never below the raw value nor above 1, and keeps the order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 }), (p) => {
        const adjusted = holmAdjusted(p);
        adjusted.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual(p[i]!);
          expect(value).toBeLessThanOrEqual(1);
        });
        const inOrder = p.map((raw, i) => ({ raw, value: adjusted[i]! })).toSorted((a, b) => a.raw - b.raw);
        inOrder.slice(1).forEach(({ value }, i) => expect(value).toBeGreaterThanOrEqual(inOrder[i]!.value));
      }),
    );
  });
});

/** Three items of one score, each asked three times. */
const epochs = (model: string, score: number) =>
  itemRows(model, "f", [score, score, score]).flatMap((row) => [0, 1, 2].map((epoch) => ({ ...row, epoch })));

const odd = (name: string) => HOSTILE_NAMES.findIndex((hostile) => hostile === name) % 2;

describe("pairedDifferences", () => {
  it("compares every pair of models in every facet on the items that both were scored on", () => {
    const rows = [
      ...itemRows("a", "f", [1, 1, 1, 1, 1, null]),
      ...itemRows("b", "f", [0, 0, 0, 0, 0, 1]),
      ...itemRows("a", "g", [1]),
      ...itemRows("b", "g", [1]),
    ];
    const [f, g] = toRecords(pairedDifferences(rows));
    expect(f).toMatchObject({
      facet: "f",
      a: "a",
      b: "b",
      difference: 1,
      n: 5,
      p: 1 / 32,
      pUnadjusted: 1 / 32,
    });
    expect(g).toMatchObject({ facet: "g", difference: 0, n: 1, p: 1 });
  });

  it("adjusts p over the pairs of one facet", () => {
    const rows = [
      ...itemRows("a", "f", [1, 1, 1, 1, 1, 1]),
      ...itemRows("b", "f", [0, 0, 0, 0, 0, 0]),
      ...itemRows("c", "f", [1, 1, 1, 0, 0, 0]),
    ];
    const pairs = toRecords(pairedDifferences(rows));
    expect(pairs.map((pair) => [pair.a + pair.b, pair.pUnadjusted, pair.p])).toEqual([
      ["ab", 1 / 64, 3 / 64],
      ["ac", 1 / 8, 1 / 4],
      ["bc", 1 / 8, 1 / 4],
    ]);
  });

  it("takes an item's mean over its epochs, so that repeats find nothing that items do not", () => {
    const [pair] = toRecords(pairedDifferences([...epochs("a", 1), ...epochs("b", 0)]));
    expect(pair).toMatchObject({ difference: 1, n: 3, p: 1 / 8 });
    const [turned] = toRecords(pairedDifferences([...epochs("a", 0), ...epochs("b", 1)]));
    expect(turned).toMatchObject({ difference: -1, n: 3, p: 1 / 8 });
  });

  it("has no numbers for a pair without a shared item", () => {
    const rows = [
      ownRow({ model: "a", facet: "f", task: "x" }),
      ownRow({ model: "b", facet: "f", task: "y" }),
      ownRow({ model: "c", facet: "f", task: "x", score: null }),
    ];
    expect(toRecords(pairedDifferences(rows))).toHaveLength(3);
    expect(toRecords(pairedDifferences(rows))[0]).toEqual({
      facet: "f",
      a: "a",
      b: "b",
      difference: null,
      low: null,
      high: null,
      p: null,
      pUnadjusted: null,
      n: 0,
    });
  });

  it("does not pair answers to different wordings of one task", () => {
    const rows = [
      ownRow({ model: "a", facet: "f", prompt: "before" }),
      ownRow({ model: "b", facet: "f", prompt: "after" }),
    ];
    expect(toRecords(pairedDifferences(rows))[0]?.n).toBe(0);
  });

  it("leaves external scores out: they name no items", () => {
    expect(toRecords(pairedDifferences([scoreRow("a", "f", 1), scoreRow("b", "f", 0)]))).toEqual([]);
  });

  it("keeps models with hostile names apart", () => {
    const rows = HOSTILE_NAMES.flatMap((model, i) => itemRows(model, "__proto__", [Number(i % 2 === 0), 1]));
    const pairs = toRecords(pairedDifferences(rows));
    expect(pairs).toHaveLength((HOSTILE_NAMES.length * (HOSTILE_NAMES.length - 1)) / 2);
    for (const pair of pairs) {
      expect(pair.difference).toBe((odd(pair.b) - odd(pair.a)) / 2);
    }
  });

  it("takes 150,000 items, graded", () => {
    const random = seeded(12);
    const scores = Array.from({ length: 150_000 }, () => random());
    const rows = [...itemRows("a", "f", scores), ...itemRows("b", "f", scores.toReversed())];
    const [pair] = toRecords(pairedDifferences(rows));
    expect(pair).toMatchObject({ n: 150_000, p: 1 });
    expect(pair!.difference).toBeCloseTo(0, 12);
  });

  it("keeps its level: of pairs of equally able models, at most 5 % differ", () => {
    const random = seeded(11);
    const rows = Array.from({ length: 1500 }, (_, facet) =>
      ["a", "b"].flatMap((model) =>
        itemRows(
          model,
          `f${facet}`,
          Array.from({ length: 12 }, () => Number(random() < 0.5)),
        ),
      ),
    ).flat();
    const differing = toRecords(pairedDifferences(rows)).filter((pair) => pair.p! <= 0.05);
    expect(differing.length / 1500).toBeLessThanOrEqual(0.055);
  });
});

describe("compareModels", () => {
  const rows = [
    ...itemRows("a", "f", [1, 1, 0, 1]),
    ...itemRows("b", "f", [0, 1, 0, 0]),
    ...itemRows("c", "f", [0, 0, 0, 0]),
    ...itemRows("a", "g", [1]),
    ...itemRows("c", "h", [1]),
  ];

  it("tells of two models what pairedDifferences does, where both were asked, and of how many pairs they are one", () => {
    const [pair] = toRecords(pairedDifferences(rows));
    const { difference, low, high, pUnadjusted, n } = pair!;
    expect(compareModels(rows, "a", "b")).toEqual([
      { facet: "f", difference, low, high, pUnadjusted, n, pairs: 3 },
    ]);
    expect(compareModels(rows, "b", "a")[0]!.difference).toBe(-difference!);
  });

  it("tells nothing where one was not asked", () => {
    expect(compareModels(rows.slice(-2), "a", "c")).toEqual([]);
  });
});
