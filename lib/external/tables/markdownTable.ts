import { type ByteSource, firstText, textChunks } from "../sources/index.js";
import { tableOf, type IsHeads, type Table } from "./table.js";

/** The line under a Markdown table's heads: "|---|:--:|". */
const RULE = /^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)+$/;
/** The most text that is searched for tables, in characters. */
const MOST_TEXT = 2 ** 23;

/** The first table of a Markdown text whose heads are known; null where there is none. Its preamble is the text above. */
export async function markdownTable(source: ByteSource, isHeads: IsHeads): Promise<Table | null> {
  if (!linesOf(await firstText(source)).some(isRule)) return null;
  let text = "";
  for await (const chunk of textChunks(source)) {
    text += chunk;
    // A large CSV with such a line in one of its cells.
    if (text.length > MOST_TEXT) return null;
  }
  const lines = linesOf(text);
  for (const [i, line] of lines.entries()) {
    if (i === 0 || !isRule(line)) continue;
    const end = lines.findIndex((other, j) => j > i && !other.includes("|"));
    const rows = lines.slice(i + 1, end === -1 ? lines.length : end);
    const records = [cellsOf(lines[i - 1]!), ...withoutGroups(rows.map(cellsOf))];
    const table = tableOf("Markdown table", records, isHeads, lines.slice(0, i - 1).join("\n"));
    if (table === null) continue;
    const others = lines.slice(i + 1).filter(isRule).length;
    return others === 0 ? table : { ...table, note: `Tables below the first are not read: ${others}.` };
  }
  return null;
}

const linesOf = (text: string): readonly string[] => text.split(/\r\n|\n|\r/);
const isRule = (line: string): boolean => line.includes("|") && line.length < 10_000 && RULE.test(line);

/** A line's cells; a bar behind a backslash is text. */
function cellsOf(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/, "")
    .replace(/(?<!\\)\|$/, "");
  return inner.split(/(?<!\\)\|/).map((cell) => cell.replaceAll(String.raw`\|`, "|").trim());
}

/** How many dashes stand before a name. */
const depthOf = (name: string): number => /^[-\s]*/.exec(name)![0].replaceAll(/\s/g, "").length;

/**
 * Leaves of a group's rows only its name, as lm-eval prints groups: they sum up the rows below, whose names stand behind
 * dashes. A row without a name is one more of the row above.
 */
function withoutGroups(records: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const names = records.map(([name = ""]) => name);
  let [own, next] = ["", ""];
  return records.map((cells, i) => {
    if (names[i] !== "") own = names[i]!;
    // A task has some ten metrics at most.
    if (names[i] !== "") next = names.slice(i + 1, i + 20).find((name) => name !== "") ?? "";
    return depthOf(next) > depthOf(own) ? [own] : cells;
  });
}
