import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OVERRIDES } from "../../lib/cli/newFolder.js";
import { ROOT } from "../../lib/notebook/runner/paths.js";

/** A reader's own project: nothing but the package, as `npm i FILE.tgz` installs it. */
let folder: string;
let app: string;
let packed: { readonly filename: string; readonly files: readonly { readonly path: string }[] };

const execute = promisify(execFile);
const env = {
  ...process.env,
  INIT_CWD: undefined,
  npm_execpath: undefined,
  OPENROUTER_API_KEY: undefined,
  OPENROUTER_BASE_URL: undefined,
  npm_config_prefer_offline: "true",
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_update_notifier: "false",
};

async function run(cwd: string, program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, args, { cwd, env, maxBuffer: 1e8 });
  return stdout;
}
const node = (cwd: string, ...args: readonly string[]) => run(cwd, process.execPath, ...args);
const npm = (cwd: string, ...args: readonly string[]) => run(cwd, "npm", ...args);
/** Exit code and message of a command that fails. */
async function refused(...args: readonly string[]): Promise<string> {
  const { code, stderr } = await run(app, "npx", "facet-bench", ...args).catch((error) => error);
  return `${code}: ${stderr.trim()}`;
}
const json = (...path: readonly string[]) => JSON.parse(readFileSync(join(...path), "utf8"));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "facet-package-"));
  app = join(folder, "app");
  mkdirSync(app);
  await node(ROOT, "--import", "tsx", ".packaging/build.ts", join(folder, "dist"));
  [packed] = JSON.parse(await npm(folder, "pack", "./dist", "--json")) as [typeof packed];
  writeFileSync(join(app, "package.json"), '{ "type": "module" }');
  await npm(app, "install", join(folder, packed.filename));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MJS = `
import { facetMeans, fitSurface, fitSurfaceAside, pointsOf, scoreCoding, wideTable, TASKS } from "facet-bench";
const facets = ["reasoning", "coding", "tool_use"];
const score = (i, j) => ((i * (2 * j + 3)) % 13) / 13;
const rows = facets.flatMap((facet, j) =>
  Array.from({ length: 13 }, (_, i) => ({ model: "m" + i, facet, score: score(i, j), n: 13, source: "mine" })));
const points = pointsOf(wideTable(facetMeans(rows)), ...facets);
const aside = await fitSurfaceAside({ ...points, items: { x: points.x.map(() => 13), y: points.x.map(() => 13), z: points.x.map(() => 13) } });
const sum = "def add_numbers(a, b):\\n    return a + b";
console.log(fitSurface(points, { scale: "score" }).method, aside.method, (await scoreCoding(sum, TASKS.find((t) => t.facet === "coding").expected)).value);
`;

const TS = `
import { fitSurface, type FitOptions, type Points, type Surface } from "facet-bench";
const at = Array.from({ length: 16 }, (_, i) => [i % 4, Math.floor(i / 4)] as const);
const points: Points = { x: at.map(([x]) => x), y: at.map(([, y]) => y), z: at.map(([x, y]) => x * y) };
const options: FitOptions = { scale: "score" };
const surface: Surface = fitSurface(points, options);
const { z }: { readonly z: number } = surface.predict(2, 2);
// @ts-expect-error -- a note is text
const note: number = surface.note;
console.log(z, note);
`;

