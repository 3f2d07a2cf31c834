import { existsSync, mkdirSync } from "node:fs";
import { relative } from "node:path";
import { exportPage } from "./runNotebook.js";
import { findJupyter } from "./findJupyter.js";
import { NOTEBOOK, OUT, ROOT, RUN_NOTEBOOK, RUN_PAGE } from "./paths.js";
import { readNotebook } from "./withOverrides.js";
import type { Terminal } from "./openTerminal.js";

/**
 * Writes the notebook as it was last saved, nothing re-run: the one in `notebooks/` when it holds outputs, the one
 * that `npm start` left in `out/` otherwise.
 *
 * @returns Exit code 0.
 * @throws Error when neither holds outputs.
 */
export function exportSaved(terminal: Terminal): number {
  const existing = [NOTEBOOK, RUN_NOTEBOOK].filter((path) => existsSync(path));
  const saved = existing.find((path) => readNotebook(path).cells.some((cell) => cell.outputs?.length));
  if (saved === undefined) {
    throw new Error(
      `Nothing to export: ${relative(ROOT, NOTEBOOK)} was saved without outputs. Run it first (npm start, or npm run lab and save).`,
    );
  }
  mkdirSync(OUT, { recursive: true });
  exportPage(findJupyter(terminal.say), saved, RUN_PAGE);
  terminal.say(`${relative(ROOT, saved)} -> ${relative(ROOT, RUN_PAGE)}`);
  return 0;
}
