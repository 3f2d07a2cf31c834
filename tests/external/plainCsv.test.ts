import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadExternalEvals } from "../../lib/external/index.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "external-"));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
async function load(content: string | Uint8Array): ReturnType<typeof loadExternalEvals> {
  const file = join(folder, `${(files += 1)}.csv`);
  await writeFile(file, content);
  return loadExternalEvals([file]);
}
const scores = ({ rows }: Awaited<ReturnType<typeof load>>): number[] => rows.map((row) => row.score);
const reasons = ({ skipped }: Awaited<ReturnType<typeof load>>): string[] =>
  skipped.map(({ what, why }) => `${what}: ${why}`);

describe("a table with the columns model, facet, score", () => {
  it("becomes rows, with the file as their source", async () => {
    const file = join(folder, "plain.csv");
    await writeFile(file, 'model,facet,score,n\n"m, large",reasoning,0.25,12\n');
    const { rows, skipped, files } = await loadExternalEvals([file]);
    expect(rows).toEqual([{ model: "m, large", facet: "reasoning", score: 0.25, n: 12, source: file }]);
    expect(skipped).toEqual([]);
    expect(files).toEqual([
      {
        file,
        format: "CSV",
        version: null,
        models: ["m, large"],
        tasks: [{ task: "reasoning", facet: "reasoning" }],
        rows: 1,
        skipped: 0,
        scale: "fraction",
        notes: [],
      },
    ]);
  });

  it("takes the text of cells in quotes that stand behind spaces", async () => {
    const { rows } = await load('model, "facet", score\n "m" , "coding" , "0.5"\n');
    expect(rows).toMatchObject([{ model: "m", facet: "coding", score: 0.5 }]);
  });

  it("may have a column without a name, as pandas writes its index", async () => {
    const { rows } = await load(",Model,facet,score\n7,m,coding,0.5\n");
    expect(rows).toMatchObject([{ model: "m", facet: "coding", score: 0.5 }]);
    expect(rows[0]).not.toHaveProperty("n");
  });

  it.each([
    ["instruction_following", "instruction"],
    ["Instruction Following", "instruction"],
    ["agentic_coding", "tool_use"],
    ["tool-use", "tool_use"],
    ["Reasoning", "reasoning"],
    ["data_analysis", "data_analysis"],
    ["constructor", "constructor"],
  ])("reads the facet %s as %s", async (written, facet) => {
    const { rows } = await load(`model,facet,score\nm,${written},0.5\n`);
    expect(rows.map((row) => row.facet)).toEqual([facet]);
  });

  it.each([
    { name: "fractions", cells: ["0.645", "1", "0"], expected: [0.645, 1, 0] },
    { name: "percent without a sign", cells: ["64.5", "100", "0"], expected: [0.645, 1, 0] },
    { name: "signs beside fractions", cells: ["64.5%", "0.645", "0.1%"], expected: [0.645, 0.645, 0.001] },
    { name: "signs beside percent", cells: ["64.5%", "70", "8"], expected: [0.645, 0.7, 0.08] },
    { name: "exponents", cells: ["6.45e-1", "1e-3"], expected: [0.645, 0.001] },
  ])("decides percent or fraction once a file: $name", async ({ cells, expected }) => {
    const loaded = await load(
      `model,facet,score\n${cells.map((cell, i) => `m${i},coding,${cell}`).join("\n")}`,
    );
    expect(scores(loaded)).toHaveLength(expected.length);
    scores(loaded).forEach((score, i) => expect(score).toBeCloseTo(expected[i]!, 12));
  });

  it("leaves out numbers that may be either, where a file mixes fractions and percent, and says so", async () => {
    const loaded = await load("model,facet,score\na,coding,0.645\nb,coding,64.5\nc,coding,64.5%\n");
    expect(scores(loaded)).toEqual([0.645, 0.645]);
    expect(reasons(loaded)).toEqual(["row 1 (a, coding): mixed scales: 0.645 may be a fraction or percent"]);
    expect(loaded.files[0]).toMatchObject({
      scale: "percent",
      notes: [expect.stringMatching(/Mixed scales/)],
    });
  });

  it.each([
    ["N/A", 'row 1 (m, coding): no score: "N/A"'],
    ["", 'row 1 (m, coding): no score: ""'],
    ["NaN", 'row 1 (m, coding): no score: "NaN"'],
    ["abc", 'row 1 (m, coding): the score is not a number: "abc"'],
    ["0x10", 'row 1 (m, coding): the score is not a number: "0x10"'],
    ["-0.1", "row 1 (m, coding): score -0.1 lies outside 0 to 100"],
    ["1200", "row 1 (m, coding): score 1200 lies outside 0 to 100"],
  ])("never takes the score %j, and lists it with its reason", async (cell, reason) => {
    const loaded = await load(`model,facet,score\nm,coding,${cell}\nm,reasoning,0.5\n`);
    expect(scores(loaded)).toEqual([0.5]);
    expect(reasons(loaded)).toEqual([reason]);
    expect(loaded.files[0]?.skipped).toBe(1);
  });

  it("leaves out a row that repeats another in a table of means", async () => {
    const loaded = await load("model,facet,score\na,coding,0.5\nb,coding,0.4\nc,coding,0.1\na,coding,0.5\n");
    expect(scores(loaded)).toEqual([0.5, 0.4, 0.1]);
    expect(reasons(loaded)).toEqual(["row 4 (a, coding): the same model, facet and score stand above"]);
  });

  it("keeps equal rows in a table of single items", async () => {
    expect(scores(await load("model,facet,score\na,coding,1\na,coding,0\na,coding,1\na,coding,1\n"))).toEqual(
      [1, 0, 1, 1],
    );
  });

  it.each(["=cmd|' /C calc'!A0", "=1+1", "+SUM(A1:A9)", "@SUM(A1)"])(
    "leaves out a row whose model is the formula %s",
    async (name) => {
      const loaded = await load(`model,facet,score\n"${name}",coding,0.5\nok,coding,0.5\n`);
      expect(loaded.rows.map((row) => row.model)).toEqual(["ok"]);
      expect(reasons(loaded)).toEqual([expect.stringContaining("a spreadsheet formula")]);
    },
  );

  it.each(["@cf/meta/llama-3-8b", "gpt-4o (FC)", "+plus", "-minus", "two  spaces", "a *b* c"])(
    "takes %s for a model's name",
    async (name) => {
      expect((await load(`model,facet,score\n${name},coding,0.5\n`)).rows[0]?.model).toBe(name);
    },
  );

  it.each([
    ["a UTF-8 byte-order mark", Buffer.from("\uFEFFmodel,facet,score\nm\u00e9,coding,0.5\n")],
    ["UTF-16 little endian", Buffer.from("\uFEFFmodel,facet,score\nm\u00e9,coding,0.5\n", "utf16le")],
    ["UTF-16 big endian", Buffer.from("\uFEFFmodel,facet,score\nm\u00e9,coding,0.5\n", "utf16le").swap16()],
    ["semicolons and decimal commas", Buffer.from("model;facet;score\nm\u00e9;coding;0,5\n")],
    [
      "names full of other delimiters",
      Buffer.from("model,facet,score,note\nm\u00e9,coding,0.5,a;b;c|d|e;f|g;h;i\n"),
    ],
    ["tabs", Buffer.from("model\tfacet\tscore\nm\u00e9\tcoding\t0.5\n")],
    ["CRLF and quotes", Buffer.from('"Score","Model","Facet"\r\n"0.5","m\u00e9","coding"\r\n')],
  ])("is read with %s", async (_, bytes) => {
    const { rows } = await load(bytes);
    expect(rows).toMatchObject([{ model: "m\u00e9", facet: "coding", score: 0.5 }]);
  });

  it("that is not UTF-8 is read as Windows-1252, with a note", async () => {
    const loaded = await load(Buffer.from("model,facet,score\nm\u00e9,coding,0.5\n", "latin1"));
    expect(loaded.rows).toMatchObject([{ model: "m\u00e9", score: 0.5 }]);
    expect(loaded.files[0]?.notes).toEqual(["Not UTF-8: read as Windows-1252; check names with accents."]);
  });

  it.each([
    ["that is damaged", Buffer.concat([Buffer.from("model,facet,score\nm\u00e9"), Buffer.from([0xe9])])],
    ["with bytes that are no text", Buffer.from([0x6d, 0x2c, 0xe9, 0x01, 0x0a])],
  ])("is not read in an encoding that would have to be guessed: UTF-8 %s", async (_, bytes) => {
    const loaded = await load(bytes);
    expect(loaded.rows).toEqual([]);
    expect(reasons(loaded)).toEqual([expect.stringMatching(/^file: not UTF-8 text/)]);
  });

  it.each(['"m,coding,0.5\nx,coding,0.4\n', 'm,coding,0.5\n"x"y,coding,0.4\nz,coding,0.3\n'])(
    "is not read where a quote swallows the lines after it: %j",
    async (lines) => {
      const loaded = await load(`model,facet,score\n${lines}`);
      expect(loaded.rows).toEqual([]);
      expect(reasons(loaded)).toEqual([expect.stringMatching(/^file: a quote is left open or out of place/)]);
    },
  );

  it("is not read past a quote that is never closed", async () => {
    const loaded = await load(`model,facet,score\n"m,coding,0.5\n${"x,y,0.5\n".repeat(1_500_000)}`);
    expect(loaded.rows).toEqual([]);
    expect(reasons(loaded)).toEqual(["file: a record runs over 8 MB: is a quote left open?"]);
  });
});

