import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FailedEvent, RunEvent } from "../../lib/notebook/runner/runNotebook.js";
import { runNotebook } from "../../lib/notebook/runner/runNotebook.js";
import type { NotebookFile } from "../../lib/notebook/runner/withOverrides.js";
import { NOTEBOOK } from "../../lib/notebook/runner/paths.js";

/** What came of a small notebook: each cell's printed text, in order, and the failure that ended it. */
export interface RunCells {
  readonly printed: readonly string[];
  readonly executed: NotebookFile;
  readonly failed: FailedEvent | null;
}

/** Runs TypeScript cells in the project's own kernel and the folder of the real notebook, unless told others. */
export async function runCells(
  jupyter: string,
  sources: readonly string[],
  onEvent: (event: RunEvent) => void = () => {},
  { folder: kernelFolder = dirname(NOTEBOOK), env }: { folder?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<RunCells> {
  const folder = mkdtempSync(join(tmpdir(), "facet-cells-"));
  const [source, target] = [join(folder, "in.ipynb"), join(folder, "out.ipynb")];
  const cells = sources.map((text, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    metadata: {},
    source: text,
    outputs: [],
    execution_count: null,
  }));
  const kernelspec = { name: "tslab", display_name: "TypeScript (tslab)", language: "typescript" };
  writeFileSync(source, JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }));
  try {
    const failed = await runNotebook(jupyter, { source, target, folder: kernelFolder }, onEvent, env);
    const executed = JSON.parse(readFileSync(target, "utf8")) as NotebookFile;
    const printed = executed.cells.map((cell) =>
      (cell.outputs ?? []).flatMap((output) => (output["text"] as string[] | undefined) ?? []).join(""),
    );
    return { printed, executed, failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
