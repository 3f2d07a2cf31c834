import { describe, expect, it } from "vitest";
import { facetReliability } from "../../lib/report/facetReliability.js";

const mean = (facet: string, score: number | null, unscored = 0) => ({
  model: "m",
  facet,
  score,
  low: null,
  high: null,
  n: 3,
  unscored,
  failed: 1,
});
const row = { facet: "coding", n: 9, unscored: 0, precision: 1, recall: 1 };
const beside = { besideAccuracy: null, besideBias: null };
const audit = [
  { ...row, task: "add_func", accuracy: 0.5, bias: 0.1, ...beside },
  { ...row, task: "all", accuracy: 0.9, bias: -0.02, ...beside },
];

describe("a facet's reliability", () => {
  it("stands beside the mean over the models that have a score", () => {
    const [coding] = facetReliability(
      [mean("coding", 1), mean("coding", 0.5), mean("coding", null, 2)],
      audit,
    );
    expect(coding).toEqual({
      facet: "coding",
      models: 2,
      mean: 0.75,
      unscored: 2,
      failed: 3,
      scorerAccuracy: 0.9,
      scorerBias: -0.02,
    });
  });

  it("is missing, not 0, where there is no score or no audit", () => {
    expect(facetReliability([mean("mathematics", null)], audit)[0]).toMatchObject({
      mean: null,
      scorerAccuracy: null,
      scorerBias: null,
    });
  });

  it("says that it is of simulated models where the means do", () => {
    const simulated = { ...mean("coding", 1), simulated: true } as const;
    expect(facetReliability([simulated], audit)).toMatchObject([{ simulated: true }]);
    expect(facetReliability([mean("coding", 1)], audit)[0]).not.toHaveProperty("simulated");
  });
});
