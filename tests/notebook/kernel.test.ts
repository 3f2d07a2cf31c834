import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { findJupyter, jupyterEnv } from "../../lib/notebook/runner/findJupyter.js";
import type { NotebookFile } from "../../lib/notebook/runner/withOverrides.js";
import { sourceOf } from "../../lib/notebook/runner/withOverrides.js";
import { NOTEBOOK, OUT, ROOT } from "../../lib/notebook/runner/paths.js";
import type { RunCells } from "../helpers/runCells.js";
import { runCells } from "../helpers/runCells.js";

const jupyter = findJupyter(console.log);

/** What one kernel ran, cell by cell: nothing of it harms the next. */
const CELLS = {
  imports: 'import { TASKS, FACETS } from "facet-bench";\nimport type { Task } from "facet-bench";',
  uses: "const first: Task = TASKS[0];\nconsole.log(first.name, FACETS.length);",
  declares: "const run: { rows: number } | null = { rows: 3 };",
  shortens: "console.log(JSON.stringify({ run, x: 1 }));",
  aborts:
    'import { interruptSignal } from "facet-bench";\n(globalThis as any)[Symbol.for("facet-bench.interrupt")].controller.abort();\nconsole.log(interruptSignal().aborted);',
  isFresh: "console.log(interruptSignal().aborted);",
  keeps: 'import { reloadLibrary } from "facet-bench";\nconst before: object = FACETS;',
  reloads: "reloadLibrary();",
  compares: 'import { FACETS } from "facet-bench";\nconsole.log((FACETS as object) === before);',
  makesFiles:
    'import { mkdirSync, writeFileSync } from "node:fs";\nmkdirSync("node_modules");\nwriteFileSync("node_modules/x.ts", "");\nawait new Promise((done) => setTimeout(done, 1000));',
  goesOn: "console.log(FACETS.length);",
  isMistyped: 'console.log("side effect");\nconst n: number = "one";',
};

describe("a kernel that goes on", { timeout: 120_000 }, () => {
  let result: RunCells;
  beforeAll(async () => {
    mkdirSync(OUT, { recursive: true });
    const folder = mkdtempSync(join(OUT, "kernel-"));
    const running = runCells(jupyter, Object.values(CELLS), () => {}, { folder });
    result = await running.finally(() => rmSync(folder, { recursive: true }));
  }, 120_000);
  const printed = (cell: keyof typeof CELLS) => result.printed[Object.keys(CELLS).indexOf(cell)];

  it("imports the library's TypeScript source without a build, with its types", () => {
    expect(printed("uses")).toBe("math_apples 4\n");
  });

  it("finds a variable of an earlier cell in a shorthand property", () => {
    expect(printed("shortens")).toBe('{"run":{"rows":3},"x":1}\n');
  });

  it("gives each cell a fresh signal, so that an interrupt stops one cell only", () => {
    expect([printed("aborts"), printed("isFresh")]).toEqual(["true\n", "false\n"]);
  });

  it("takes edited library source after one call, without a restart", () => {
    expect(printed("compares")).toBe("false\n");
  });

  it("goes on when files come and go in a folder that its compiler watches", () => {
    expect(printed("goesOn")).toBe("4\n");
  });

  it("stops at a type error before the cell runs, and names its line", () => {
    expect(result.failed).toMatchObject({
      cell: Object.keys(CELLS).indexOf("isMistyped"),
      ename: "TypeScriptError",
    });
    expect(result.failed?.evalue).toContain("(line 2)");
    expect(printed("isMistyped")).toBe("");
  });
});

