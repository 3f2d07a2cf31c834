import { describe, expect, expectTypeOf, it } from "vitest";
import { DataFrame } from "danfojs-node";
import {
  axesWithScores,
  facetCorrelations,
  facetMeans,
  pairedDifferences,
  pointsAmong,
  pointsOf,
  toRecords,
  wideData,
  wideTable,
} from "../../lib/table/index.js";
import type { FacetMean, PairedDifference, TableRecord } from "../../lib/table/index.js";
import { columnNames, columnsOf, makeFrame, numberColumn, textColumn } from "../../lib/table/frame.js";
import { itemRows, ownRow, scoreRow } from "./rows.js";

const wide = wideTable(
  facetMeans([
    ...["x", "y", "z", "unread"].map((facet, i) => scoreRow("full", facet, (i + 1) / 10)),
    ...["x", "y"].map((facet) => scoreRow("gap", facet, 0.9)),
    ...["x", "y", "z"].map((facet) => scoreRow("zero", facet, 0)),
    ownRow({ model: "zero", facet: "unasked", score: null }),
  ]),
);

describe("pointsOf", () => {
  it("gives the models that have all three scores, labelled with their names; a score of 0 is a score", () => {
    const points = pointsOf(wide, "x", "y", "z")!;
    expect(points.label).toEqual(["full", "zero"]);
    expect([...Array.from(points.x), ...Array.from(points.y), ...Array.from(points.z)]).toEqual([
      0.1, 0, 0.2, 0, 0.3, 0,
    ]);
  });

  it.each([
    [
      "which models lack a score",
      ["x", "y", "z"],
      false,
      "x/y/z: 1 of 3 models lacks a score and is left out: gap.",
    ],
    [
      "how many models lack a score",
      ["x", "y", "unread"],
      false,
      "x/y/unread: 2 of 3 models lack a score and are left out: gap, zero.",
    ],
    [
      "in the seed's words which column is missing, and gives null",
      ["x", "ethics", "z"],
      true,
      "Missing columns for x/ethics/z; skip. No scores for ethics; there are scores for x, y, z, unread, unasked.",
    ],
    [
      "that no answer of a facet was scored, and gives null",
      ["x", "y", "unasked"],
      true,
      "Missing columns for x/y/unasked; skip. No model has a score on all three.",
    ],
  ] as const)("says %s", (_, [x, y, z], isNull, said) => {
    const lines: string[] = [];
    expect(pointsOf(wide, x, y, z, (line) => lines.push(line)) === null).toBe(isNull);
    expect(lines).toEqual([said]);
  });

  it("takes a model's family from its name or from what is given, whatever the model is called", () => {
    const names = ["constructor", "toString", "__proto__", "valueOf"];
    const frame = wideTable(facetMeans(names.map((name) => scoreRow(name, "x", 0.5))));
    expect(pointsOf(frame, "x", "x", "x", () => {}, { valueOf: "mine" })!.family).toEqual([
      "constructor",
      "tostring",
      "proto",
      "mine",
    ]);
  });

  it("says nothing where no model is left out", () => {
    const lines: string[] = [];
    pointsOf(scores([[0.1, 0.2, 0.3]]), "f0", "f1", "f2", (line) => lines.push(line));
    expect(lines).toEqual([]);
  });

  it.each([
    ["ethics", "y", "z"],
    ["x", "ethics", "z"],
    ["x", "y", "ethics"],
  ] as const)("has none for %s, %s and %s where a column is missing", (x, y, z) => {
    expect(pointsAmong(wideData(wide), [x, y, z])).toBeNull();
  });

  it("gives one point for one model", () => {
    const one = wideTable(facetMeans([...itemRows("m", "x", [1]), ...itemRows("m", "y", [0])]));
    expect(Array.from(pointsOf(one, "x", "y", "x")!.z)).toEqual([1]);
  });
});

/** A wide table of one row a model. */
const scores = (values: readonly (readonly (number | null)[])[]) =>
  wideTable(
    facetMeans(
      values.flatMap((row, m) =>
        row.flatMap((score, f) => (score === null ? [] : [scoreRow(`m${m}`, `f${f}`, score)])),
      ),
    ),
  );

