import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRows, simulatedPanel } from "../../lib/index.js";
import type { NotebookFile } from "../../lib/notebook/runner/withOverrides.js";
import type { DefaultRun } from "../helpers/defaultRun.js";
import { defaultRun } from "../helpers/defaultRun.js";
import type { ProjectCopy } from "../helpers/projectCopy.js";
import { copyProject } from "../helpers/projectCopy.js";

const KEY = "sk-or-v1-0123456789abcdef";
let project: ProjectCopy;

const out = (name: string, { folder }: { readonly folder: string } = project) => join(folder, "out", name);
const executed = (run?: DefaultRun) =>
  JSON.parse(readFileSync(out("facet_interactions.ipynb", run), "utf8")) as NotebookFile;
const surfaceLines = (text: string) => text.match(/^Surface \d .*$/gm);
const outputsOf = (notebook: NotebookFile) =>
  JSON.stringify(notebook.cells.map((cell) => cell.outputs ?? []));

beforeAll(() => void (project = copyProject()));
afterAll(() => project.remove());

describe("npm start", { timeout: 240_000 }, () => {
  let result: DefaultRun;
  beforeAll(async () => {
    result = await defaultRun();
  }, 240_000);

  it("runs the notebook without a key, on simulated models, and says so in its summary", () => {
    expect(result.stderr).toBe("");
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^Models +24 simulated, no real one$/m);
    expect(result.stdout).toMatch(/^Answers +288 \(24 models × 12 tasks × 1 epoch\)$/m);
    expect(result.stdout).toMatch(/^Failed +0$/m);
    expect(result.stdout.match(/^Surface \d .*simulated/gm)).toHaveLength(3);
  });

  it("executes every cell, and draws the original's three surfaces", () => {
    const code = executed(result).cells.filter((cell) => cell.cell_type === "code");
    expect(code.every((cell) => typeof cell.execution_count === "number")).toBe(true);
    const text = outputsOf(executed(result));
    for (const z of ["coding", "tool_use", "reasoning"]) expect(text).toContain(z);
    expect(text.match(/<figure class=/g)?.length).toBeGreaterThanOrEqual(3);
  });

  it("says that they are simulated in every table and figure that the panel feeds", () => {
    const shown = executed(result).cells.flatMap((cell) => cell.outputs ?? []);
    const html = shown.map((output) =>
      String((output["data"] as Record<string, string[]> | undefined)?.["text/html"] ?? ""),
    );
    const fed = html.filter((text) => /<table|class="fb-figure/.test(text) && text.includes("sim-"));
    expect(fed.length).toBeGreaterThanOrEqual(5);
    for (const text of fed) expect(text).toMatch(/simulated/i);
  });

  it("leaves every figure's still picture as a file", () => {
    const figures = outputsOf(executed(result)).match(/class=\\"fb-picture\\" alt=\\"(?!\\")/g)?.length;
    const files = readdirSync(out("figures", result));
    expect(files).toHaveLength(figures ?? -1);
    for (const file of files)
      expect(readFileSync(out(`figures/${file}`, result), "utf8")).toMatch(/^<svg[\s>]/);
  });

  it("leaves rows that load again, one for each question", async () => {
    const rows = await loadRows(out("rows.jsonl", result));
    expect(new Set(rows.map((row) => `${row.model} ${row.task} ${row.epoch}`)).size).toBe(288);
  });

  it("asks nobody when it is given the rows of an earlier run, and finds the same", async () => {
    const again = await project.run("start", ["--results", out("rows.jsonl", result)]);
    expect(again.code).toBe(0);
    expect(again.stdout).toMatch(/^Cost +nothing asked, nothing spent$/m);
    expect(surfaceLines(again.stdout)).toEqual(surfaceLines(result.stdout));
  });

  it("asks every model that a server lists, which speaks OpenAI's way, as often as the command line says", async () => {
    const panel = await simulatedPanel({ models: 2 });
    try {
      const args = ["--base-url", panel.baseURL, "--models", "all", "--epochs", "2"];
      const live = await project.run("start", args, { OPENROUTER_API_KEY: KEY });
      expect(live.stderr).toBe("");
      expect(live.stdout).toMatch(/^Answers +48 \(2 models × 12 tasks × 2 epochs\)$/m);
      expect(live.stdout).toMatch(/Surface 1 .*points only, no surface/);
      for (const file of ["facet_interactions.ipynb", "facet_interactions.html", "rows.jsonl"]) {
        expect(readFileSync(out(file), "utf8")).not.toContain(KEY);
      }
    } finally {
      await panel.close();
    }
  });

  it("draws surfaces over scores from a file alone, with no simulated model among them", async () => {
    const models = Array.from({ length: 12 }, (_, i) => `model-${i}`);
    const lines = models.flatMap((model, i) =>
      ["maths", "law", "poetry", "physics"].map(
        (facet, j) => `${model},${facet},${(0.2 + ((i * (j + 3)) % 7) / 10).toFixed(2)}`,
      ),
    );
    writeFileSync(join(project.folder, "scores.csv"), ["model,facet,score", ...lines].join("\n"));
    const external = await project.run("start", ["--external", "scores.csv"], { INIT_CWD: project.folder });
    expect(external.stderr).toBe("");
    expect(external.stdout).toMatch(/^Models +12$/m);
    expect(external.stdout.match(/^Surface \d .*n = 12/gm)).toHaveLength(3);
    expect(outputsOf(executed())).not.toContain("sim-");
  });

  it("makes a page of them that speaks of what they are, and of nothing that was not asked", () => {
    const page = readFileSync(out("facet_interactions.html"), "utf8");
    const [body = ""] = page.match(/<body.*<\/body>/s) ?? [];
    const read = body
      .replaceAll(/<(script|style|details class="fb-code")[^>]*>.*?<\/(script|style|details)>/gs, "")
      .replaceAll(/<[^>]*>/g, " ");
    expect(read).toMatch(/scored by.*scores\.csv/s);
    expect(read).toMatch(/How many items are behind a dot is not told/);
    expect(read).toMatch(/poetry over maths and law/);
    // Nobody was asked; no interval can be; no scorer of ours had a part in it.
    expect(read).not.toMatch(/three|Evaluation harness|Models to probe|Every answer|WARNING|Generation/i);
    expect(read).not.toMatch(/facet means with|allows a true rate/);
    expect(read).not.toMatch(/agrees with people|bias|verdicts/);
  });
});