describe("the kernel", { timeout: 120_000 }, () => {
  it("tells the name, message and line of what a cell threw, also to a person without a home folder, and keeps the cells before it", async () => {
    const cells = [
      'console.log("kept");',
      "const a: number = 1;\n// a comment\nif (a > 0) {\n  throw new RangeError(`a is ${a}`);\n}",
      'console.log("never");',
    ];
    const env = { ...jupyterEnv(), HOME: "/dev/null/home" };
    const { executed, printed, failed } = await runCells(jupyter, cells, () => {}, { env });
    expect(failed).toMatchObject({ cell: 1, ename: "RangeError", evalue: "a is 1", interrupted: false });
    expect(printed).toEqual(["kept\n", "", ""]);
    expect(failed?.where).toContain("line 4 of the cell: throw new RangeError");
    const traceback = JSON.stringify(executed.cells[1]?.outputs);
    expect(traceback).toContain("line 4 of the cell: throw new RangeError");
    expect(traceback).not.toContain("start-kernel");
  });

  it("aborts what is in flight when the reader interrupts", async () => {
    const cell = `import { interruptSignal } from "facet-bench";
const signal = interruptSignal();
signal.addEventListener("abort", () => console.log("aborted"));
const timer = setInterval(() => signal.aborted && clearInterval(timer), 5);
await new Promise((done) => setTimeout(done, 10));
console.log("waiting");
await new Promise((done) => setTimeout(done, 60_000));`;
    const began = Date.now();
    const { printed, failed } = await runCells(jupyter, [cell], (event) => {
      if (event.event === "stream" && event.text.includes("waiting")) process.emit("SIGINT");
    });
    expect(failed).toMatchObject({ ename: "Interrupted", interrupted: true });
    expect(printed[0]).toContain("aborted");
    expect(Date.now() - began).toBeLessThan(50_000);
  });

  it("stops a cell that computes without a pause, too", async () => {
    const cell = `console.log("computing");\nfor (;;) Math.sqrt(2);`;
    const { failed } = await runCells(jupyter, [cell], (event) => {
      if (event.event === "stream" && event.text.includes("computing")) process.emit("SIGINT");
    });
    expect(failed).toMatchObject({ ename: "Interrupted", interrupted: true });
  });

  it("is interrupted also where Python's event loops handle no signals, as on Windows", async () => {
    const folder = mkdtempSync(join(tmpdir(), "facet-python-"));
    const lacking = ["add", "remove"].map((verb) => `Loop.${verb}_signal_handler = lacking\n`).join("");
    const define = "def lacking(*_):\n    raise NotImplementedError\n";
    writeFileSync(
      join(folder, "sitecustomize.py"),
      `from asyncio import SelectorEventLoop as Loop\n${define}${lacking}`,
    );
    const cell = `const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
await wait(10);
console.log("waiting");
await wait(60_000);`;
    try {
      const { failed } = await runCells(
        jupyter,
        [cell],
        (event) => {
          if (event.event === "stream" && event.text.includes("waiting")) process.emit("SIGINT");
        },
        { env: { ...jupyterEnv(), PYTHONPATH: folder } },
      );
      expect(failed).toMatchObject({ cell: 0, ename: "Interrupted", interrupted: true });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("that dies is told of with the cell it died in, and keeps the cells before it", async () => {
    const { printed, failed } = await runCells(jupyter, [
      'console.log("kept");',
      'process.kill(process.pid, "SIGKILL");',
      'console.log("never");',
    ]);
    expect(failed).toMatchObject({ cell: 1, ename: "DeadKernel", where: null, interrupted: false });
    expect(failed?.evalue).toMatch(/kernel died/i);
    expect(printed).toEqual(["kept\n", "", ""]);
  });
});

describe("a stock tslab kernel", { timeout: 240_000 }, () => {
  it("runs the notebook's cells too, checking the library with the kernel's own TypeScript", async () => {
    const folder = mkdtempSync(join(tmpdir(), "facet-stock-"));
    const kernel = join(folder, "kernels/tslab");
    mkdirSync(kernel, { recursive: true });
    // What `tslab install` writes.
    const argv = [join(ROOT, "node_modules/.bin/tslab"), "kernel", "--config-path", "{connection_file}"];
    writeFileSync(
      join(kernel, "kernel.json"),
      JSON.stringify({ argv, display_name: "TypeScript", language: "typescript" }),
    );
    const notebook = JSON.parse(readFileSync(NOTEBOOK, "utf8")) as NotebookFile;
    const cells = notebook.cells.filter((cell) => cell.cell_type === "code").slice(0, 4);
    try {
      const { printed, failed } = await runCells(
        jupyter,
        [...cells.map(sourceOf), "console.log(TASKS.length);"],
        () => {},
        { env: { ...process.env, JUPYTER_PATH: folder } },
      );
      expect(failed).toBeNull();
      expect(printed[4]).toBe("12\n");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
