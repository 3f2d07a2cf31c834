import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { facetMeans, toRecords, wideTable, withComposite } from "../../lib/table/index.js";
import { columnsOf, makeFrame, numberColumn } from "../../lib/table/frame.js";
import { HOSTILE_NAMES, ownRow, scoreRow } from "./rows.js";

const means = facetMeans([
  scoreRow("a", "reasoning", 0.5),
  scoreRow("b", "coding", 0.25),
  scoreRow("a", "coding", 1),
]);

describe("wideTable", () => {
  it("has one row a model and one column a facet, in order of first appearance", () => {
    const wide = wideTable(means);
    expect(wide.columns).toEqual(["model", "reasoning", "coding"]);
    expect(toRecords(wide)).toEqual([
      { model: "a", reasoning: 0.5, coding: 1 },
      { model: "b", reasoning: null, coding: 0.25 },
    ]);
  });

  it("leaves a missing score missing: danfojs' mean of the column leaves it out, and does not take 0", () => {
    expect(wideTable(means).column("reasoning").mean()).toBe(0.5);
  });

  it("keeps a model none of whose answers was scored, without a score", () => {
    const wide = wideTable(facetMeans([ownRow({ model: "m", facet: "f", score: null })]));
    expect(toRecords(wide)).toEqual([{ model: "m", f: null }]);
  });

  it("refuses two means of one model and facet", () => {
    const twice = makeFrame(
      [...columnsOf("string", "model", "facet"), ...columnsOf("float32", "score")],
      [
        ["m", "f", 1],
        ["m", "f", 0],
      ],
    );
    expect(() => wideTable(twice)).toThrow('wideTable: model "m" has two means for facet "f"; wanted one.');
  });

  it('refuses a facet called "model", which is the column of names', () => {
    expect(() => wideTable(facetMeans([scoreRow("m", "model", 1)]))).toThrow(/cannot be called "model"/);
  });

  it("holds every score under its own names, however hostile they are", () => {
    const name = fc.oneof(fc.constantFrom(...HOSTILE_NAMES), fc.string({ maxLength: 4 }));
    const facet = name.filter((text) => text !== "model");
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(name, facet, fc.double({ min: 0, max: 1, noNaN: true })), {
          selector: ([model, facetName]) => JSON.stringify([model, facetName]),
          maxLength: 30,
        }),
        (scores) => {
          const rows = scores.map(([model, facetName, score]) => scoreRow(model, facetName, score));
          const wide = wideTable(facetMeans(rows));
          const records = toRecords(wide);
          for (const row of rows) {
            const own = records.filter((record) => record.model === row.model);
            expect(
              own.map((record) => Object.entries(record).find(([key]) => key === row.facet)?.[1]),
            ).toEqual([row.score]);
          }
          const present = records.flatMap((record) =>
            Object.values(record).filter((cell) => typeof cell === "number"),
          );
          expect(present).toHaveLength(rows.length);
        },
      ),
    );
  });

  it.each(HOSTILE_NAMES)("keeps the frame whole with a facet called %j", (facet) => {
    const wide = wideTable(facetMeans([scoreRow("m", facet, 0.25), scoreRow("m", "other", 0.5)]));
    expect(wide.shape).toEqual([1, 3]);
    expect([...numberColumn(wide, facet)]).toEqual([0.25]);
    expect(wide.column(facet).values).toEqual([0.25]);
    expect(wide.toString()).toContain("0.25");
  });
});

const nameOf: (row: { readonly model: string }) => unknown = (row) => row.model;

describe("withComposite", () => {
  const wide = wideTable(means);

  it("adds a column computed from the others and leaves the table as it was", () => {
    const composite = withComposite(wide, "both", (row) => (row["reasoning"]! + row["coding"]!) / 2);
    expect(toRecords(composite)).toEqual([
      { model: "a", reasoning: 0.5, coding: 1, both: 0.75 },
      { model: "b", reasoning: null, coding: 0.25, both: null },
    ]);
    expect(wide.columns).toEqual(["model", "reasoning", "coding"]);
  });

  it("can be built on a composite", () => {
    const once = withComposite(wide, "twice", (row) => 2 * row["coding"]!);
    const again = withComposite(once, "thrice", (row) => row["twice"]! + row["coding"]!);
    expect([...numberColumn(again, "thrice")]).toEqual([3, 0.75]);
  });

  it("tells the function the model's name", () => {
    const marked = withComposite(wide, "isB", (row) => Number(row.model === "b"));
    expect([...numberColumn(marked, "isB")]).toEqual([0, 1]);
  });

  it("leaves a result that is no finite number missing", () => {
    const divided = withComposite(wide, "odds", (row) => row["coding"]! / (1 - row["coding"]!));
    expect(toRecords(divided).map((row) => row["odds"])).toEqual([null, 0.25 / 0.75]);
  });

  it("names the columns there are when the function reads one that is not", () => {
    expect(() => withComposite(wide, "sum", (row) => row["codign"]!)).toThrow(
      'withComposite: no column "codign"; the columns are model, reasoning, coding.',
    );
  });

  it.each(["coding", "model"])("refuses the taken name %s", (name) => {
    expect(() => withComposite(wide, name, () => 1)).toThrow(`there is a column "${name}" already`);
  });

  it("refuses a function that returns no number", () => {
    expect(() => withComposite(wide, "wrong", nameOf as () => number)).toThrow(
      'withComposite: "wrong" in row 0 is string; wanted a number.',
    );
  });
});
