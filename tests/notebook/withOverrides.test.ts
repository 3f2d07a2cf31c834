import { describe, expect, it } from "vitest";
import { parseOptions } from "../../lib/cli/parseOptions.js";
import type { NotebookCell, NotebookFile } from "../../lib/notebook/runner/withOverrides.js";
import { cellNumber, sourceOf, withOverrides } from "../../lib/notebook/runner/withOverrides.js";

const cell = (tag: string, source: string): NotebookCell => ({
  cell_type: "code",
  metadata: { tags: [tag] },
  source,
});

const notebook: NotebookFile = {
  cells: [
    cell("intro", "1"),
    cell("client", "const OPENROUTER_BASE = 0;"),
    cell("models", "const MODEL_SPECS = [];"),
    cell("settings", "const EPOCHS = 1;"),
    cell("external", "const EXTERNAL_EVAL_PATHS = [];"),
  ],
  nbformat: 4,
};

const sources = (args: readonly string[], live: boolean) =>
  withOverrides(notebook, parseOptions("start", args, "/r"), live).cells.map(sourceOf);

describe("settings from the command line", () => {
  it("leave the notebook as it is when none are given", () => {
    expect(withOverrides(notebook, parseOptions("start", [], "/r"), false)).toEqual(notebook);
  });

  it("stand in a cell of their own, right after the one they override", () => {
    const cells = sources(["--epochs", "5"], false);
    expect(cells[4]).toBe("// From the command line\nconst EPOCHS = 5;");
    expect(cells).toHaveLength(6);
  });

  it("say how many questions are asked, and from which files", () => {
    const cells = sources(["--items", "40", "--tasks", "mine.csv"], false);
    expect(cells[4]).toBe(
      '// From the command line\nconst ITEMS_PER_FACET = 40;\nconst TASK_FILES: string[] = ["/r/mine.csv"];',
    );
  });

  it("give a model its id as its name", () => {
    expect(sources(["--models", "a/b"], true)[3]).toContain('[{"id":"a/b","alias":"a/b"}]');
  });

  it("name another server, and ask it for its models where all are wanted", () => {
    const cells = sources(["--base-url", "http://127.0.0.1:11434/v1", "--models", "all"], true);
    expect(cells[2]).toContain('const OPENROUTER_BASE = "http://127.0.0.1:11434/v1";');
    expect(cells[4]).toMatch(/baseURL: OPENROUTER_BASE .*listModels\(\);\nconst MODEL_SPECS/s);
  });

  it("ask nobody when the rows of an earlier run are given", () => {
    expect(sources(["--results", "rows.jsonl"], true)[4]).toContain(
      'RUN_EVAL = false, RESULTS_PATH: string | null = "/r/rows.jsonl"',
    );
  });

  it.each([
    { live: false, asks: false, why: "simulated models do not stand among real scores" },
    { live: true, asks: true, why: "real models may" },
  ])("with external scores and live $live, ask models: $asks, since $why", ({ live, asks }) => {
    const all = sources(["--external", "scores.csv"], live).join("\n");
    expect(all.includes("RUN_EVAL = false")).toBe(!asks);
    expect(all).toContain('const EXTERNAL_EVAL_PATHS: string[] = ["/r/scores.csv"];');
  });

  it("say of external files which facets their tasks have and which models are the same", () => {
    const args = [
      "--external",
      "a",
      "--facet",
      "piqa=reasoning",
      "--same-model",
      "x=y",
      "--scale",
      "chat=10",
    ];
    expect(sources(args, true).join("\n")).toContain(
      'const EXTERNAL_OPTIONS: ExternalOptions = {"facetOf":{"piqa":"reasoning"},"sameModel":{"x":"y"},"scaleOf":{"chat":10}};',
    );
  });

  it("write paths and ids as data, never as code", () => {
    const nasty = 'x"];process.exit(1);';
    expect(sources(["--external", nasty], true).join("\n")).toContain(JSON.stringify([`/r/${nasty}`]));
  });

  it("name the tag that is missing when the notebook lost it", () => {
    const bare = { ...notebook, cells: notebook.cells.slice(0, 1) };
    expect(() => withOverrides(bare, parseOptions("start", ["--epochs", "2"], "/r"), false)).toThrow(
      'no cell tagged "settings"',
    );
  });

  it("do not shift the numbers by which cells are named", () => {
    const prepared = withOverrides(notebook, parseOptions("start", ["--epochs", "2"], "/r"), false);
    expect(cellNumber(prepared, 4)).toBe(4);
    expect(cellNumber(notebook, 3)).toBe(4);
  });
});