describe("facetCorrelations", () => {
  it("gives Pearson's r of every two facets with Fisher's interval and the number of models", () => {
    // r = 4 / sqrt(5 · 4), by hand from centred values.
    const pairs = facetCorrelations(
      scores([
        [0.1, 0.1],
        [0.2, 0.1],
        [0.3, 0.3],
        [0.4, 0.3],
      ]),
    );
    const [pair] = pairs;
    expect(pair).toMatchObject({ x: "f0", y: "f1", n: 4 });
    expect(pair?.r).toBeCloseTo(4 / Math.sqrt(20), 12);
    expect(pair?.high).toBeCloseTo(Math.tanh(Math.atanh(4 / Math.sqrt(20)) + 1.959964), 6);
  });

  it("has no interval below 4 models, and one as narrow as 1 / sqrt(n - 3) tells from there on", () => {
    const rows = [0.1, 0.3, 0.2, 0.5, 0.4, 0.6, 0.9].map((y, i) => [i / 10, y] as const);
    expect(facetCorrelations(scores(rows.slice(0, 3)))[0]).toMatchObject({
      r: expect.closeTo(0.5, 12) as number,
      low: null,
      high: null,
      n: 3,
    });
    const [pair] = facetCorrelations(scores(rows));
    const z = Math.atanh(pair!.r!);
    expect([pair!.low, pair!.high].map((bound) => Math.atanh(bound!) - z)).toEqual([
      expect.closeTo(-1.959964 / 2, 6),
      expect.closeTo(1.959964 / 2, 6),
    ]);
  });

  it("leaves a model out of the pairs it lacks a score for, and of no other", () => {
    const pairs = facetCorrelations(
      scores([
        [0.1, 0.1, 0.3],
        [0.2, 0.4, 0.2],
        [0.3, 0.9, 0.1],
        [0.9, null, 0.9],
      ]),
    );
    expect(pairs.map((pair) => pair.n)).toEqual([3, 4, 3]);
  });

  it("leaves r missing, not 0, where a facet does not vary or models are too few", () => {
    const constant = facetCorrelations(scores([0.1, 0.2, 0.3, 0.4].map((x) => [0.6, x, 0.7])));
    for (const pair of constant) expect(pair).toMatchObject({ r: null, low: null, high: null, n: 4 });
    const two = facetCorrelations(
      scores([
        [0.1, 0.2],
        [0.3, 0.4],
      ]),
    );
    expect(two[0]).toMatchObject({ r: null, n: 2 });
  });

  it("is 1 for a facet that is another one shifted, with the interval closed there", () => {
    const pairs = facetCorrelations(scores([0.1, 0.2, 0.3, 0.4, 0.5].map((x) => [x, x + 0.25])));
    expect(pairs[0]?.r).toBeCloseTo(1, 12);
  });
});

describe("toRecords", () => {
  it("is typed by the frame, and by the bare minimum for a frame of danfojs' own", () => {
    expectTypeOf(toRecords(facetMeans([]))).toEqualTypeOf<readonly FacetMean[]>();
    expectTypeOf(toRecords(pairedDifferences([]))).toEqualTypeOf<readonly PairedDifference[]>();
    expectTypeOf(toRecords(new DataFrame([]))).toEqualTypeOf<readonly TableRecord[]>();
    expect(toRecords(new DataFrame({ a: [1, Number.NaN], b: ["x", undefined] }))).toEqual([
      { a: 1, b: "x" },
      { a: null, b: null },
    ]);
  });
});

describe("makeFrame", () => {
  it("refuses a row of another length, whose values danfojs would shift into each other", () => {
    expect(() => makeFrame(columnsOf("float32", "a", "b"), [[1, 2], [2]])).toThrow(
      "makeFrame: rows[1] has 1 cells; wanted 2, one a column.",
    );
    expect(() => makeFrame(columnsOf("float32", "a"), [[]])).toThrow("rows[0] has 0 cells");
  });

  it("refuses two columns of one name", () => {
    expect(() => makeFrame(columnsOf("float32", "a", "a"), [[1, 1]])).toThrow(
      'makeFrame: two columns are named "a".',
    );
  });

  it("keeps names that look like numbers as text", () => {
    const frame = makeFrame(columnsOf("string", "model"), [["1"], ["2.5"], ["NaN"], [""]]);
    expect(textColumn(frame, "model")).toEqual(["1", "2.5", "NaN", ""]);
    expect([...numberColumn(frame, "model")]).toEqual([NaN, NaN, NaN, NaN]);
    expect(frame.dtypes).toEqual(["string"]);
  });

  it("names the columns there are when one is asked for that is not", () => {
    expect(() => textColumn(wide, "modle")).toThrow(
      'No column "modle"; the columns are model, x, y, z, unread, unasked.',
    );
    expect(columnNames(wide)).toEqual(["model", "x", "y", "z", "unread", "unasked"]);
  });
});

describe("axesWithScores", () => {
  const own = scores([[0.1, 0.2, 0.3, 0.4]]);
  const wanted = [
    ["reasoning", "coding", "tool_use"],
    ["f0", "f1", "f9"],
  ] as const;

  it("draws the table's own facets in turn where no wanted surface has its scores, and says so", () => {
    const said: string[] = [];
    expect(axesWithScores(own, wanted, (line) => said.push(line))).toEqual([
      ["f0", "f1", "f2"],
      ["f1", "f2", "f3"],
      ["f2", "f3", "f0"],
    ]);
    expect(said.join()).toMatch(/f0\/f1\/f2, f1\/f2\/f3, f2\/f3\/f0/);
    expect(axesWithScores(scores([[0.1, 0.2, 0.3]]), wanted)[2]).toEqual(["f2", "f0", "f1"]);
  });

  it.each([
    ["one of the wanted has its scores", own, [...wanted, ["f0", "f1", "f2"] as const]],
    ["there are fewer than three facets", scores([[0.1, 0.2]]), wanted],
  ])("leaves the wanted ones as they are where %s", (_, wide, axes) => {
    expect(axesWithScores(wide, axes)).toBe(axes);
  });
});
