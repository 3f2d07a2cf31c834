import * as fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../lib/external/sources/readCsv.js";

/** The records after the header of a text that comes in pieces of some size. */
async function records(text: string, size: number): Promise<string[][]> {
  const bytes = Buffer.from(text);
  const read: string[][] = [];
  const source = {
    name: "a table",
    async *bytes() {
      for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
    },
  };
  await readCsv(source, ",", (cells, record) => {
    if (record > 0) read.push([...cells]);
  });
  return read;
}

describe("reading a table", () => {
  it("gives the same records wherever the text is cut", async () => {
    const cell = fc.string({
      unit: fc.constantFrom("a", "\u00e9", '"', ",", "\n", "\r\n", ";", " "),
      maxLength: 5,
    });
    const row = fc.tuple(
      cell.map((text) => `m${text}`),
      cell,
      cell,
    );
    const rows = fc.array(row, { minLength: 1, maxLength: 5 });
    const newline = fc.constantFrom("\n", "\r\n");
    await fc.assert(
      fc.asyncProperty(rows, newline, fc.integer({ min: 1, max: 40 }), async (rows, newline, size) => {
        const text = Papa.unparse(
          { fields: ["model", "facet", "score"], data: rows },
          { newline, quotes: true },
        );
        // However lines end, within cells they end in one way.
        const read = rows.map((cells) => cells.map((cell) => cell.replaceAll("\r\n", "\n")));
        expect(await records(text, size)).toEqual(read);
      }),
    );
  });

  it.each([
    ["spaces behind the last quote", 'a,b\nm,"x"  ', [["m", "x"]]],
    ["a quote within a cell", 'a,b\n5" disk,x\n', [['5" disk', "x"]]],
    [
      "lines that end in three ways",
      'a,b\r\n1,2\r3,"4"\n5,6',
      [
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
      ],
    ],
  ] as const)("takes %s", async (_, text, expected) => {
    for (const size of [1, 2, 3, 100]) expect(await records(text, size)).toEqual(expected);
  });

  it("fails with the error of the one who takes its records", async () => {
    const source = {
      name: "a table",
      async *bytes() {
        yield Buffer.from("a,b\n1,2\n");
      },
    };
    const failing = readCsv(source, ",", () => {
      throw new Error("no more");
    });
    await expect(failing).rejects.toThrow("no more");
  });
});
