import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refuseSecrets } from "../../lib/notebook/runner/refuseSecrets.js";
import type { NotebookFile } from "../../lib/notebook/runner/withOverrides.js";
import type { ProjectCopy } from "../helpers/projectCopy.js";
import { copyProject } from "../helpers/projectCopy.js";

const KEY = "sk-or-v1-0123456789abcdef0123456789";
const QUOTED = 'pass"word\\with';

/** A notebook of two cells, the second with this source and this text as its output. */
function notebook(source: string, output: string): NotebookFile {
  const code = { cell_type: "code" as const, metadata: {}, execution_count: 1 };
  const outputs = [{ output_type: "stream", name: "stdout", text: [output] }];
  return {
    cells: [
      { ...code, source: "1 + 1", outputs: [] },
      { ...code, source: [source], outputs },
    ],
  };
}

describe("before a page is written", () => {
  it.each([
    [
      "an output that holds a key of the environment",
      notebook("", `got ${KEY}!`),
      "the value of SOME_API_KEY",
    ],
    ["an output that holds a password with quotes", notebook("", `${QUOTED}\n`), "the value of DB_PASSWORD"],
    [
      "a cell that holds a key of the environment",
      notebook(`const k = "${KEY}";`, ""),
      "the value of SOME_API_KEY",
    ],
    [
      "a cell with a key of another's",
      notebook(`ask("hf_${"a1B2".repeat(9)}")`, ""),
      "what looks like a key",
    ],
  ])("%s is named without the secret", (_, file, what) => {
    const env = { SOME_API_KEY: KEY, DB_PASSWORD: QUOTED };
    const refuse = () => refuseSecrets(file, env);
    expect(refuse).toThrow(`cell 2 of the notebook, or its output, holds ${what}.`);
    expect(refuse).not.toThrow(KEY);
  });

  it.each([
    ["answers that speak of keys", notebook("", `Use a key such as sk-${"x".repeat(30)}.`), { A_KEY: KEY }],
    ["a short value that any text may hold", notebook("", "true"), { CACHE_KEY: "true" }],
    [
      "a variable that is no secret",
      notebook("", "/home/someone/somewhere"),
      { HOME: "/home/someone/somewhere" },
    ],
  ])("%s pass", (_, file, env) => {
    expect(() => refuseSecrets(file, env)).not.toThrow();
  });
});

describe("npm run export", { timeout: 60_000 }, () => {
  let project: ProjectCopy;
  beforeAll(() => void (project = copyProject()));
  afterAll(() => project.remove());

  it("writes no page of a notebook that shows the key", async () => {
    const out = join(project.folder, "out");
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "facet_interactions.ipynb"), JSON.stringify(notebook("", KEY)));
    const result = await project.run("export", [], { OPENROUTER_API_KEY: KEY });
    expect(result).toMatchObject({ code: 1, stdout: "" });
    expect(result.stderr).toMatch(/^No page was written: cell 2 .* the value of OPENROUTER_API_KEY\./);
    expect(result.stderr).not.toContain(KEY);
    expect(existsSync(join(out, "facet_interactions.html"))).toBe(false);
  });
});
