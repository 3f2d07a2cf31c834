import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import type { NotebookCell, NotebookFile } from "../../lib/notebook/runner/overrides.js";
import { sourceOf } from "../../lib/notebook/runner/overrides.js";
import { NOTEBOOK } from "../../lib/notebook/runner/paths.js";
import { MODEL_SPECS, TASKS } from "../../lib/tasks/index.js";

const text = readFileSync(NOTEBOOK, "utf8");
const { cells, metadata } = JSON.parse(text) as NotebookFile & {
  metadata: { kernelspec: { name: string } };
};
const code = cells.filter((cell) => cell.cell_type === "code");
const tagged = (tag: string): NotebookCell => cells.find((cell) => cell.metadata.tags?.includes(tag))!;

/** The value that a settings cell gives to a constant, its type annotation left out. */
function setting(tag: string, name: string): unknown {
  const plain = sourceOf(tagged(tag)).replace(/^const (\w+)(: [^=]+)? =/gm, "var $1 =");
  return JSON.parse(JSON.stringify(runInNewContext(`${plain}\n${name}`)));
}

describe("the notebook as it is committed", () => {
  it("holds no outputs and no execution counts", () => {
    expect(code.filter((cell) => cell.outputs?.length !== 0 || cell.execution_count !== null)).toEqual([]);
  });

  it("asks for the kernel by the name that a stock tslab has, too", () => {
    expect(metadata.kernelspec.name).toBe("tslab");
  });

  it("shows the twelve prompts just as the library has them", () => {
    expect(setting("tasks", "PROMPTS")).toEqual(
      Object.fromEntries(TASKS.map((task) => [task.name, task.prompt])),
    );
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
    ["settings", "GENERATION_KW", { maxTokens: 128, temperature: 0.2 }],
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

  it("explains itself: never more than two code cells in a row, and one title", () => {
    const kinds = cells.map((cell) => cell.cell_type[0]).join("");
    expect(kinds).not.toContain("ccc");
    expect(
      cells.flatMap((cell) => (cell.cell_type === "markdown" ? (sourceOf(cell).match(/^# /gm) ?? []) : [])),
    ).toHaveLength(1);
  });

  it("keeps its figures and tables out of the box that the classic notebook folds tall outputs into", () => {
    const showing = code.filter((cell) => /bench\.(show|review|law)(Figure|Table)\(/.test(sourceOf(cell)));
    expect(showing.length).toBeGreaterThan(5);
    expect(showing.filter((cell) => cell.metadata.scrolled !== false).map(sourceOf)).toEqual([]);
  });

  it("names no folder of the machine it was written on", () => {
    expect(text).not.toMatch(/\/(home|Users|root|work)\//);
  });
});
