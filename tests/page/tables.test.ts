import { describe, expect, it } from "vitest";

import { lawTable, reviewTable, show, showTable } from "../../lib/page/index.js";
import type { Row } from "../../lib/shared/types.js";
import { collector } from "./collect.js";

function shown(use: (display: ReturnType<typeof collector>) => void): string {
  const display = collector();
  use(display);
  expect(display.shown.length).toBe(1);
  return display.shown[0] ?? "";
}

/** The table's cells as text, row by row, heads included. */
function cellsOf(html: string): string[][] {
  return [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map((row) =>
    [...(row[1] ?? "").matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map((cell) =>
      (cell[1] ?? "").replaceAll(/<[^>]*>/g, ""),
    ),
  );
}

describe("showTable", () => {
  it("shows records: missing values as dashes, never as 0, and numbers of one column with equal decimals", () => {
    const html = shown((display) =>
      showTable(display, [
        { model: "a", score: 0.5, n: 3 },
        { model: "b", score: null, n: 1200 },
        { model: "c", score: 0, n: NaN },
        { model: "d", score: 1 },
      ]),
    );
    expect(cellsOf(html)).toEqual([
      ["model", "score", "n"],
      ["a", "0.50", "3"],
      ["b", "–", "1,200"],
      ["c", "0.00", "–"],
      ["d", "1.00", "–"],
    ]);
  });

  it("shows a danfojs frame by its columns and values, also of a single column", () => {
    expect(
      cellsOf(shown((display) => showTable(display, { columns: ["a", "b"], values: [["x", 1]] }))),
    ).toEqual([
      ["a", "b"],
      ["x", "1"],
    ]);
    expect(cellsOf(shown((display) => showTable(display, { columns: ["a"], values: ["x", "y"] })))).toEqual([
      ["a"],
      ["x"],
      ["y"],
    ]);
  });

  it("takes column names that are properties of every object for what they are", () => {
    const records = [
      Object.fromEntries([
        ["__proto__", "p"],
        ["constructor", "c"],
      ]),
    ];
    expect(cellsOf(shown((display) => showTable(display, records)))).toEqual([
      ["__proto__", "constructor"],
      ["p", "c"],
    ]);
  });

  it("is accessible: a caption, scoped heads, a sort button in each", () => {
    const html = shown((display) =>
      showTable(display, [{ model: "a", score: 1 }], { caption: "Facet means" }),
    );
    expect(html).toMatch(/<caption>Facet means<\/caption>/);
    expect(html.match(/<th scope="col"[^>]*><button type="button"/g)).toHaveLength(2);
    expect(html).toMatch(/<th scope="row"/);
  });

  it.each([
    ["records", [{ a: 1, simulated: true }]],
    ["a frame", { columns: ["a", "simulated"], values: [[1, true]] }],
    ["a frame without rows", { columns: ["a", "simulated"], values: [] }],
    ["answers", [{ a: 1, provider: "Simulated panel" }]],
  ])("says that its numbers are simulated where %s say so, and has no column for it", (_, data) => {
    const html = shown((display) => show(display, data, { caption: "Means" }));
    expect(html).toContain("<caption>Simulated: Means</caption>");
    expect(cellsOf(html)[0]).not.toContain("simulated");
  });

  it("keeps a column of that name that is not the same in all rows, and still says so", () => {
    const html = shown((display) =>
      showTable(display, [
        { a: 1, simulated: true },
        { a: 2, simulated: false },
      ]),
    );
    expect(html).toContain("<caption>Simulated</caption>");
    expect(cellsOf(html)[0]).toEqual(["a", "simulated"]);
    expect(shown((display) => showTable(display, [{ a: 1, simulated: false }]))).not.toContain("Simulated");
  });

  it("counts the rows that it does not show", () => {
    const html = shown((display) =>
      showTable(
        display,
        Array.from({ length: 1700 }, (_, i) => ({ i })),
      ),
    );
    expect(cellsOf(html)).toHaveLength(501);
    expect(html).toMatch(/1,200 more rows are not shown/);
  });

  it.each([
    [
      "a frame with a ragged row",
      { columns: ["a", "b"], values: [["x"]] },
      /row 0 has 1 values, but there are 2 columns/,
    ],
    ["what is no table", 7 as never, /got 7; give a DataFrame or an array of records/],
    ["null", null as never, /give a DataFrame or an array of records/],
  ])("refuses %s", (_, data, message) => {
    expect(() => showTable(collector(), data)).toThrow(message);
  });

  it("shows any value, cycles and big integers included", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const row = {
      cycle,
      big: 10n,
      list: [1, 2],
      when: new Date(0),
      on: true,
      symbol: Symbol("s"),
      none: undefined,
    };
    expect(cellsOf(shown((display) => showTable(display, [row])))[1]).toEqual([
      "[object Object]",
      "10",
      "[1,2]",
      "1970-01-01T00:00:00.000Z",
      "yes",
      "Symbol(s)",
      "–",
    ]);
  });
});

const ROW: Row = {
  model: "m",
  facet: "reasoning",
  task: "math_apples",
  epoch: 0,
  prompt: "How many apples?",
  response: "5",
  score: 1,
  outcome: "scored",
  reason: null,
  explanation: "5 is the last number",
  finish: "stop",
  cached: false,
  costUsd: 0,
  latencyMs: 3,
  provider: "Mistral",
};

describe("reviewTable", () => {
  it("shows question, answer, score and why, for every answer", () => {
    const html = shown((display) => reviewTable(display, [ROW]));
    expect(cellsOf(html)[1]).toEqual([
      "m",
      "math_applesreasoning",
      "1.00",
      "questionHow many apples?5",
      "5 is the last number",
    ]);
  });

  it("shows an unscored or failed answer by its kind and reason, never as 0", () => {
    const rows: Row[] = [
      { ...ROW, score: null, outcome: "unscored", reason: "refused", explanation: "" },
      { ...ROW, score: null, outcome: "failed", reason: "timeout", explanation: "", response: "" },
    ];
    const cells = cellsOf(shown((display) => reviewTable(display, rows)));
    expect(cells.slice(1).map((row) => [row[2], row[4]])).toEqual([
      ["unscored", "refused"],
      ["failed", "timeout"],
    ]);
  });

  it.each([
    [[ROW], false],
    [[ROW, { ...ROW, provider: "Simulated panel" }], true],
  ])("says that answers are simulated when any is", (rows, isSimulated) => {
    expect(shown((display) => reviewTable(display, rows)).includes("Simulated: ")).toBe(isSimulated);
  });

  it("folds a long answer and counts what it leaves out of a very long one", () => {
    const html = shown((display) => reviewTable(display, [{ ...ROW, response: "long ".repeat(2000) }]));
    expect(html).toMatch(/<details><summary><bdi>long long/);
    expect(html).toMatch(/6,000 more characters/);
  });

  it("keeps a page of many answers readable, and says how many it leaves out", () => {
    const html = shown((display) =>
      reviewTable(
        display,
        Array.from({ length: 2500 }, () => ROW),
      ),
    );
    expect(html).toMatch(/500 more answers are not shown/);
    expect(html.length).toBeLessThan(2_000_000);
  });
});

describe("lawTable", () => {
  it("says why in a line of text where there are too few points to compare laws", () => {
    const few = { verdict: "Too few models.", laws: [] };
    const html = shown((display) => lawTable(display, few, { x: "a", y: "b", z: "c" }));
    expect(html).toContain('<p class="fb-more">Which law does c over a and b follow? Too few models.</p>');
    expect(html).not.toContain("<table");
  });

  it("puts the law with the smallest error first, the verdict above, and says where the data are simulated", () => {
    const html = shown((display) =>
      lawTable(
        display,
        {
          verdict: "z follows the lower of x and y.",
          laws: [
            { name: "constant", looRmse: 0.2, edf: 1 },
            { name: "weakest link", looRmse: 0.1, edf: 3.14 },
          ],
          simulated: true,
        },
        { x: "a", y: "b", z: "c" },
      ),
    );
    expect(cellsOf(html)).toEqual([
      ["law", "left-out error", "against the best", "edf"],
      ["weakest link", "0.100", "best", "3.1"],
      ["constant", "0.200", "× 2.00", "1.0"],
    ]);
    expect(html).toMatch(
      /Simulated: Which law does c over a and b follow\? c follows the lower of a and b\./,
    );
  });
});
