import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { fenced, scoreOf, wordOf } from "./helpers.js";

const body = (lines: string): string =>
  fenced(`def add_numbers(a, b):\n    ${lines.replaceAll("\n", "\n    ")}`);
const above = (lines: string): string => fenced(`${lines}\n\ndef add_numbers(a, b):\n    return 5`);
const mark = join(tmpdir(), `hostile-${process.pid}`);

describe("a hostile program", () => {
  // Each ends with an outcome that is no pass, and a good answer after it is scored as ever.
  it.each([
    ["loops for ever", body("while True:\n    pass")],
    ["loops for ever above the function", above("while True:\n    pass")],
    [
      "catches its own time-out",
      body("while True:\n    try:\n        while True: pass\n    except BaseException: pass"),
    ],
    ["allocates 10 GB", body('return "a" * 10**10')],
    ["fills a list for ever", body("x = []\nwhile True:\n    x.append(x)")],
    ["raises a tower of powers", body("return 9**9**9**9")],
    ["shifts beyond the interpreter's time limit", body("return str(1 << 10**9)")],
    [
      "multiplies one huge number after another",
      body("x = 9**9**6\nwhile True:\n    x = x * x % (9**9**6 - 1)"),
    ],
    ["recurses for ever", body("return add_numbers(a, b)")],
    [
      "overflows the native stack, which ends the interpreter's process",
      body("import json\nx = []\nfor i in range(200000):\n    x = [x]\nreturn json.dumps(x)"),
    ],
    [
      "returns a list that would unfold to 10^18 items",
      body("x = [0] * 1000\nfor i in range(6):\n    x = [x] * 1000\nreturn x"),
    ],
    ["nests its source", body(`return ${"(".repeat(20_000)}a${")".repeat(20_000)}`)],
    ["prints for ever", body('while True:\n    print("x" * 100000)')],
    ["lists files", body('import os\nreturn os.listdir("/")')],
    ["reads the environment", body('import os\nreturn os.environ["PATH"]')],
    ["runs a command", body(`import os\nos.system("touch ${mark}")\nreturn a - b`)],
    ["starts a process", body(`import subprocess\nsubprocess.run(["touch", "${mark}"])`)],
    ["writes a file", body(`open("${mark}", "w").write("x")\nreturn a - b`)],
    ["writes a file by pathlib", body(`from pathlib import Path\nPath("${mark}").write_text("x")`)],
    ["reads a file", body('return open("/etc/passwd").read()')],
    ["opens a socket", body("import socket\nreturn socket.socket()")],
    ["fetches a page", body('import urllib.request\nreturn urllib.request.urlopen("http://localhost")')],
    ["evaluates text", body('return eval("a - b")')],
    ["executes text", body('exec("import os")\nreturn a - b')],
    ["imports by name", body('return __import__("os").getcwd()')],
    ["walks attributes to object", body("return ().__class__.__bases__[0].__subclasses__()")],
    ["walks a function's globals", body("return (lambda: 0).__globals__")],
    ["formats its way to attributes", body('return "{0.__class__}".format(a)')],
    ["leaves the interpreter", body("import sys\nsys.exit(0)")],
    ["prints a fake result", above('print("[True, 5]")')],
    [
      "redefines the built-ins that a check might use",
      above("def type(x): return int\ndef str(x): return '5'\nbool = int = float = type"),
    ],
    ["ends with a fake verdict", above("") + "\n[True, None]"],
    ["looks for the right value among its names", body("for name in dir():\n    pass\nreturn vars()")],
    ["holds NUL bytes", body("return '\0' + \0")],
    ["holds a lone surrogate", body("return '\ud800'")],
  ])("that %s is no pass, and does no harm", async (_, answer) => {
    expect(["0", "review"]).toContain(await wordOf("add_func", answer));
    expect(await wordOf("add_func", body("return a + b"))).toBe("1");
    expect(existsSync(mark)).toBe(false);
  });

  it("of 1 MB has an outcome at once, and is not run", async () => {
    const outcome = await scoreOf("add_func", body(`${"x = 1\n".repeat(150_000)}return a + b`));
    expect(outcome).toMatchObject({ kind: "unscored", reason: "review" });
  });

  it("does not hold up the event loop while it runs", async () => {
    let ticks = 0;
    const clock = setInterval(() => ticks++, 20);
    await wordOf("add_func", body("while True: pass"));
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(5);
  });

  it("cannot be told by what it says: limits and crashes are explained", async () => {
    expect(await scoreOf("add_func", body("while True: pass"))).toMatchObject({
      explanation: expect.stringContaining("time limit"),
    });
  });
});

describe("the interpreter's process", () => {
  const script = `
    const { scoreCoding } = require("./lib/scorers/index.ts");
    const python = { entry: "f", cases: [{ args: [], returns: 1 }] };
    scoreCoding("def f(): return 1", { python }).then((outcome) => console.log(JSON.stringify(outcome)));`;

  it("runs under tsx in CommonJS, as a notebook's kernel loads it, and does not keep its parent alive", () => {
    const cwd = join(import.meta.dirname, "../..");
    const run = spawnSync(process.execPath, ["--require", "tsx/cjs", "-e", script], {
      cwd,
      timeout: 15_000,
      encoding: "utf8",
    });
    expect(run).toMatchObject({ status: 0, signal: null });
    expect(JSON.parse(run.stdout)).toMatchObject({ kind: "scored", value: 1 });
  });
});
