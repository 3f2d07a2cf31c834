import { describe, expect, it } from "vitest";
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

describe("isSimulated", () => {
  it("is true of a list as soon as one of it comes from the panel, and of what says so itself", () => {
    expect(isSimulated([...real, ...simulated])).toBe(true);
    expect(isSimulated([...real, scoreRow("m", "f", 1)])).toBe(false);
    expect(isSimulated([{ ...scoreRow("m", "f", 1), simulated: true }])).toBe(true);
    expect(isSimulated(fitSurface(pointsOf(wide, "x", "y", "z")!))).toBe(true);
  });
});
