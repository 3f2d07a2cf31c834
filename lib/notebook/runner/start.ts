import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { escapeTerminal } from "../../shared/escape.js";
import type { FailedEvent, RunEvent } from "./runNotebook.js";
import { exportPage, runNotebook } from "./runNotebook.js";
import { refuseSecrets } from "./refuseSecrets.js";
import { findJupyter } from "./findJupyter.js";
import type { RunnerOptions, Terminal } from "../types.js";
import { UsageError } from "../../shared/usageError.js";
import type { NotebookFile } from "./withOverrides.js";
import { cellNumber, readNotebook, sourceOf, withOverrides } from "./withOverrides.js";
import { FIGURES, NOTEBOOK, OUT, PROJECT, RUN_NOTEBOOK, RUN_PAGE } from "./paths.js";
import { saveFigures } from "./saveFigures.js";

/**
 * The main job: runs the notebook top to bottom, writes it with its outputs and as a page, prints the summary.
 *
 * @returns Exit code: 0, or 1 when a cell failed.
 * @throws UsageError when something that was asked for cannot be had.
 */
export async function start(options: RunnerOptions, terminal: Terminal): Promise<number> {
  // Jupyter and its kernel inherit it.
  if (options.baseUrl !== null) process.env["OPENROUTER_BASE_URL"] = options.baseUrl;
  // A real server is asked when there is a key, or the address of one that may need none.
  const live = Boolean(process.env["OPENROUTER_API_KEY"] || process.env["OPENROUTER_BASE_URL"]);
  check(options, live);
  const began = Date.now();
  const jupyter = findJupyter(terminal.say);
  const prepared = withOverrides(readNotebook(NOTEBOOK), options, live);
  const source = join(OUT, ".running.ipynb");
  writeFileSync(source, JSON.stringify(prepared));
  terminal.say(`Running ${relative(PROJECT, NOTEBOOK)} ...`);
  const summary: string[] = [];
  const paths = { source, target: RUN_NOTEBOOK, folder: dirname(NOTEBOOK) };
  const running = runNotebook(jupyter, paths, showing(prepared, terminal, summary));
  const failed = await running.finally(() => rmSync(source, { force: true }));
  terminal.clear();
  if (failed !== null) {
    for (const line of describeFailure(prepared, failed)) terminal.say(line);
    terminal.say(`The notebook as far as it got: ${relative(PROJECT, RUN_NOTEBOOK)}`);
    return failed.interrupted ? 130 : 1;
  }
  const done = readNotebook(RUN_NOTEBOOK);
  refuseSecrets(done);
  exportPage(jupyter, RUN_NOTEBOOK, RUN_PAGE);
  const figures = saveFigures(done, FIGURES);
  terminal.say(summary.join("").trimEnd());
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  terminal.say(`Notebook: ${relative(PROJECT, RUN_NOTEBOOK)}`);
  terminal.say(`Figures:  ${relative(PROJECT, FIGURES)} (${figures.length} SVG files)`);
  terminal.say(`Page:     ${relative(PROJECT, RUN_PAGE)}   (one file, opens anywhere; ${seconds} s in all)`);
  return 0;
}

/**
 * Writes the notebook as it was last saved, nothing re-run: the one in `notebooks/` when it holds outputs, the one
 * that `npm start` left in `out/` otherwise.
 *
 * @returns Exit code 0.
 * @throws Error when neither holds outputs, or one holds a secret.
 */
export function exportSaved(terminal: Terminal): number {
  const existing = [NOTEBOOK, RUN_NOTEBOOK].filter((path) => existsSync(path));
  const saved = existing.find((path) => readNotebook(path).cells.some((cell) => cell.outputs?.length));
  if (saved === undefined) {
    throw new Error(
      `Nothing to export: ${relative(PROJECT, NOTEBOOK)} was saved without outputs. Run it first (npm start, or npm run lab and save).`,
    );
  }
  refuseSecrets(readNotebook(saved));
  mkdirSync(OUT, { recursive: true });
  exportPage(findJupyter(terminal.say), saved, RUN_PAGE);
  terminal.say(`${relative(PROJECT, saved)} -> ${relative(PROJECT, RUN_PAGE)}`);
  return 0;
}

/** What can be told before Jupyter starts is told at once. */
function check({ models, results, tasks }: RunnerOptions, live: boolean): void {
  if (models !== null && !live) {
    throw new UsageError(
      `--models asks real models (${[models].flat().join(", ")}), and OPENROUTER_API_KEY is not set. ` +
        "Set it, give a server's --base-url, or leave --models out: the simulated panel answers then.",
    );
  }
  if (results !== null && statSync(results, { throwIfNoEntry: false })?.isDirectory() !== false) {
    throw new UsageError(`--results: there is no file ${results}. npm start writes one to out/rows.jsonl.`);
  }
  const missing = tasks.find((file) => !existsSync(file));
  if (missing !== undefined) throw new UsageError(`--tasks: there is no file or folder ${missing}.`);
  try {
    mkdirSync(OUT, { recursive: true });
    accessSync(OUT, constants.W_OK);
    for (const file of [RUN_NOTEBOOK, RUN_PAGE]) if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(
      `Cannot write to ${OUT} (${code}): the executed notebook and the page go there. Make the folder writable, remove what is in its place, or copy ${PROJECT} to where you may write and run it there.`,
      { cause: error },
    );
  }
}

/** Shows a run's events; the summary cell's text is kept for the end. */
function showing(notebook: NotebookFile, terminal: Terminal, summary: string[]): (event: RunEvent) => void {
  const total = notebook.cells.length;
  let heading = "";
  return (event) => {
    if (event.event === "cell") {
      heading = headingBefore(notebook, event.cell);
      terminal.status(`[${event.cell + 1}/${total}] ${heading}`);
    } else if (event.event === "progress") {
      terminal.status(`[${event.cell + 1}/${total}] ${heading}: ${event.text}`);
    } else if (event.event === "stream") {
      if (notebook.cells[event.cell]?.metadata.tags?.includes("summary"))
        return void summary.push(event.text);
      const lines = event.text.split("\n").filter(Boolean);
      for (const line of lines) terminal.say(`  ${escapeTerminal(line)}`);
    }
  };
}

function headingBefore(notebook: NotebookFile, index: number): string {
  const prose = notebook.cells.slice(0, index).filter((cell) => cell.cell_type === "markdown");
  const headings = prose.flatMap((cell) => sourceOf(cell).match(/^#+ .*$/gm) ?? []);
  return headings.at(-1)?.replace(/^#+ /, "") ?? "";
}

/** Cell number, source line and message: what a person needs to find and mend it. */
function describeFailure(notebook: NotebookFile, failed: FailedEvent): readonly string[] {
  // Nothing to draw is the reader's to mend, not the notebook's: the lines say how.
  if (failed.ename === "NoScores") return failed.evalue.split("\n").map(escapeTerminal);
  const message = `${escapeTerminal(failed.ename)}: ${escapeTerminal(failed.evalue)}`;
  if (failed.cell === null) return [`The notebook stopped. ${message}`];
  const number = `Cell ${cellNumber(notebook, failed.cell)} (under "${headingBefore(notebook, failed.cell)}")`;
  return [
    `${number} failed. ${message}`,
    ...(failed.where === null ? [] : [`  ${escapeTerminal(failed.where)}`]),
  ];
}
