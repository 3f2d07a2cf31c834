import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  auditScorers,
  FACETS,
  loadLabelled,
  scoreLabelled,
  TASKS,
  withSeedScorers,
} from "../../lib/tasks/index.js";

const fresh = fileURLToPath(new URL("freshAnswers.jsonl", import.meta.url));
const facetOf = (rows: Awaited<ReturnType<typeof auditScorers>>, facet: string) =>
  rows.find((row) => row.facet === facet && row.task === "all")!;

describe.each([
  ["the labelled answers", undefined],
  ["further answers, written without those in view", fresh],
])("on %s", (_, path) => {
  it("agrees with people on at least 97 of 100, debatable ones left out", async () => {
    expect(facetOf(await auditScorers(await loadLabelled(path)), "all").accuracy).toBeGreaterThanOrEqual(
      0.97,
    );
  });

  it.each(FACETS)(
    "agrees in %s on at least 93 of 100, leaves few open, and leans neither way by more than .03",
    async (facet) => {
      const row = facetOf(await auditScorers(await loadLabelled(path)), facet);
      expect(row.n).toBeGreaterThan(30);
      expect(row.accuracy).toBeGreaterThanOrEqual(0.93);
      expect(row.unscored / (row.n + row.unscored)).toBeLessThan(0.05);
      expect(Math.abs(row.bias!)).toBeLessThanOrEqual(0.03);
    },
  );

  it("leaves at most one in a hundred of the answers that people call correct without a score", async () => {
    const correct = (await scoreLabelled(await loadLabelled(path))).filter((row) => row.correct);
    const open = correct.filter((row) => row.agrees === null);
    expect(open.length / correct.length).toBeLessThanOrEqual(0.01);
  });
});

/** Debatable answers are left out unless they are called undisputed. */
const undisputed = (labelled: Awaited<ReturnType<typeof loadLabelled>>) =>
  labelled.map((answer) => ({ ...answer, debatable: false }));

describe("the seed's heuristics", () => {
  it("give every answer the score that the original's Python gives it", async () => {
    const golden = JSON.parse(
      readFileSync(new URL("../golden/scorers/seed_scores.json", import.meta.url), "utf8"),
    ) as Record<string, number>;
    const labelled = undisputed([...(await loadLabelled()), ...(await loadLabelled(fresh))]);
    const scored = await scoreLabelled(labelled, { tasks: withSeedScorers(TASKS) });
    const scores = scored.map(({ id, outcome }) => [
      id,
      outcome.kind === "scored" ? outcome.value : outcome.kind,
    ]);
    expect(Object.fromEntries(scores)).toEqual(golden);
  });

  it("agree with people on some 60 % of the labelled answers, far fewer than the scorers here", async () => {
    const { accuracy } = facetOf(
      await auditScorers(undisputed(await loadLabelled()), { tasks: withSeedScorers(TASKS) }),
      "all",
    );
    expect(accuracy).toBeGreaterThan(0.55);
    expect(accuracy).toBeLessThan(0.65);
  });
});
