import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { saveRows } from "../../lib/eval/index.js";
import { runFacts } from "../../lib/page/runData.js";
import { citation, csvOf, fileName, jsonlOf, settingsOf } from "../../lib/page/browser/downloads/texts.js";
import { Papa } from "../../lib/shared/csv.js";
import type { Row } from "../../lib/shared/types.js";
import { HOSTILE_STRINGS } from "./hostileStrings.js";

const FACTS = runFacts(
  {
    simulated: true,
    models: [{ name: "m}{\\input{x}", family: "m" }],
    columns: [
      { name: "reason}ing % $x$", contains: [], scores: [0.5], items: [3] },
      { name: "agent", contains: ["reason}ing % $x$"], scores: [0.5], items: [] },
    ],
  },
  undefined,
  { temperature: 0.2 },
);
const RUN = { ...FACTS, questions: [{ facet: "reasoning", task: "apples", prompt: "How many?" }] };

const isNumber = (text: string): boolean => text !== "" && Number.isFinite(Number(text));

describe("what is taken out of a page", () => {
  it("is CSV that reads back as it was, with a ' before whatever a spreadsheet would compute", () => {
    const cells = fc.array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom(...HOSTILE_STRINGS.filter((text) => text.length < 1000)),
      ),
      {
        minLength: 2,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(fc.array(cells, { minLength: 1, maxLength: 4 }), (rows) => {
        const { data } = Papa.parse<string[]>(csvOf(rows).replace(/^\uFEFF/, ""), {
          delimiter: ",",
          newline: "\r\n",
        });
        const read = data.slice(0, -1);
        expect(read.map((row) => row.length)).toEqual(rows.map((row) => row.length));
        rows.flat().forEach((text, i) => {
          const shown = read.flat()[i]!;
          expect([text, `'${text}`]).toContain(shown);
          expect(isNumber(shown) || !/^\s*[=+\-@\t\r]/.test(shown)).toBe(true);
        });
      }),
    );
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["\u000b\t", "'\u000b\t"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["+1+cmd", "'+1+cmd"],
    ["-2+3+cmd", "'-2+3+cmd"],
    [" =1", "' =1"],
    ["\t=1", "'\t=1"],
    ["-0.25", "-0.25"],
    ["-1e-7", "-1e-7"],
    ["0.5", "0.5"],
  ])("writes %j as %j", (text, written) => {
    expect(Papa.parse<string[]>(csvOf([[text, "x"]]).slice(1), { delimiter: "," }).data[0]?.[0]).toBe(
      written,
    );
  });

  it("has names of small letters, digits and hyphens, whatever the caption says", () => {
    for (const text of HOSTILE_STRINGS)
      expect(fileName(text, "csv")).toMatch(/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?\.csv$/);
    expect(fileName("Simulated: Où sont-ils? 95 %", "csv")).toBe("simulated-ou-sont-ils-95.csv");
    expect(fileName("../../etc/passwd", "svg")).toBe("etc-passwd.svg");
    expect(fileName("模型", "png")).toBe("facet-bench.png");
  });

  it("is, of all answers, the very file that saveRows writes", async () => {
    const row = { facet: "f", task: "t", epoch: 0, prompt: "p", reason: null, explanation: "", finish: null };
    const more = {
      outcome: "scored",
      score: 1,
      cached: false,
      costUsd: 1e-7,
      latencyMs: 0,
      provider: null,
    } as const;
    const rows = HOSTILE_STRINGS.slice(0, -1).map((text): Row => ({
      model: text,
      ...row,
      response: text,
      ...more,
    }));
    const folder = mkdtempSync(join(tmpdir(), "facet-bench-rows-"));
    try {
      await saveRows(rows, join(folder, "rows.jsonl"));
      expect(jsonlOf(rows)).toBe(readFileSync(join(folder, "rows.jsonl"), "utf8"));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("says how the run was set up, and how to cite it: when, what was asked, of whom, with which version", () => {
    const { version } = JSON.parse(readFileSync("lib/package.json", "utf8")) as { version: string };
    const day = new Date().toISOString().slice(0, 10);
    expect(JSON.parse(settingsOf(RUN))).toMatchObject({
      version,
      made: day,
      simulated: true,
      settings: { temperature: 0.2 },
      models: FACTS.models,
      questions: RUN.questions,
    });
    const { text, bibtex } = citation(RUN);
    for (const said of [text, bibtex])
      expect(said).toMatch(
        new RegExp(
          `Simulated: 1 model, 1 question, 1 facet .*${day}.*${version.replaceAll(".", "\\.")}`,
          "s",
        ),
      );
    expect(text).toContain("(reason}ing % $x$)");
    // A facet's name cannot leave its field.
    expect(
      bibtex
        .split("\n")
        .slice(1, -1)
        .map((line) => line.match(/[{}\\%$]/g)?.join("")),
    ).toEqual(["{}", "{}", "{}"]);
    expect(citation({ ...RUN, simulated: false, questions: [] }).text).toContain(
      "1 model, scores from files",
    );
  });
});
