import { readFileSync } from "node:fs";
import type { RunnerOptions } from "../types.js";

/** The parts of a notebook file (nbformat 4) that the runner reads and writes. */
export interface NotebookFile {
  cells: NotebookCell[];
  readonly [key: string]: unknown;
}

export interface NotebookCell {
  readonly cell_type: "markdown" | "code" | "raw";
  readonly id?: string;
  readonly metadata: { readonly tags?: readonly string[]; readonly [key: string]: unknown };
  readonly source: string | readonly string[];
  readonly outputs?: readonly (Readonly<Record<string, unknown>> & { readonly data?: MimeBundle })[];
  readonly execution_count?: number | null;
}

type MimeBundle = Readonly<Record<string, string | readonly string[]>>;

const INJECTED = "injected-parameters";

/**
 * The notebook with the command line's settings in cells of their own, each right after the cell that it overrides
 * (papermill's way): what was changed for this run stands in the executed notebook for every reader.
 *
 * @throws Error when the notebook has lost the tag of a cell that an option wants to override.
 */
export function withOverrides(notebook: NotebookFile, options: RunnerOptions, live: boolean): NotebookFile {
  const overrides = overridesOf(options, live);
  const tags = new Set(notebook.cells.flatMap((cell) => cell.metadata.tags ?? []));
  const lost = Object.keys(overrides).find((tag) => !tags.has(tag));
  if (lost !== undefined) {
    throw new Error(
      `The notebook has no cell tagged "${lost}", where the command line's settings go: tag the cell that holds them.`,
    );
  }
  const cells = notebook.cells.flatMap((cell) => {
    const lines = (cell.metadata.tags ?? []).flatMap((tag) => overrides[tag] ?? []);
    return lines.length === 0 ? [cell] : [cell, injectedCell(lines)];
  });
  return { ...notebook, cells };
}

/** The number a reader counts, from 1, over the cells of the notebook as it is on disk. */
export function cellNumber(notebook: NotebookFile, index: number): number {
  return notebook.cells.slice(0, index + 1).filter((cell) => !cell.metadata.tags?.includes(INJECTED)).length;
}

export function readNotebook(path: string): NotebookFile {
  return JSON.parse(readFileSync(path, "utf8")) as NotebookFile;
}

export function sourceOf(cell: NotebookCell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

/** TypeScript lines per tag of the cell that they follow. */
function overridesOf(options: RunnerOptions, live: boolean): Readonly<Record<string, readonly string[]>> {
  const { results, external, facetOf, sameModel, scaleOf, models, baseUrl, epochs, items, tasks } = options;
  const overrides: Record<string, string[]> = {};
  const add = (tag: string, line: string) => (overrides[tag] ??= []).push(line);
  if (baseUrl !== null) add("client", `const OPENROUTER_BASE = ${JSON.stringify(baseUrl)};`);
  if (models === "all") {
    add("models", "const LISTED = await bench.openRouter({ baseURL: OPENROUTER_BASE }).listModels();");
    add("models", "const MODEL_SPECS: ModelSpec[] = LISTED.map(({ id }) => ({ id: id, alias: id }));");
  } else if (models !== null) {
    const specs = models.map((id) => ({ id, alias: id }));
    add("models", `const MODEL_SPECS: ModelSpec[] = ${JSON.stringify(specs)};`);
  }
  if (epochs !== null) add("settings", `const EPOCHS = ${epochs};`);
  if (items !== null) add("settings", `const ITEMS_PER_FACET = ${items};`);
  if (tasks.length > 0) add("settings", `const TASK_FILES: string[] = ${JSON.stringify(tasks)};`);
  if (results !== null) {
    add("settings", `const RUN_EVAL = false, RESULTS_PATH: string | null = ${JSON.stringify(results)};`);
  } else if (external.length > 0 && models === null && !live) {
    // Simulated models do not stand among real ones.
    add("settings", "const RUN_EVAL = false, RESULTS_PATH: string | null = null;");
  }
  if (external.length > 0)
    add("external", `const EXTERNAL_EVAL_PATHS: string[] = ${JSON.stringify(external)};`);
  const told = { facetOf, sameModel, scaleOf };
  if (Object.values(told).some((names) => Object.keys(names).length > 0))
    add("external", `const EXTERNAL_OPTIONS: ExternalOptions = ${JSON.stringify(told)};`);
  return overrides;
}

function injectedCell(lines: readonly string[]): NotebookCell {
  const source = ["// From the command line", ...lines].join("\n");
  return { cell_type: "code", metadata: { tags: [INJECTED] }, source, outputs: [], execution_count: null };
}
