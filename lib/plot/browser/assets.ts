import { readFileSync } from "node:fs";

/** The parts that run or apply in the reader's page: plain files beside this one, so that they can be linted. */
export type AssetName = "figures.js" | "figures.css" | "tables.js" | "tables.css";

const read = new Map<AssetName, string>();

/** Text of one asset, without comments and indents: it is repeated with every figure of a notebook. */
export function asset(name: AssetName): string {
  const known = read.get(name);
  if (known !== undefined) return known;
  const text = readFileSync(new URL(name, import.meta.url), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//"))
    .join("\n");
  read.set(name, text);
  return text;
}
