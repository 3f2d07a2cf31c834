import { describe, expect, it } from "vitest";
import { facetReliability } from "../../lib/report/facetReliability.js";
import { SIMULATED_PANEL } from "../../lib/shared/provenance.js";
import { itemRows, ownRow, scoreRow } from "../table/rows.js";

const row = { facet: "coding", n: 9, unscored: 0, precision: 1, recall: 1 };
const beside = { besideAccuracy: null, besideBias: null };
const audit = [
  { ...row, task: "add_func", accuracy: 0.5, bias: 0.1, ...beside },
  { ...row, task: "all", accuracy: 0.9, bias: -0.02, ...beside },
];

describe("a facet's reliability", () => {
  it("stands beside the mean over the models that have a score", () => {
    const rows = [
      ...itemRows("a", "coding", [1, null]),
      ...itemRows("b", "coding", [0.5, 0.5]),
      ...itemRows("c", "coding", [null]),
      ownRow({ model: "c", facet: "coding", score: null, outcome: "failed" }),
    ];
    expect(facetReliability(rows, audit)).toEqual([
      {
        facet: "coding",
        scoredBy: "the scorers here",
        models: 2,
        mean: 0.75,
        unscored: 2,
        failed: 1,
        scorerAccuracy: 0.9,
        scorerBias: -0.02,
      },
    ]);
  });

  it("is missing, not 0, where there is no score or no audit", () => {
    expect(facetReliability(itemRows("m", "mathematics", [null]), audit)[0]).toMatchObject({
      mean: null,
      scorerAccuracy: null,
      scorerBias: null,
    });
  });

  it("never stands beside what somebody else scored: scores from files name their files instead", () => {
    const source = "/some/where/livebench.csv · coding, accuracy";
    const external = [0.2, 0.4].map((score, i) => ({ ...scoreRow(`m${i}`, "coding", score), source }));
    const theirs = { facet: "coding", scoredBy: "livebench.csv", models: 2, mean: 0.3 };
    expect(facetReliability(external, audit)).toEqual([{ ...theirs, mean: expect.closeTo(0.3, 9) }]);
    const both = facetReliability([...external, ...itemRows("own", "coding", [1])], audit);
    expect(both.map(({ scoredBy, mean, scorerAccuracy }) => [scoredBy, mean, scorerAccuracy])).toEqual([
      ["the scorers here", 1, 0.9],
      ["livebench.csv", expect.closeTo(0.3, 9), undefined],
    ]);
  });

  it("says that it is of simulated models where the rows do", () => {
    const simulated = ownRow({ model: "m", facet: "coding", provider: SIMULATED_PANEL });
    expect(facetReliability([simulated], audit)).toMatchObject([{ simulated: true }]);
    expect(facetReliability(itemRows("m", "coding", [1]), audit)[0]).not.toHaveProperty("simulated");
  });
});
