import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { exportPage } from "./bridge.js";
import { findJupyter } from "./findJupyter.js";
import { NOTEBOOK, OUT, ROOT, RUN_NOTEBOOK, RUN_PAGE } from "./paths.js";
import type { NotebookFile } from "./overrides.js";
import type { Terminal } from "./terminal.js";

/**
 * Writes the notebook as it was last saved, nothing re-run: the one in `notebooks/` when it holds outputs, the one
 * that `npm start` left in `out/` otherwise.
 *
 * @returns Exit code 0.
 * @throws Error when neither holds outputs.
 */
export function exportSaved(terminal: Terminal): number {
  const saved = [NOTEBOOK, RUN_NOTEBOOK].find((path) => existsSync(path) && hasOutputs(path));
  if (saved === undefined) {
    throw new Error(
      `Nothing to export: ${relative(ROOT, NOTEBOOK)} was saved without outputs. Run it first (npm start, or npm run lab and save).`,
    );
  }
  mkdirSync(OUT, { recursive: true });
  exportPage(
    findJupyter((line) => terminal.say(line)),
    saved,
    RUN_PAGE,
  );
  terminal.say(`${relative(ROOT, saved)} -> ${relative(ROOT, RUN_PAGE)}`);
  return 0;
}

function hasOutputs(path: string): boolean {
  const notebook = JSON.parse(readFileSync(path, "utf8")) as NotebookFile;
  return notebook.cells.some((cell) => (cell.outputs ?? []).length > 0);
}
