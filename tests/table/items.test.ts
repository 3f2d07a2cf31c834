import { describe, expect, it } from "vitest";
import { abilityCorrelation } from "../../lib/spline/index.js";
import { facetCorrelations, facetMeans, pointsOf, wideTable, withComposite } from "../../lib/table/index.js";
import { columnsOf, makeFrame } from "../../lib/table/frame.js";
import type { CompositeRow } from "../../lib/table/withComposite.js";
import { itemRows, scoreRow } from "./rows.js";

describe("the items behind a score", () => {
  const own = [
    ...itemRows("a", "x", [1, 0, 1]),
    ...itemRows("a", "y", [1, 1, 1, 0]),
    { ...scoreRow("a", "z", 0.25), n: 80 },
    ...itemRows("b", "x", [0, 0, 1]),
    scoreRow("b", "y", 0.5),
    { ...scoreRow("b", "z", 0.75), n: 40 },
  ];
  const wide = wideTable(facetMeans(own));

  it("travel from the rows to the points, own questions and external n alike; unknown ones are NaN", () => {
    const points = pointsOf(wide, "x", "y", "z")!;
    expect(Array.from(points.items!.x!)).toEqual([3, 3]);
    expect(Array.from(points.items!.y!)).toEqual([4, NaN]);
    expect(Array.from(points.items!.z!)).toEqual([80, 40]);
  });

  it("count questions, not their repeats", () => {
    const rows = [0, 1, 2].flatMap((epoch) =>
      ["x", "y", "z"].flatMap((facet) => itemRows("a", facet, [1, 0]).map((row) => ({ ...row, epoch }))),
    );
    const repeated = wideTable(facetMeans(rows));
    expect(Array.from(pointsOf(repeated, "x", "y", "z")!.items!.z!)).toEqual([2]);
  });

  it("are unknown as soon as one of several scores tells none", () => {
    const rows = ["x", "y", "z"].flatMap((facet) => [
      { ...scoreRow("m", facet, 0.5), n: 40 },
      ...(facet === "z" ? [scoreRow("m", facet, 0.7)] : []),
    ]);
    const { items } = pointsOf(wideTable(facetMeans(rows)), "x", "y", "z")!;
    expect(items).toEqual({ x: Float64Array.of(40), y: Float64Array.of(40) });
  });

  it("are no columns: the wide table has one a facet, and what danfojs derives from it counts as exact", () => {
    expect(wide.columns).toEqual(["model", "x", "y", "z"]);
    const derived = wide.query(wide.column("x").ge(0));
    expect(pointsOf(derived, "x", "y", "z")).not.toHaveProperty("items");
  });

  it("may be told by a frame's own column n", () => {
    const told = makeFrame(
      [...columnsOf("string", "model", "facet"), ...columnsOf("float32", "score", "n")],
      ["x", "y", "z"].map((facet, i) => ["m", facet, 0.5, i === 1 ? NaN : 7]),
    );
    const { items } = pointsOf(wideTable(told), "x", "y", "z")!;
    expect(items).toEqual({ x: Float64Array.of(7), z: Float64Array.of(7) });
  });

  it("of a mean of two facets are those of both together, by the error of the mean", () => {
    const itemsOf = (frame: typeof wide, name: string) =>
      Array.from(pointsOf(frame, "x", "y", name)!.items!.z!);
    const even = wideTable(
      facetMeans([
        { ...scoreRow("m", "x", 0.5), n: 10 },
        { ...scoreRow("m", "y", 0.5), n: 10 },
      ]),
    );
    const both = withComposite(even, "both", (row) => (row.x! + row.y!) / 2);
    expect(itemsOf(both, "both")).toEqual([expect.closeTo(20, 1)]);
    expect(itemsOf(both, "x")).toEqual([10]);
    const one = withComposite(even, "one", (row) => row.x!);
    expect(itemsOf(one, "one")).toEqual([expect.closeTo(10, 1)]);
    const unknown = withComposite(wide, "y2", (row) => row.y! ** 2);
    expect(itemsOf(unknown, "y2")).toEqual([expect.any(Number), NaN]);
    const known = withComposite(wide, "x2", (row) => row.x! ** 2);
    expect(itemsOf(known, "x2").every((count) => count > 0)).toBe(true);
  });

  it.each([0, 1])("of a composite that only stands from 0 to 1 are known at %i, too", (score) => {
    const edge = wideTable(facetMeans(["x", "y"].map((facet) => scoreRow("m", facet, score, 10))));
    const root = withComposite(edge, "root", ({ x }) => Math.sqrt(x! * (1 - x!)));
    expect(pointsOf(root, "x", "y", "root")!.items!.z![0]).toBeGreaterThan(0);
    const rest = withComposite(edge, "rest", ({ x }) => 1 - Math.sqrt(x! * (1 - x!)));
    expect(pointsOf(rest, "x", "y", "rest")!.items!.z![0]).toBeGreaterThan(0);
  });

  it.each<[string, (row: CompositeRow) => number]>([
    ["lies above 1", () => 1.5],
    ["lies below 0", ({ x }) => -x!],
    ["is computed from no score", () => 0.5],
  ])("of a composite that %s are unknown", (_, composite) => {
    const told = wideTable(facetMeans(["x", "y"].map((facet) => scoreRow("m", facet, 0.5, 10))));
    const { items } = pointsOf(withComposite(told, "own", composite), "x", "y", "own")!;
    expect(items).toEqual({ x: Float64Array.of(10), y: Float64Array.of(10) });
  });

  it("come with a word where z was computed from an axis, through composites of composites too", () => {
    const first = withComposite(wide, "first", (row) => (row.x! + row.z!) / 2);
    const second = withComposite(first, "second", (row) => row["first"]! ** 2);
    expect(pointsOf(second, "x", "y", "second")!.contains).toEqual(["x"]);
    expect(pointsOf(second, "y", "x", "second")!.contains).toEqual(["y"]);
    expect(pointsOf(second, "x", "y", "z")!.contains).toBeUndefined();
    expect(pointsOf(second, "x", "y", "x")!.contains).toEqual(["x"]);
  });

  it("give the correlation of the abilities beside that of the scores, and none where no score tells its items", () => {
    const scores = [0.2, 0.8, 0.4, 0.6, 0.2, 0.9, 0.1, 0.6, 0.4, 0.8];
    const noisy = [0.4, 0.6, 0.2, 0.8, 0.4, 0.8, 0.2, 0.4, 0.6, 0.9];
    const rowsOf = (n?: number) =>
      scores.flatMap((score, i) => [
        { ...scoreRow(`m${i}`, "x", score), ...(n === undefined ? {} : { n }) },
        { ...scoreRow(`m${i}`, "y", noisy[i]!), ...(n === undefined ? {} : { n }) },
      ]);
    const [counted] = facetCorrelations(wideTable(facetMeans(rowsOf(5))));
    expect(counted!.ability).toBeGreaterThan(counted!.r! + 0.02);
    const [many] = facetCorrelations(wideTable(facetMeans(rowsOf(5000))));
    expect(Math.abs(many!.ability! - many!.r!)).toBeLessThan(0.1);
    const [plain] = facetCorrelations(wideTable(facetMeans(rowsOf())));
    expect(plain).not.toHaveProperty("ability");
  });

  it("give the correlation of the abilities over the models whose two values are both from 0 to 1", () => {
    const rows = [0, 0.1, 0.2, 0.35, 0.5, 0.7, 0.9].flatMap((score, i) => [
      scoreRow(`m${i}`, "x", [0.3, 0.1, 0.5, 0.2, 0.6, 0.4, 0.8][i]!, 40),
      scoreRow(`m${i}`, "y", score),
    ]);
    const table = wideTable(facetMeans([...rows, scoreRow("lacks y", "x", 0.9, 40)]));
    const pairs = facetCorrelations(withComposite(table, "double", (row) => 2 * row.y!));
    const [x, double] = [Float64Array.of(0.3, 0.1, 0.5, 0.2, 0.6), Float64Array.of(0, 0.2, 0.4, 0.7, 1)];
    const items = { x: x.map(() => 40), y: x.map(() => NaN) };
    expect(pairs.map(({ y, n }) => [y, n])).toEqual([
      ["y", 7],
      ["double", 7],
      ["double", 7],
    ]);
    expect(pairs[1]!.ability).toBe(abilityCorrelation(x, double, items));
    expect(pairs[2]).not.toHaveProperty("ability");
  });

  it("bring the families along: those of the names, or those given", () => {
    const named = wideTable(
      facetMeans(
        ["gpt-5", "gpt-5-mini", "other"].flatMap((model) =>
          ["x", "y", "z"].map((facet) => scoreRow(model, facet, 0.5)),
        ),
      ),
    );
    expect(pointsOf(named, "x", "y", "z")!.family).toEqual(["gpt 5", "gpt 5", "other"]);
    expect(pointsOf(named, "x", "y", "z", () => {}, { other: "gpt 5" })!.family).toEqual([
      "gpt 5",
      "gpt 5",
      "gpt 5",
    ]);
  });
});
