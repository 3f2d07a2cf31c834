import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Terminal } from "../notebook/types.js";
import { shownValue, textAt } from "../shared/json.js";
import { slug } from "../shared/text.js";
import { UsageError } from "../shared/usageError.js";
import { readArgs } from "./readArgs.js";

const MANIFEST = createRequire(import.meta.url).resolve("facet-bench/package.json");
const PACKAGE = dirname(MANIFEST);
/** The kernel's messaging comes with its binaries up to this version; later ones build them when installed. */
export const OVERRIDES = { zeromq: "6.1.2" };
/** The notebooks, and the data that they read. */
const COPIED = [
  "notebooks",
  ...["labelled_answers.jsonl", "leaderboard.csv", "geography.csv"].map((file) => `data/${file}`),
];
const IGNORED = ["node_modules/", "out/", ".cache/", ".venv/", ".ipynb_checkpoints/"];

/**
 * `facet-bench new DIR`: a folder with the notebook and its data that works like the clone, and what it needs in
 * `node_modules`.
 *
 * @returns Exit code: 0, or npm's own where the installing failed.
 * @throws UsageError where there can be no such folder.
 */
export async function newFolder(args: readonly string[], base: string, terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs(args, { "no-install": { type: "boolean" } });
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0)
    throw new UsageError(
      `new wants one folder's name; got ${shownValue(positionals)}. Type: npx facet-bench new DIR`,
    );
  if (import.meta.url.endsWith(".ts"))
    throw new UsageError(
      "This is the clone, which has the notebook: npm start runs it. new is for the installed package.",
    );
  const folder = resolve(base, name);
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder === false) throw new UsageError(`new: ${folder} is a file. Give another name.`);
  if (isFolder && readdirSync(folder).length > 0)
    throw new UsageError(`new: ${folder} exists and is not empty. Give another name, or empty it.`);
  for (const part of COPIED) cpSync(join(PACKAGE, part), join(folder, part), { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifestOf(folder), null, 2)}\n`);
  writeFileSync(join(folder, ".gitignore"), `${IGNORED.join("\n")}\n`);
  // Nothing in it needs an install script.
  writeFileSync(join(folder, ".npmrc"), "ignore-scripts=true\naudit=false\nfund=false\n");
  const here = relative(base, folder) || "./";
  const next = `cd ${here.includes(" ") ? `"${here}"` : here} && ${values["no-install"] ? "npm install && " : ""}npm start`;
  if (!values["no-install"]) {
    terminal.say(`Installing what the notebook needs into ${here} ...`);
    const code = await install(folder);
    if (code !== 0) {
      terminal.say(`The folder is made, but npm install ended with code ${code} in it. Type it there again.`);
      return code;
    }
  }
  terminal.say(`Made ${here}. Type: ${next}`);
  return 0;
}

function manifestOf(folder: string): object {
  const { version, peerDependencies } = JSON.parse(readFileSync(MANIFEST, "utf8")) as {
    readonly version: string;
    readonly peerDependencies: Readonly<Record<string, string>>;
  };
  const commands = ["start", "lab", "export"].map((name) => [name, `facet-bench ${name}`]);
  return {
    // npm takes no other characters.
    name: slug(basename(folder)) || "facets",
    private: true,
    type: "module",
    scripts: Object.fromEntries(commands),
    dependencies: { "facet-bench": ownOrigin() ?? version, ...peerDependencies },
    overrides: OVERRIDES,
  };
}

/** The file that this package was installed from, as npm has noted it; null where it came from the registry. */
function ownOrigin(): string | null {
  const packages = dirname(PACKAGE);
  const note = join(packages, ".package-lock.json");
  if (!existsSync(note)) return null;
  const from = textAt(
    JSON.parse(readFileSync(note, "utf8")),
    "packages",
    "node_modules/facet-bench",
    "resolved",
  );
  const file = /^file:(.*\.tgz)$/.exec(from)?.[1];
  return file === undefined ? null : `file:${resolve(dirname(packages), file)}`;
}

async function install(folder: string): Promise<number> {
  const found = /^(.*)np[mx]-cli\.js$/.exec(process.env["npm_execpath"] ?? "");
  // npm on Windows is a script of its shell.
  const [program, args, shell] = found
    ? [process.execPath, [`${found[1]}npm-cli.js`, "install"], false]
    : ["npm", ["install"], true];
  const child = spawn(program, args, { cwd: folder, shell, stdio: ["ignore", "ignore", "inherit"] });
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}
