import { createRequire } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";

const require = createRequire(import.meta.url);

/**
 * A cell with `{ name }` written as `{ name: name }`, on the same lines.
 *
 * tslab 1.0.22 turns a variable of an earlier cell into a property of its own, but overlooks the shorthand, which
 * then fails as "name is not defined". The two forms mean the same everywhere else.
 */
export function expandShorthands(cell: string): string {
  // Loaded when the first cell runs: tslab has loaded the same copy by then.
  const ts = require("@tslab/typescript-for-tslab") as typeof TypeScript;
  const file = ts.createSourceFile("cell.ts", cell, ts.ScriptTarget.Latest, false);
  const names: TypeScript.Identifier[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (ts.isShorthandPropertyAssignment(node)) names.push(node.name);
    ts.forEachChild(node, visit);
  };
  visit(file);
  // From the end, so that positions before it stay right.
  return names.toReversed().reduce((text, name) => {
    const end = name.getEnd();
    return `${text.slice(0, end)}: ${name.text}${text.slice(end)}`;
  }, cell);
}
