import { describe, expect, it } from "vitest";
import { combineScores, facetMeans, toRecords } from "../../lib/table/index.js";
import { itemRows, ownRow, scoreRow } from "./rows.js";

const simulated = itemRows("sim", "f", [1, 0, 1]).map((row) => ({ ...row, provider: "Simulated panel" }));
const lost = ownRow({ model: "sim", facet: "f", score: null, outcome: "failed", provider: null });
const real = itemRows("real", "f", [1, 0]);
const external = [scoreRow("ext", "f", 0.5)];

describe("combineScores", () => {
  it("puts external scores after our own rows", () => {
    expect(combineScores(real, external)).toEqual({
      rows: [...real, ...external],
      note: null,
    });
  });

  it("keeps simulated rows that stand alone, and what is made of them is simulated", () => {
    const combined = combineScores([...simulated, lost]);
    expect(combined).toEqual({ rows: [...simulated, lost], note: null });
    expect(toRecords(facetMeans(combined.rows))).toMatchObject([{ simulated: true, n: 3, failed: 1 }]);
  });

  it.each([
    { what: "external scores", rows: [...simulated, lost], others: external, kept: external },
    { what: "real answers", rows: [...simulated, lost, ...real], others: [], kept: real },
  ])(
    "leaves the simulated out beside $what, failed ones included, and says how many",
    ({ rows, others, kept }) => {
      expect(combineScores(rows, others)).toEqual({
        rows: kept,
        note: expect.stringMatching(/^4 simulated answers of 1 model left out/) as string,
      });
    },
  );

  it("knows simulated rows that were exported and loaded again, and leaves them out beside real ones", () => {
    const reloaded = { ...scoreRow("sim", "f", 1), simulated: true } as const;
    expect(combineScores([], [reloaded])).toEqual({ rows: [reloaded], note: null });
    expect(combineScores(real, [reloaded]).rows).toEqual(real);
  });

  it("does not take rows that nobody answered for real scores", () => {
    const unreached = ownRow({ model: "real", facet: "f", score: null, outcome: "failed", provider: null });
    const combined = combineScores([...simulated, unreached]);
    expect(combined).toEqual({ rows: [...simulated, unreached], note: null });
  });

  it("keeps what somebody else answered for a model that the panel plays, too", () => {
    const played = itemRows("sim", "f", [1]);
    const elsewhere = [scoreRow("sim", "f", 0.5)];
    const unreached = ownRow({ model: "real", facet: "f", score: null, outcome: "failed", provider: null });
    const combined = combineScores([...simulated, ...played, unreached], elsewhere);
    expect(combined.rows).toEqual([...played, unreached, ...elsewhere]);
  });

  it("keeps rows that nobody answered when no simulated model is there", () => {
    const unreached = ownRow({ model: "real", facet: "f", score: null, outcome: "failed", provider: null });
    expect(combineScores([unreached], external).rows).toEqual([unreached, ...external]);
  });

  it("refuses to aggregate nothing, in the seed's words", () => {
    expect(() => combineScores([])).toThrow(
      "No results to aggregate. Run the cells above or load external evals.",
    );
    expect(() => combineScores([], [], ["a.csv: no scores", "b.csv: empty"])).toThrow(
      /^a\.csv: no scores\nb\.csv: empty$/,
    );
  });
});
