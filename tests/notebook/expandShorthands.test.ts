import { describe, expect, it } from "vitest";
import { expandShorthands } from "../../lib/notebook/kernel/expandShorthands.js";

describe("shorthand properties of a cell", () => {
  it.each([
    ["f({ run, x: 1 });", "f({ run: run, x: 1 });"],
    ["const o = { a, b: { c } };", "const o = { a: a, b: { c: c } };"],
    ["({ a, b } = o);", "({ a: a, b: b } = o);"],
    ["const f = () => ({ a });\nf();", "const f = () => ({ a: a });\nf();"],
    ["const s = `${g({ a })}`;", "const s = `${g({ a: a })}`;"],
  ])("%j becomes %j", (cell, expanded) => {
    expect(expandShorthands(cell)).toBe(expanded);
  });

  it.each([
    "const { a, b } = o;",
    'import { a } from "b";',
    "export { a };",
    'const s = "{ a }"; // { a }',
    "type T = { a: string };",
    "{ a; }",
    "f({ a() { return 1; }, get b() { return 2; } });",
    "const broken = {",
    "",
  ])("leave %j as it is", (cell) => {
    expect(expandShorthands(cell)).toBe(cell);
  });

  it("keep every line where it was", () => {
    const cell = "f({\n  a,\n  b,\n});\n";
    expect(expandShorthands(cell).split("\n")).toHaveLength(cell.split("\n").length);
  });
});
