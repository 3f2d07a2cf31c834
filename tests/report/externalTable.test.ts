import { describe, expect, it } from "vitest";
import type { ExternalFile } from "../../lib/external/index.js";
import { externalTable } from "../../lib/report/index.js";
import { scoreRow } from "../table/rows.js";

const file: ExternalFile = {
  file: "logs/run/results.json",
  format: "lm-eval results",
  version: "0.4.9",
  models: ["a", "b"],
  tasks: Array.from({ length: 10 }, (_, i) => ({ task: `t${i}`, facet: i === 0 ? "t0" : "coding" })),
  rows: 20,
  skipped: 3,
  scale: "percent",
  notes: ["A smoke run.", "Mixed scales."],
};
const real = scoreRow("a", "coding", 0.5);
const simulated = { ...real, simulated: true } as const;

describe("the table of external files", () => {
  it("has a record a file, with its folders left out and the tasks past the eighth counted", () => {
    const [record] = externalTable({ files: [file], rows: [real] });
    expect(record).toMatchObject({
      file: "results.json",
      format: "lm-eval results 0.4.9",
      models: 2,
      rows: 20,
      skipped: 3,
      scale: "percent",
      notes: "A smoke run. Mixed scales.",
    });
    expect(record?.tasks).toMatch(/^t0, t1 → coding, .*t7 → coding and 2 more$/);
  });

  it.each([
    { what: "all scores are", rows: [simulated, simulated], marked: true },
    { what: "some are real", rows: [simulated, real], marked: false },
    { what: "there are none", rows: [], marked: false },
  ])("is marked as simulated where $what: $marked", ({ rows, marked }) => {
    expect("simulated" in externalTable({ files: [file], rows })[0]!).toBe(marked);
  });
});
