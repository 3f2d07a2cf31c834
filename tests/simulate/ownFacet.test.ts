import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openRouter } from "../../lib/client/index.js";
import { evaluateModels } from "../../lib/eval/index.js";
import { completion, mishapOf } from "../../lib/simulate/completion.js";
import { simulatedPanel } from "../../lib/simulate/index.js";
import { isRight, simulatedModels } from "../../lib/simulate/models.js";
import { facetMeans, pointsOf, wideTable } from "../../lib/table/index.js";
import { FACETS, itemStatistics, questionBank, TASKS } from "../../lib/tasks/index.js";
import { fitSurface } from "../../lib/spline/index.js";
import type { Task } from "../../lib/tasks/types.js";

const folder = mkdtempSync(join(tmpdir(), "facet-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Twenty questions on geography as a reader writes them into a spreadsheet, in four of the ways to say what is right. */
const CITIES =
  "Spain Madrid,Italy Rome,Austria Vienna,Norway Oslo,Portugal Lisbon,Ireland Dublin,Greece Athens,Japan Tokyo";
const table = [
  "facet,name,prompt,difficulty,answer,includes,exact,choice,choices",
  ...CITIES.split(",").map((pair, i) => {
    const [country, city] = pair.split(" ") as [string, string];
    return `geography,${country},Which city is the capital of ${country}?,${1 + (i % 3)},,${city},,,`;
  }),
  ...[3, 5, 7, 9].map((n) => `geography,km${n},"How many metres are ${n} km, please?",1,${n * 1000},,,,`),
  ...["north", "south", "east", "west"].map(
    (way) => `geography,${way},Say ${way} in capitals only.,2,,,${way.toUpperCase()},,`,
  ),
  ...["A", "B", "C", "D"].map(
    (letter) => `geography,river ${letter},Which is a river? (${letter}),3,,,,${letter},Nile|Po|Ebro|Don`,
  ),
].join("\n");

const MODELS = 12;

const runOf = async (questions: readonly Task[]) => {
  const panel = await simulatedPanel({ tasks: questions, models: MODELS, latencyMs: 0 });
  const run = await evaluateModels(panel.specs, { client: openRouter(panel), tasks: questions });
  await panel.close();
  return { rows: run.rows, note: panel.note };
};

describe("a fifth facet from a table of twenty questions", () => {
  it(
    "is asked of the simulated panel, scored, averaged and drawn like the four",
    { timeout: 60_000 },
    async () => {
      const file = join(folder, "geography.csv");
      writeFileSync(file, table);
      const questions = await questionBank({ perFacet: 20, files: [file] });
      const own = questions.filter(({ facet }) => facet === "geography");
      expect([questions.length, own.length]).toEqual([100, 20]);

      const { rows, note } = await runOf([...own, ...TASKS.slice(0, 6)]);
      expect(note.split("\n")).toHaveLength(1);
      const asked = rows.filter(({ facet }) => facet === "geography");
      expect(asked).toHaveLength(MODELS * 20);
      expect(asked.filter(({ outcome }) => outcome === "scored").length).toBeGreaterThan(MODELS * 20 * 0.95);

      const wide = wideTable(facetMeans(rows));
      const points = pointsOf(wide, "reasoning", "instruction", "geography")!;
      expect(points.z).toHaveLength(MODELS);
      expect(new Set(Array.from(points.z)).size).toBeGreaterThan(5);
      expect(Number.isFinite(fitSurface(points).predict(0.5, 0.5).z)).toBe(true);
      expect(itemStatistics(asked)).toHaveLength(20);
    },
  );
});

const variance = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
};

/** Cronbach's α (1951) of models × items. */
function alpha(scores: readonly (readonly number[])[]): number {
  const items = scores[0]!.map((_, i) => variance(scores.map((row) => row[i]!)));
  const total = variance(scores.map((row) => row.reduce((sum, score) => sum + score, 0)));
  return (items.length / (items.length - 1)) * (1 - items.reduce((sum, one) => sum + one, 0) / total);
}

describe("forty questions a facet of the library's bank", () => {
  it.each(FACETS)("tell simulated models apart in %s: Cronbach's α is at least .85", async (facet) => {
    const questions = (await questionBank({ perFacet: 40 })).filter((one) => one.facet === facet);
    const models = simulatedModels(24, 1);
    const scores = models.map((model) => questions.map((one) => Number(isRight(model, one, 0, questions))));
    expect(alpha(scores)).toBeGreaterThanOrEqual(0.85);
    const shares = [1, 2, 3].map((grade) => {
      const graded = scores.flatMap((row) => row.filter((_, i) => questions[i]!.difficulty === grade));
      return graded.reduce((sum, score) => sum + score, 0) / graded.length;
    });
    expect(shares[0]).toBeGreaterThan(shares[1]! + 0.05);
    expect(shares[1]).toBeGreaterThan(shares[2]! + 0.05);
  });

  it.each(FACETS.filter((facet) => facet !== "coding"))(
    "are answered in %s as they are meant",
    async (facet) => {
      const questions = (await questionBank({ perFacet: 40 })).filter((one) => one.facet === facet);
      const panel = simulatedModels(3, 1);
      for (const one of questions)
        for (const model of panel) {
          if (mishapOf(model.luck, one.prompt) !== null) continue;
          const body = { prompt: one.prompt, tools: one.tools ?? [], maxTokens: null };
          const { content, toolCalls } = completion(body, model, one, 0, questions);
          const text = toolCalls.length > 0 ? JSON.stringify({ tool_calls: toolCalls }) : (content ?? "");
          // oxlint-disable-next-line no-await-in-loop -- one after the other, so that a failure names its question
          const outcome = await one.scorer(text, one.expected);
          const value = Number(isRight(model, one, 0, questions));
          expect({ name: one.name, outcome }).toMatchObject({ name: one.name, outcome: { value } });
        }
    },
  );
});