describe("a table without a needed column", () => {
  it("is an error naming the file, the missing columns and those found, when the file was named", async () => {
    const file = join(folder, "lacking.csv");
    await writeFile(file, "model,score\nm,1\n");
    await expect(loadExternalEvals([file])).rejects.toThrow(
      `loadExternalEvals: ${file} lacks facet; its columns are model, score. Rename its columns to model, facet, score, or to model and a facet each.`,
    );
  });

  it("never ends a run that has other files", async () => {
    const [bad, good] = [join(folder, "lacking.csv"), join(folder, "beside.csv")];
    await writeFile(good, "model,facet,score\nm,coding,1\n");
    const loaded = await loadExternalEvals([bad, good]);
    expect(loaded.rows).toHaveLength(1);
    expect(reasons(loaded)).toEqual([
      "file: lacks facet; its columns are model, score. Rename its columns to model, facet, score, or to model and a facet each",
    ]);
  });

  it("is listed as skipped when a folder was named", async () => {
    const inside = await mkdtemp(join(folder, "swept-"));
    await writeFile(join(inside, "a.csv"), "model,score\nm,1\n");
    await writeFile(join(inside, "b.csv"), "model,facet,score\nm,coding,1\n");
    const loaded = await loadExternalEvals([inside]);
    expect(loaded.rows).toHaveLength(1);
    expect(loaded.skipped).toEqual([
      {
        file: join(inside, "a.csv"),
        what: "file",
        why: "lacks facet; its columns are model, score. Rename its columns to model, facet, score, or to model and a facet each",
      },
    ]);
  });
});

describe("paths", () => {
  it("lists a missing file as not found, and reads the others", async () => {
    const loaded = await loadExternalEvals([join(folder, "nowhere.csv"), join(folder, "plain.csv")]);
    expect(loaded.rows).toHaveLength(1);
    expect(loaded.skipped).toEqual([{ file: join(folder, "nowhere.csv"), what: "file", why: "not found" }]);
  });

  it("reads a file once, however often it is named", async () => {
    const file = join(folder, "plain.csv");
    const loaded = await loadExternalEvals([file, file, join(folder, "pl*.csv"), `${folder}/./plain.csv`]);
    expect(loaded.rows).toHaveLength(1);
    expect(loaded.skipped).toEqual([]);
  });
});
