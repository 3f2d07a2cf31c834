import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../../lib/notebook/runner/paths.js";

/** As the package's command and the clone's npm scripts start it. */
function run(...args: readonly string[]) {
  const tsx = createRequire(import.meta.url).resolve("tsx");
  const program = ["--import", tsx, join(ROOT, "lib/cli/main.ts"), ...args];
  const env = { ...process.env, INIT_CWD: tmpdir() };
  return spawnSync(process.execPath, program, { cwd: ROOT, env, encoding: "utf8" });
}

describe("the command line", { timeout: 60_000 }, () => {
  it.each([
    [
      ["strat"],
      /^There is no command "strat"; did you mean "start"\? There are start, lab, export, new, fit/,
    ],
    [["start", "--epohcs", "2"], /^Unknown option '--epohcs'\. Did you mean --epochs\?/],
    [["start", "--tasks", "gone.csv"], /^--tasks: there is no file or folder .*gone\.csv\.$/],
    [["start", "--results", "."], /^--results: there is no file .*\. npm start writes one/],
    [["fit", "gone.csv"], /^fit: there is no file or folder .*gone\.csv\.$/],
    [["new"], /^new wants one folder's name; got \[\]/],
  ])("refuses %j in one line and with code 2", (args, message) => {
    const { status, stderr, stdout } = run(...args);
    expect(stderr.trim()).toMatch(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect([status, stdout]).toEqual([2, ""]);
  });

  it.each([["fit", "--help"], ["help"]])(
    "lists its commands when asked, each with what it does: %s %s",
    (...args) => {
      const { status, stdout } = run(...args);
      for (const name of ["start", "lab", "export", "new", "fit"])
        expect(stdout).toMatch(new RegExp(`^${name}\\b.* {2,}\\w`, "m"));
      expect(status).toBe(0);
    },
  );

  it("tells the library's version", () => {
    const { version } = createRequire(import.meta.url)("../../lib/package.json") as { version: string };
    expect(run("--version").stdout).toBe(`${version}\n`);
  });
});