describe("npm start, given something it cannot use,", { timeout: 240_000 }, () => {
  it.each([
    {
      what: "a key with a space in it",
      args: [],
      env: { OPENROUTER_API_KEY: "sk-or v1" },
      says: /Cell \d+ \(under "Evaluation harness"\) failed.*API key holds a space/s,
    },
    {
      what: "an external file that lacks a column",
      args: ["--external", "bad.csv"],
      env: {},
      says: /Cell \d+ .*failed.*bad\.csv.*facet/s,
    },
    {
      what: "an external file that is missing, and nothing else",
      args: ["--external", "nowhere.csv"],
      env: {},
      says: /No score could be taken\.\nSkipped nowhere\.csv: not found\./,
    },
  ])(
    "$what, ends with one clear message, exit code 1 and the notebook so far",
    async ({ args, env, says }) => {
      writeFileSync(join(project.folder, "bad.csv"), "model,score\na,1\n");
      const failed = await project.run("start", args, { ...env, INIT_CWD: project.folder });
      expect(failed.code).toBe(1);
      expect(failed.stdout + failed.stderr).toMatch(says);
      expect(failed.stdout).toContain("The notebook as far as it got: out/facet_interactions.ipynb");
      expect(outputsOf(executed())).toContain('"output_type":"error"');
    },
  );

  it.each([
    { what: "real models without a key", args: ["--models", "a/b"], says: /OPENROUTER_API_KEY is not set/ },
    {
      what: "rows that are not there",
      args: ["--results", "gone.jsonl"],
      says: /there is no file .*gone\.jsonl/,
    },
  ])("$what, says so at once", async ({ args, says }) => {
    const refused = await project.run("start", args, { INIT_CWD: project.folder });
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(says);
    expect(refused.stderr.trim().split("\n")).toHaveLength(1);
  });

  it("a file where the out folder should be, says so at once", async () => {
    const folder = join(project.folder, "out");
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(folder, "not a folder");
    const refused = await project.run("start");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/Cannot write to .*out/);
    rmSync(folder);
    mkdirSync(folder);
    expect(existsSync(folder)).toBe(true);
  });
});
