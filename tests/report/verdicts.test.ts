import { describe, expect, it } from "vitest";
import { comparisonNote, leadersText } from "../../lib/report/index.js";
import { SIMULATED_PANEL } from "../../lib/shared/provenance.js";
import { pairedDifferences } from "../../lib/table/index.js";
import { itemRows } from "../table/rows.js";

/** Models of which the first is right on every item and the others on none. */
const panel = (models: number, facets: readonly string[], items: number) =>
  Array.from({ length: models }, (_, m) =>
    facets.flatMap((facet) =>
      itemRows(
        `m${m}`,
        facet,
        Array.from({ length: items }, () => Number(m === 0)),
      ),
    ),
  ).flat();

const noteOf = (rows: ReturnType<typeof panel>) => comparisonNote(pairedDifferences(rows));

describe("comparisonNote", () => {
  it("says that with 3 items a facet no two models can be told apart, and the p of the clearest outcome", () => {
    expect(noteOf(panel(4, ["f", "g"], 3))).toMatch(/3 items .*no two models.*p = 0\.125\.$/);
  });

  it("says how many items the correction for many pairs would take", () => {
    // 2^-6, 0.05 / 276, and 2^-13 < 0.05 / 276 < 2^-12.
    expect(noteOf(panel(24, ["f"], 6))).toMatch(
      /6 items .*no two models.* 0\.0156 .* 276 pairs .* 0\.000181\. 13 items/,
    );
  });

  it("counts the pairs that differ where some can, and the advice above is right: 13 items find one", () => {
    expect(noteOf(panel(24, ["f"], 13))).toMatch(/13 items .*23 of 276 pairs differ/);
  });

  it("names the facets where they are not alike", () => {
    const note = noteOf([...panel(2, ["few"], 3), ...panel(2, ["many"], 8)]);
    expect(note).toMatch(/^few: .*3 items .*no two models.* many: .*8 items .*1 of 1 pair differs/);
  });

  it.each([
    [1, 2, /^With 1 item a facet no two models .*: even all right against all wrong has p = 0\.5\.$/],
    [4, 2, /^With 4 items a facet no two models .* has p = 0\.0625\.$/],
    [5, 2, /^With 5 items a facet, 1 of 1 pair differs /],
    [5, 3, /^With 5 items a facet no two models .* 3 pairs .* 6 items would do\.$/],
    [6, 3, /^With 6 items a facet, 2 of 3 pairs differ /],
  ])("counts as readers do: %i items, %i models", (items, models, says) => {
    expect(noteOf(panel(models, ["f"], items))).toMatch(says);
  });

  it.each([
    [2, /, 0 of 1 pair differs /],
    [3, /, 0 of 3 pairs differ /],
  ])("finds nothing among %i models that are right on the same items", (models, says) => {
    const rows = Array.from({ length: models }, (_, m) => itemRows(`m${m}`, "f", Array(9).fill(1)));
    expect(noteOf(rows.flat())).toMatch(says);
  });

  it("says so when there is nothing to compare", () => {
    expect(noteOf(panel(1, ["f"], 3))).toMatch(/nothing to compare/);
  });

  it("says that the models are simulated where they are, and only there", () => {
    const rows = panel(2, ["f"], 3);
    expect(noteOf(rows.map((row) => ({ ...row, provider: SIMULATED_PANEL })))).toMatch(/^Simulated/);
    expect(noteOf(rows)).not.toMatch(/simulated/i);
  });
});

describe("the words for the best models", () => {
  it.each([
    [{ a: [0.5, 1], b: [0.5, 0.5] }, /^a scores .* all facets: 0\.75$/],
    [{ a: [1, 0.5], b: [0.5, 1] }, /^a and b score .* all facets: 0\.75$/],
    [{ a: [1, 1], b: [1, 1], c: [1, 1], d: [1, 1], e: [1, 1] }, /^a, b, c and 2 more score .*: 1\.00$/],
    // Right on the one facet that it has: no reason to be called the best.
    [{ half: [1], whole: [0.9, 0.8] }, /^whole scores .* all facets: 0\.85$/],
    [{ a: [1], b: [0.5], none: [] }, /^a scores .* that it has: 1\.00$/],
    [{ none: [] }, /^No facet means$/],
  ])("name all who share the first place (%j)", (scores, words) => {
    expect(leadersText(new Map(Object.entries(scores)), 2)).toMatch(words);
  });
});