describe("the package", { timeout: 240_000 }, () => {
  it("holds compiled code, its types and data, the notebook and licences, and no source or test", () => {
    const paths = packed.files.map(({ path }) => path);
    for (const wanted of [
      "lib/index.js",
      "lib/index.d.ts",
      "lib/cli/main.js",
      "lib/table/danfojs.LICENSES.txt",
      "lib/notebook/jupyter/nbconvert/templates/facet-bench/index.html.j2",
      "notebooks/facet_interactions.ipynb",
      "data/original.jsonl",
      "LICENSE",
      "README.md",
    ])
      expect(paths).toContain(wanted);
    expect(
      paths.filter((path) =>
        /(?<!\.d)\.ts$|\.test\.|tsconfig|__pycache__|^(?:out|tests|\.packaging)\//.test(path),
      ),
    ).toEqual([]);
  });

  it("names all that it carries, in a bill of materials and with the licences", () => {
    const inside = join(app, "node_modules/facet-bench");
    const { bomFormat, components } = json(inside, "sbom.cdx.json");
    expect(bomFormat).toBe("CycloneDX");
    const named = new Set(components.map((one: { readonly purl: string }) => one.purl.split(/(?<=.)@/)[0]));
    for (const name of ["danfojs-node", "plotly.js-dist-min", "d3-contour", "ml-matrix", "openai"])
      expect(named).toContain(`pkg:npm/${name}`);
    expect(components.filter((one: { readonly licenses?: unknown }) => !one.licenses)).toEqual([]);
    const carried = ["table/danfojs.LICENSES.txt", "page/browser.js"].map((file) =>
      readFileSync(join(inside, "lib", file), "utf8"),
    );
    expect(carried[0]).toMatch(/^danfojs-node [\d.]+ \(MIT\)$/m);
    expect(carried[1]).toMatch(/^d3-contour [\d.]+ \(ISC\)$[^]*^ml-matrix [\d.]+ \(MIT\)$/m);
  });

  it("takes at most 120 MB with all it needs, of which nothing has an install script", () => {
    const installed = json(app, "node_modules/.package-lock.json").packages as Record<
      string,
      { hasInstallScript?: true }
    >;
    expect(Object.entries(installed).filter(([, { hasInstallScript }]) => hasInstallScript)).toEqual([]);
    for (const name of ["tslab", "tsx", "danfojs-node", "@tensorflow/tfjs-node"])
      expect(installed).not.toHaveProperty([`node_modules/${name}`]);
    const files = readdirSync(join(app, "node_modules"), {
      recursive: true,
      encoding: "utf8",
      withFileTypes: true,
    });
    const bytes = files
      .filter((file) => file.isFile())
      .map((file) => statSync(join(file.parentPath, file.name)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0) / 2 ** 20).toBeLessThan(120);
  });

  it("fits a surface from ten lines of JavaScript: tables, the sampler's thread and the sandbox are all there", async () => {
    writeFileSync(join(app, "ten.mjs"), MJS);
    expect(await node(app, "ten.mjs")).toBe("pspline posterior 1\n");
  });

  it("is typed for a project with the strictest compiler and no types of Node", async () => {
    writeFileSync(join(app, "ten.ts"), TS);
    const strict = ["--strict", "--exactOptionalPropertyTypes", "--module", "nodenext", "--target", "es2023"];
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    expect(await node(app, compiler, "--ignoreConfig", ...strict, "ten.ts")).toBe("");
    expect(Number.parseFloat(await node(app, "ten.js"))).toBeCloseTo(4, 0);
  });

  it("passes npm publish's dry run, which the source folders refuse", async () => {
    const options = [
      "publish",
      "--dry-run",
      "--json",
      "--registry",
      "http://127.0.0.1:9",
      "--fetch-retries",
      "0",
    ];
    expect(await npm(folder, ...options, "./dist")).toContain('"facet-bench@0.1.0"');
    for (const source of [".", "lib"]) expect(json(ROOT, source, "package.json").private).toBe(true);
  });

  it("makes a folder whose npm start ends with a page", async () => {
    const said = await run(app, "npx", "facet-bench", "new", "my skills");
    expect(said).toContain('Type: cd "my skills" && npm start');
    const made = join(app, "my skills");
    expect(await npm(made, "start")).toMatch(/^Page: +out\/facet_interactions\.html/m);
    const page = readFileSync(join(made, "out/facet_interactions.html"), "utf8");
    expect(page).toContain("24 simulated, no real one");
    expect(page).toContain("plotly.js v");
    expect(existsSync(join(made, "out/rows.jsonl"))).toBe(true);
    const { packages } = json(made, "package-lock.json");
    expect(packages["node_modules/tslab"].version).toBe(json(ROOT, "lib/package.json").dependencies.tslab);
  });

  it("brings every notebook, and each file of data that one reads", () => {
    const notebooks = readdirSync(join(ROOT, "notebooks")).filter((name) => name.endsWith(".ipynb"));
    expect(readdirSync(join(app, "my skills/notebooks"))).toEqual(expect.arrayContaining(notebooks));
    const texts = notebooks.map((name) => readFileSync(join(ROOT, "notebooks", name), "utf8"));
    const data = texts.flatMap((text) => text.match(/(?<=\.\.\/)data\/[\w./]*\w/g) ?? []);
    expect(data.length).toBeGreaterThan(2);
    for (const file of data) expect(existsSync(join(app, "my skills", file))).toBe(true);
  });

  it("names the same version of the kernel's messaging as the clone", () => {
    expect(json(ROOT, "package.json").overrides).toMatchObject(OVERRIDES);
  });

  it("refuses to make a folder where there is something, and to start where there is nothing", async () => {
    expect(await refused("new", ".")).toMatch(
      /^2: new: .* exists and is not empty\. Give another name, or empty it\.$/,
    );
    expect(await refused("start")).toMatch(/^2: There is no notebooks.* in .*npx facet-bench new DIR$/);
  });
});
