import { describe, expect, it } from "vitest";
import { correlationFigure, facetBars, surfaceViews } from "../../lib/plot/index.js";
import { isSimulated, SIMULATED_PANEL } from "../../lib/shared/provenance.js";
import { fitSurface } from "../../lib/spline/index.js";
import {
  facetCorrelations,
  facetMeans,
  pairedDifferences,
  pointsOf,
  toRecords,
  wideTable,
  withComposite,
} from "../../lib/table/index.js";
import type { Frame } from "../../lib/table/index.js";
import { itemRows, scoreRow } from "./rows.js";

const FACETS = ["x", "y", "z"];
const real = ["a", "b", "c"].flatMap((model, m) =>
  FACETS.flatMap((facet, f) => itemRows(model, facet, [1, Number(m > 0), Number(f > m)])),
);
const simulated = real.map((row) => ({ ...row, provider: SIMULATED_PANEL }));

const means = facetMeans(simulated);
const wide = wideTable(means);
const composite = withComposite(wide, "sum", (row) => row["x"]! + row["y"]!);
const frames = {
  facetMeans: means,
  wideTable: wide,
  withComposite: composite,
  pairedDifferences: pairedDifferences(simulated),
  facetCorrelations: facetCorrelations(wide),
};
const realFrames = {
  facetMeans: facetMeans(real),
  wideTable: wideTable(facetMeans(real)),
  pairedDifferences: pairedDifferences(real),
  facetCorrelations: facetCorrelations(wideTable(facetMeans(real))),
};

describe("tables of simulated models", () => {
  it.each(Object.entries(frames))("%s says of every row that it is simulated", (_, frame) => {
    const records = "columns" in frame ? toRecords(frame as Frame) : frame;
    expect(records.length).toBeGreaterThan(0);
    expect(records.map((record) => record["simulated"])).toEqual(records.map(() => true));
  });

  it.each(Object.entries(realFrames))("%s of real scores has no such column", (_, frame) => {
    const records = "columns" in frame ? toRecords(frame as Frame) : frame;
    expect(records.filter((record) => "simulated" in record)).toEqual([]);
  });

  it("takes the mark from scores that were exported and loaded again", () => {
    const reloaded = facetMeans([{ ...scoreRow("m", "f", 1), simulated: true }]);
    expect(toRecords(reloaded)).toMatchObject([{ simulated: true }]);
  });

  it.each([
    ["query", wide.query(wide.column("x").gt(0.5))],
    ["sortValues", wide.sortValues("x", { ascending: false })],
    ["head", wide.head(2)],
    ["loc", wide.loc({ columns: ["model", "x", "y", "z", "simulated"] })],
    ["addColumn", wide.addColumn("own", [0.1, 0.2, 0.3])],
  ])("keep the mark through danfojs' own %s, down to the surface", (_, frame) => {
    const points = pointsOf(
      withComposite(frame!, "w", (row) => row["x"]!),
      "x",
      "y",
      "w",
    );
    expect(points).toMatchObject({ simulated: true });
    expect(fitSurface(points!).simulated).toBe(true);
  });

  it("are not said to be simulated when the models are real", () => {
    expect(pointsOf(wideTable(facetMeans(real)), "x", "y", "z")).toMatchObject({ simulated: false });
  });

  it("have no facet of that name", () => {
    const named = facetCorrelations(composite).flatMap(({ x, y }) => [x, y]);
    expect(new Set(named)).toEqual(new Set([...FACETS, "sum"]));
    const said: string[] = [];
    expect(pointsOf(wide, "x", "y", "simulated", (line) => said.push(line))).toBeNull();
    expect(said.join()).toMatch(/No scores for simulated; .* scores for x, y, z\.$/);
    expect(() => withComposite(wide, "v", (row) => row["simulated"]!)).toThrow('no column "simulated"');
    expect(() => wideTable(facetMeans(simulated.map((row) => ({ ...row, facet: "simulated" }))))).toThrow(
      /cannot be called "simulated"/,
    );
  });

  it("leave a real facet of that name alone", () => {
    const odd = wideTable(
      facetMeans(real.map((row) => (row.facet === "x" ? { ...row, facet: "simulated" } : row))),
    );
    expect(pointsOf(odd, "simulated", "y", "z")).toMatchObject({ simulated: false });
    expect(pointsOf(odd, "simulated", "y", "z")!.x).toHaveLength(3);
    expect(facetCorrelations(odd)).toHaveLength(3);
  });
});

describe("facets that a model judged", () => {
  const JUDGED = "y judged by wise/judge";
  const rows = ["a", "b", "c", "d"].flatMap((model, m) =>
    FACETS.flatMap((facet, f) =>
      itemRows(model, facet, [1, Number(m > 1), Number((f + m) % 2)]).map((row) =>
        facet === "y" ? { ...row, judge: "wise/judge" } : row,
      ),
    ),
  );
  const judged = wideTable(facetMeans(rows));

  it("are named, with the model, in every table made of them, down to the surface and its caption", () => {
    expect(toRecords(facetMeans(rows)).map((record) => record.judged)).toEqual(Array(12).fill(JUDGED));
    expect(facetCorrelations(judged).map((record) => record.judged)).toEqual(Array(3).fill(JUDGED));
    const surface = fitSurface(
      pointsOf(
        withComposite(judged, "sum", (row) => row["x"]! + row["y"]!),
        "x",
        "z",
        "sum",
      )!,
    );
    const figures = [
      ...surfaceViews(surface, { x: "x", y: "z", z: "sum" }),
      facetBars(facetMeans(rows)),
      correlationFigure(judged),
    ];
    expect(
      figures.map(({ caption }) => caption).filter((caption) => !caption.includes(`${JUDGED}.`)),
    ).toEqual([]);
  });

  it("are none where no model judged, whatever a facet is called", () => {
    const odd = rows.map(({ judge: _judge, ...row }) =>
      row.facet === "y" ? { ...row, facet: "judged" } : row,
    );
    expect(pointsOf(wideTable(facetMeans(odd)), "x", "judged", "z")).not.toHaveProperty("judged");
    expect(() => wideTable(facetMeans([...rows, ...odd]))).toThrow(/cannot be called "judged"/);
    expect(facetBars(facetMeans(odd)).caption).not.toContain("judged by");
  });
});

describe("isSimulated", () => {
  it("is true of a list as soon as one of it comes from the panel, and of what says so itself", () => {
    expect(isSimulated([...real, ...simulated])).toBe(true);
    expect(isSimulated([...real, scoreRow("m", "f", 1)])).toBe(false);
    expect(isSimulated([{ ...scoreRow("m", "f", 1), simulated: true }])).toBe(true);
    expect(isSimulated(fitSurface(pointsOf(wide, "x", "y", "z")!))).toBe(true);
  });
});
