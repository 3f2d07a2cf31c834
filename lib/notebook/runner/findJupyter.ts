import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { REQUIREMENTS, VENV } from "./paths.js";

/** A Python that can execute a notebook and turn it into a page. */
export interface Jupyter {
  readonly python: string;
  /** "JupyterLab", "Notebook" (the classic one), or null where there is no page to open. */
  readonly frontend: "lab" | "notebook" | null;
}

const NEEDED = "import nbclient, nbconvert, nbformat, jupyter_client";
const DEBIAN_PACKAGES = [
  "jupyter-nbconvert",
  "jupyter-notebook",
  "python3-nbclient",
  "jupyter-client",
  "python3-ipykernel",
];

/**
 * Finds a Jupyter, or sets one up: a working one on this machine; `.venv` in the project from pinned requirements;
 * on Debian or Ubuntu as root, the distribution's packages.
 *
 * @param say Told what is tried, one line at a time.
 * @throws Error naming the three ways, why each failed, and what to type.
 */
export function findJupyter(say: (line: string) => void): Jupyter {
  const installed = installedPythons().find(works);
  if (installed !== undefined) return described(installed);
  const failed: string[] = [
    "1. on this machine: no python has nbclient and nbconvert (looked at jupyter and python3 on PATH, and /usr/bin/python3)",
  ];
  for (const [index, setUp] of [makeVenv, installDebianPackages].entries()) {
    const result = setUp(say);
    if (works(result.python)) return described(result.python);
    failed.push(`${index + 2}. ${result.way}: ${result.why}`);
  }
  throw new Error(
    `No Jupyter to run the notebook with.\n${failed.join("\n")}\n` +
      `Type: python3 -m pip install --user -r lib/notebook/jupyter/requirements.txt   (then again: npm start)`,
  );
}

/** Pythons that may have Jupyter: the project's own first, then the one behind `jupyter`, then those on PATH. */
function installedPythons(): readonly string[] {
  const found = [
    venvPython(),
    pythonBehindJupyter(),
    onPath("python3"),
    onPath("python"),
    "/usr/bin/python3",
  ];
  return [...new Set(found.filter((path) => path !== null))];
}

function venvPython(): string {
  return process.platform === "win32" ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");
}

function onPath(name: string): string | null {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => join(folder, name + suffix)).find((path) => existsSync(path)) ?? null;
}

/** The interpreter in the first line of the `jupyter` command, which may be none of those on PATH. */
function pythonBehindJupyter(): string | null {
  const jupyter = onPath("jupyter");
  if (jupyter === null) return null;
  const [first = ""] = readFileSync(realpathSync(jupyter), "utf8").split("\n", 1);
  const interpreter = first.match(/^#!\s*(\S+)$/)?.[1] ?? null;
  return interpreter !== null && existsSync(interpreter) ? interpreter : null;
}

function works(python: string): boolean {
  return existsSync(python) && spawnSync(python, ["-c", NEEDED]).status === 0;
}

function described(python: string): Jupyter {
  const has = (module: string) => spawnSync(python, ["-c", `import ${module}`]).status === 0;
  return { python, frontend: has("jupyterlab") ? "lab" : has("notebook") ? "notebook" : null };
}

interface SetUp {
  readonly way: string;
  readonly python: string;
  readonly why: string;
}

function makeVenv(say: (line: string) => void): SetUp {
  const way = ".venv from lib/notebook/jupyter/requirements.txt";
  const python = venvPython();
  const base = onPath("python3") ?? onPath("python");
  if (base === null) return { way, python, why: "there is no python3 on PATH" };
  say("Setting up Jupyter in .venv (once) ...");
  rmSync(VENV, { recursive: true, force: true });
  const made = spawnSync(base, ["-m", "venv", VENV], { encoding: "utf8" });
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--retries",
    "1",
    "--timeout",
    "20",
  ];
  const installed =
    made.status === 0 ? spawnSync(python, [...pip, "-r", REQUIREMENTS], { encoding: "utf8" }) : made;
  if (installed.status === 0) return { way, python, why: "it was installed, but does not import" };
  rmSync(VENV, { recursive: true, force: true });
  return { way, python, why: reasonIn(installed.stderr + installed.stdout) };
}

function installDebianPackages(say: (line: string) => void): SetUp {
  const way = `Debian's packages (${DEBIAN_PACKAGES.join(" ")})`;
  const python = "/usr/bin/python3";
  if (onPath("apt-get") === null) return { way, python, why: "this is no Debian or Ubuntu (no apt-get)" };
  if (process.getuid?.() !== 0) {
    return { way, python, why: `needs root; type: sudo apt-get install -y ${DEBIAN_PACKAGES.join(" ")}` };
  }
  say("Setting up Jupyter from the distribution's packages (once, about a minute) ...");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const args of [
    ["update", "-qq"],
    ["install", "-y", "-qq", "--no-install-recommends", ...DEBIAN_PACKAGES],
  ]) {
    const done = spawnSync("apt-get", args, { encoding: "utf8", env });
    if (done.status !== 0) return { way, python, why: `apt-get ${args[0]}: ${reasonIn(done.stderr)}` };
  }
  return { way, python, why: "they were installed, but do not import" };
}

/** The line of a failed command's output that says why: pip's ERROR, apt's E:, else the first. */
function reasonIn(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.findLast((line) => /^(ERROR|E):/.test(line)) ?? lines[0] ?? "it failed without a message";
}
