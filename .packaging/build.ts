import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { bundle as browserScript } from "../lib/page/browserBundle.js";
import { bundleDanfojs } from "./bundleDanfojs.js";
import { manifest } from "./manifest.js";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const DIST = resolve(process.argv[2] ?? join(ROOT, "dist"));

/**
 * `npm run build`: makes the package in `dist/`, or in the folder named, laid out like the clone, so that every file
 * finds its neighbours at the same relative place: `lib/` compiled (and not checked: the gate does), `data/`,
 * `notebooks/`.
 */
async function build(): Promise<void> {
  rmSync(DIST, { recursive: true, force: true });
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  const args = ["-p", join(ROOT, ".packaging"), "--outDir", join(DIST, "lib")];
  const { status } = spawnSync(process.execPath, [compiler, ...args], { stdio: "inherit" });
  if (status !== 0) throw new Error(`npm run build: the compiler ended with code ${status}.`);
  for (const part of ["data", "notebooks", "README.md", "CHANGELOG.md", "LICENSE"])
    cpSync(join(ROOT, part), join(DIST, part), { recursive: true });
  copyPlainFiles();
  writeFileSync(join(DIST, "lib/page/browser.js"), browserScript());
  await bundleDanfojs(ROOT, join(DIST, "lib/table/danfojs.cjs"));
  const frame = join(DIST, "lib/table/frame.js");
  writeFileSync(frame, replaced(frame, /"danfojs-node"/, '"./danfojs.cjs"'));
  writeFileSync(join(DIST, "sbom.cdx.json"), billOfMaterials());
  writeFileSync(join(DIST, "package.json"), `${JSON.stringify(manifest(ROOT), null, 2)}\n`);
}

/** Every package that is carried or asked for, with version, licence and hash, in CycloneDX's format. */
function billOfMaterials(): string {
  const args = ["sbom", "--sbom-format=cyclonedx", "--omit=dev", "--workspace=facet-bench"];
  const isWindows = process.platform === "win32";
  const { stdout, status } = spawnSync("npm", args, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 1e8,
    shell: isWindows,
  });
  if (status !== 0) throw new Error(`npm run build: npm sbom ended with code ${status}.`);
  return stdout;
}

/** What of `lib/` is no TypeScript: data, styles, Python and scripts, these without the loader that source needs. */
function copyPlainFiles(): void {
  const files = readdirSync(join(ROOT, "lib"), { recursive: true, encoding: "utf8" });
  const plain = files.filter((file) => /\/.*\.(?!ts$|md$|pyc$)\w+$/.test(file.replaceAll("\\", "/")));
  for (const file of plain.filter((one) => !/node_modules|__pycache__|tsconfig/.test(one))) {
    const [from, to] = [join(ROOT, "lib", file), join(DIST, "lib", file)];
    mkdirSync(dirname(to), { recursive: true });
    const isScript = /\.[cm]js$/.test(file);
    if (isScript) writeFileSync(to, withoutLoader(readFileSync(from, "utf8")));
    else if (!existsSync(to)) cpSync(from, to);
  }
}

function withoutLoader(script: string): string {
  const lines = script.split("\n").filter((line) => !line.includes(`"tsx/`));
  return lines.join("\n").replaceAll(/(?<="\.\.?\/[^"]*)\.ts"/g, '.js"');
}

function replaced(file: string, what: RegExp, by: string): string {
  const text = readFileSync(file, "utf8");
  if (!what.test(text))
    throw new Error(`npm run build: ${file} holds no ${String(what)} to replace by ${by}.`);
  return text.replace(what, by);
}

await build();
