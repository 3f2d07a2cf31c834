import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runInNewContext } from "node:vm";
import { check } from "prettier";
import { describe, expect, it } from "vitest";
import type { NotebookCell, NotebookFile } from "../../lib/notebook/runner/withOverrides.js";
import { sourceOf } from "../../lib/notebook/runner/withOverrides.js";
import { NOTEBOOK } from "../../lib/notebook/runner/paths.js";
import * as bench from "../../lib/tasks/index.js";
import { MODEL_SPECS, TASKS } from "../../lib/tasks/index.js";
import type { Task } from "../../lib/tasks/types.js";

/** A notebook as it is committed. */
function notebookIn(path: string) {
  const text = readFileSync(path, "utf8");
  const { cells, metadata } = JSON.parse(text) as NotebookFile & {
    metadata: { kernelspec: { name: string } };
  };
  return { text, cells, metadata, code: cells.filter((cell) => cell.cell_type === "code") };
}

const { cells } = notebookIn(NOTEBOOK);
const tagged = (tag: string): NotebookCell => cells.find((cell) => cell.metadata.tags?.includes(tag))!;
const folder = dirname(NOTEBOOK);
const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

/** The value that a settings cell gives to a constant, its type annotation left out. */
function setting(tag: string, name: string): unknown {
  const plain = sourceOf(tagged(tag)).replace(/^const (\w+)(: [^=]+)? =/gm, "var $1 =");
  return JSON.parse(JSON.stringify(runInNewContext(`${plain}\n${name}`)));
}

describe("the mini-benchmark's notebook", () => {
  it("shows the twelve tasks, each with its prompt and its answer, just as the library has them", () => {
    const plain = sourceOf(tagged("tasks")).replace(/^const (\w+)(: [^=]+)? =/gm, "var $1 =");
    const shown = runInNewContext(`${plain.replace("const {", "var {")}\nTASKS`, {
      bench,
    }) as readonly Task[];
    expect(JSON.stringify(shown)).toBe(JSON.stringify(TASKS));
    expect(shown.map(({ scorer }) => scorer)).toEqual(TASKS.map(({ scorer }) => scorer));
  });

  it("lists the models just as the library does", () => {
    expect(setting("models", "MODEL_SPECS")).toEqual(MODEL_SPECS);
  });

  it("enables enough models for a surface, and at least ten", () => {
    expect(MODEL_SPECS.filter((spec) => spec.enabled).length).toBeGreaterThanOrEqual(10);
  });

  it.each([
    ["settings", "RUN_EVAL", true],
    ["settings", "EPOCHS", 1],
    ["settings", "ITEMS_PER_FACET", 3],
    // The original's 128 tokens would cut off every model that thinks.
    ["settings", "GENERATION_KW", { maxTokens: 4096, temperature: 0.2 }],
    ["external", "EXTERNAL_EVAL_PATHS", []],
    [
      "surfaces",
      "SURFACES",
      [
        ["reasoning", "instruction", "coding"],
        ["reasoning", "coding", "tool_use"],
        ["instruction", "tool_use", "reasoning"],
      ],
    ],
  ])("keeps in its cell %s the original's %s", (tag, name, value) => {
    expect(setting(tag, name)).toEqual(value);
  });
});

describe.each(names)("%s as it is committed", (name) => {
  const { text, cells, metadata, code } = notebookIn(join(folder, name));

  it("holds no outputs and no execution counts", () => {
    expect(code.filter((cell) => cell.outputs?.length !== 0 || cell.execution_count !== null)).toEqual([]);
  });

  it("asks for the kernel by the name that a stock tslab has, too", () => {
    expect(metadata.kernelspec.name).toBe("tslab");
  });

  it("explains itself: never more than two code cells in a row, and one title", () => {
    const kinds = cells.map((cell) => cell.cell_type[0]).join("");
    expect(kinds).not.toContain("ccc");
    expect(
      cells.flatMap((cell) => (cell.cell_type === "markdown" ? (sourceOf(cell).match(/^# /gm) ?? []) : [])),
    ).toHaveLength(1);
  });

  it("keeps its figures and tables out of the box that the classic notebook folds tall outputs into", () => {
    const showing = code.filter((cell) => /bench\.(?:show|explore)\(/.test(sourceOf(cell)));
    expect(showing.length).toBeGreaterThan(1);
    expect(showing.filter((cell) => cell.metadata.scrolled !== false).map(sourceOf)).toEqual([]);
  });

  it("has no line over 110 characters, and no cell of prose over 60 words", () => {
    const lines = cells.flatMap((cell) => sourceOf(cell).split("\n"));
    expect(lines.filter((line) => line.length > 110)).toEqual([]);
    const wordy = cells
      .filter((cell) => cell.cell_type === "markdown")
      .map((cell) =>
        sourceOf(cell)
          .replace(/^#.*$/gm, "")
          .replace(/`[^`]*`/g, "code"),
      )
      .filter((prose) => prose.split(/\s+/).filter((word) => /[\p{L}\d]/u.test(word)).length > 60);
    expect(wordy).toEqual([]);
  });

  it.each(code.map((cell) => [cell.id, sourceOf(cell)]))(
    "formats its cell %s like the rest",
    async (_, source) => {
      expect(await check(`${source}\n`, { parser: "typescript", printWidth: 110 })).toBe(true);
    },
  );

  it("names no folder of the machine it was written on", () => {
    expect(text).not.toMatch(/\/(home|Users|root|work)\//);
  });
});
