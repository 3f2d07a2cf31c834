import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as bench from "../lib/index.js";

const LIB = join(import.meta.dirname, "../lib");

/** In a docstring: the code under `@example`; a line that ends with `// …` has that value. */
const EXAMPLE = /@example\n((?: \*(?! @).*\n)+?)(?= \*(?:\/| @))/g;
const VALUE = /^(.*\S) \/\/ (.+)$/gm;

const examples = readdirSync(LIB, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.includes("node_modules"))
  .flatMap((file) =>
    [...readFileSync(join(LIB, file), "utf8").matchAll(EXAMPLE)].map(([, text = ""]) => ({
      file: file.replaceAll("\\", "/"),
      code: text.replaceAll(/^ \* ?/gm, ""),
    })),
  );

describe("the examples in the docstrings", () => {
  it("are found", () => {
    expect(examples.length).toBeGreaterThan(7);
  });

  it.each(examples)("of $file give what they say", async ({ code }) => {
    const values: unknown[] = [];
    const wanted: unknown[] = [];
    const body = code.replaceAll(VALUE, "values.push($1); wanted.push($2);");
    const run = new Function("names", "values", "wanted", `with (names) return (async () => { ${body} })()`);
    await run(bench, values, wanted);
    expect(values.length).toBeGreaterThan(0);
    expect(values).toEqual(wanted);
  });
});
