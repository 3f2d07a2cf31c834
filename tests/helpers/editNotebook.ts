import { readFileSync, writeFileSync } from "node:fs";
import type { NotebookFile } from "../../lib/notebook/runner/withOverrides.js";

/**
 * Writes a notebook with other sources in its tagged cells and no outputs, as a person would have edited and cleared it.
 *
 * @throws Error when no cell has the tag.
 */
export function editNotebook(
  from: string,
  to: string,
  sources: Readonly<Record<string, string | ((source: string) => string)>>,
): void {
  const notebook = JSON.parse(readFileSync(from, "utf8")) as NotebookFile;
  const left = new Set(Object.keys(sources));
  const cleared = notebook.cells.map((cell) =>
    cell.cell_type === "code" ? { ...cell, outputs: [], execution_count: null } : cell,
  );
  const cells = cleared.map((cell) => {
    const tag = cell.metadata.tags?.find((name) => left.has(name));
    if (tag === undefined) return cell;
    left.delete(tag);
    const edit = sources[tag] ?? "";
    const source = typeof cell.source === "string" ? cell.source : cell.source.join("");
    return { ...cell, source: typeof edit === "string" ? edit : edit(source) };
  });
  if (left.size > 0) throw new Error(`editNotebook: no cell is tagged ${[...left].join(", ")} in ${from}.`);
  writeFileSync(to, JSON.stringify({ ...notebook, cells }));
}
