import { readFileSync } from "node:fs";

const read = new Map<string, string>();

/**
 * What runs or applies in the reader's page: plain files beside this one, so that they can be linted. Without
 * comments and indents, since it is repeated with every figure and table of a notebook.
 */
export function asset(name: "figures.js" | "figures.css" | "tables.js" | "tables.css"): string {
  const text = read.get(name) ?? compact(readFileSync(new URL(name, import.meta.url), "utf8"));
  read.set(name, text);
  return text;
}

function compact(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .join("\n");
}
