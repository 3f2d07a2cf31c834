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
        expect(await records(text, size)).toEqual(rows);
      }),
    );
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
