import { afterEach, describe, expect, it, vi } from "vitest";
import { describeDiagnostics, describeError } from "../../lib/notebook/kernel/describeError.js";
import { ROOT } from "../../lib/notebook/runner/paths.js";
import { sourceLine } from "../../lib/notebook/kernel/describeError.js";

const source = `// ask everyone
const run: EvalRun = await evaluateModels(specs, { client });
const rows = run.rows;
rows.forEach((row: Row) => check(row));`;
const compiled = `Object.defineProperty(exports, "__esModule", { value: true });
exports.rows = exports.run = void 0;
// ask everyone
exports.run = await evaluateModels(exports.specs, { client: exports.client });
exports.rows = exports.run.rows;
exports.rows.forEach((row) => check(row));`;

describe("a line of the compiled cell", () => {
  it.each([
    { line: 4, from: 2 },
    { line: 5, from: 3 },
    { line: 6, from: 4 },
  ])("$line is traced back to line $from of what the reader wrote", ({ line, from }) => {
    expect(sourceLine({ source, compiled }, line)?.number).toBe(from);
  });

  it("is not traced when nothing resembles it", () => {
    expect(sourceLine({ source, compiled }, 1)).toBeNull();
    expect(sourceLine({ source, compiled }, 0)).toBeNull();
    expect(sourceLine({ source: "", compiled: "" }, 3)).toBeNull();
  });
});

describe("what a failed cell tells", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it("is the error's name, its message and the line of the cell", () => {
    const error = new RangeError("no such model");
    error.stack = `RangeError: no such model\n    at evalmachine.<anonymous>:4:21\n    at node:vm:100:1`;
    expect(describeError(error, { source, compiled })).toEqual({
      ename: "RangeError",
      evalue: "no such model",
      traceback: [
        "RangeError: no such model",
        "  line 2 of the cell: const run: EvalRun = await evaluateModels(specs, { client });",
      ],
    });
  });

  it.each([["a string"], [42], [null], [undefined], [{ code: "E" }], [Symbol("s")]])(
    "has words for a thrown %s, too",
    (thrown) => {
      const content = describeError(thrown);
      expect(content.ename).toBe("Error");
      expect(content.evalue).not.toBe("");
    },
  );

  it.each([
    ["a waiting", new Error("Interrupted asynchronously")],
    [
      "a computing",
      Object.assign(new Error("Script execution was interrupted by `SIGINT`"), {
        code: "ERR_SCRIPT_EXECUTION_INTERRUPTED",
      }),
    ],
  ])("names an interrupt of %s cell as one, and says that nothing is lost", (_what, thrown) => {
    const content = describeError(thrown);
    expect(content.ename).toBe("Interrupted");
    expect(content.evalue).toContain("re-run the cell");
  });

  it("holds no API key, wherever the message had one", () => {
    vi.stubEnv("OPENROUTER_API_KEY", "sk-or-v1-secret");
    const content = describeError(new Error("401 for sk-or-v1-secret"));
    expect(JSON.stringify(content)).not.toContain("secret");
  });

  it("tells nobody where the project lies on this machine", () => {
    const type = describeDiagnostics(null, ["", 1, 1, `no "x" in "${ROOT}/lib/index"`], source);
    const thrown = describeError(new Error(`cannot read ${ROOT}/data/x.csv`));
    expect(JSON.stringify([type, thrown])).not.toContain(ROOT);
    expect(thrown.evalue).toBe("cannot read data/x.csv");
  });

  it("lists every type error of the cell, the first one in the message", () => {
    const first = describeDiagnostics(null, ["", 2, 7, "Cannot find name 'EvalRun'."], source);
    const both = describeDiagnostics(first, ["", 4, 21, "Cannot find name 'Row'."], source);
    expect(both.ename).toBe("TypeScriptError");
    expect(both.evalue).toBe("Cannot find name 'EvalRun'. (line 2)");
    expect(both.traceback).toHaveLength(3);
    expect(both.traceback[2]).toContain("line 4:21 of the cell: rows.forEach");
  });
});
