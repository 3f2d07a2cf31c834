import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { delimiter, join, relative } from "node:path";
import { JUPYTER_FILES, PROJECT, REQUIREMENTS, VENV } from "./paths.js";

const DEBIAN_PACKAGES =
  "jupyter-nbconvert jupyter-notebook python3-nbclient jupyter-client python3-ipykernel";
const DEBIAN_PYTHON = "/usr/bin/python3";
const isWindows = process.platform === "win32";
const VENV_PYTHON = isWindows ? join(VENV, "Scripts", "python.exe") : join(VENV, "bin", "python");

/**
 * Finds a Jupyter, or sets one up: a working one on this machine; `.venv` in the project from pinned requirements;
 * on Debian or Ubuntu as root, the distribution's packages.
 *
 * @param say Told what is tried, one line at a time.
 * @returns A Python that can execute a notebook and turn it into a page.
 * @throws Error naming the three ways, why each failed, and what to type.
 */
export function findJupyter(say: (line: string) => void): string {
  const installed = installedPythons().find((python) => imports(python));
  if (installed !== undefined) return installed;
  const venvFailed = makeVenv(say);
  if (imports(VENV_PYTHON)) return VENV_PYTHON;
  const debianFailed = installDebianPackages(say);
  if (imports(DEBIAN_PYTHON)) return DEBIAN_PYTHON;
  const wanted = relative(PROJECT, REQUIREMENTS);
  throw new Error(
    "No Jupyter to run the notebook with.\n" +
      `1. on this machine: no python has nbclient and nbconvert (looked at jupyter and python3 on PATH, and ${DEBIAN_PYTHON})\n` +
      `2. .venv from ${wanted}: ${venvFailed}\n` +
      `3. Debian's packages (${DEBIAN_PACKAGES}): ${debianFailed}\n` +
      `Type: python3 -m pip install --user -r ${wanted}   (then again: npm start)`,
  );
}

const before = (own: string, name: string): string =>
  [own, process.env[name]].filter(Boolean).join(delimiter);

/** The environment in which Jupyter finds the project's kernel and page template, the user's own folders untouched. */
export function jupyterEnv(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    JUPYTER_PATH: before(JUPYTER_FILES, "JUPYTER_PATH"),
    JUPYTER_CONFIG_PATH: before(join(JUPYTER_FILES, "config"), "JUPYTER_CONFIG_PATH"),
    // The kernel must run on this node, whatever the first one on PATH is.
    PATH: before(join(process.execPath, ".."), "PATH"),
  };
}

/** Pythons that may have Jupyter: the project's own first, then the one behind `jupyter`, then those on PATH. */
function installedPythons(): readonly string[] {
  const found = [VENV_PYTHON, pythonBehindJupyter(), onPath("python3"), onPath("python"), DEBIAN_PYTHON];
  return [...new Set(found)].filter((path) => path !== null);
}

function onPath(name: string): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const paths = folders.map((folder) => join(folder, isWindows ? `${name}.exe` : name));
  return paths.find((path) => existsSync(path)) ?? null;
}

/** The interpreter in the first line of the `jupyter` command, which may be none of those on PATH. */
function pythonBehindJupyter(): string | null {
  const jupyter = onPath("jupyter");
  if (jupyter === null) return null;
  const [first = ""] = readFileSync(realpathSync(jupyter), "utf8").split("\n", 1);
  return first.match(/^#!\s*(\S+)$/)?.[1] ?? null;
}

/** Whether there is such a Python, and it imports what the runner needs, or the modules named. */
export function imports(python: string, modules = "nbclient, nbconvert, nbformat, jupyter_client"): boolean {
  return spawnSync(python, ["-c", `import ${modules}`]).status === 0;
}

/** Makes `.venv`, and says why that did not help, should it not. */
function makeVenv(say: (line: string) => void): string {
  const base = onPath("python3") ?? onPath("python");
  if (base === null) return "there is no python3 on PATH";
  say("Setting up Jupyter in .venv (once) ...");
  rmSync(VENV, { recursive: true, force: true });
  const pip = "-m pip install --quiet --disable-pip-version-check --retries 1 --timeout 20 -r".split(" ");
  let done = spawnSync(base, ["-m", "venv", VENV], { encoding: "utf8" });
  if (done.status === 0) done = spawnSync(VENV_PYTHON, [...pip, REQUIREMENTS], { encoding: "utf8" });
  if (done.status === 0) return "it was installed, but does not import";
  rmSync(VENV, { recursive: true, force: true });
  return reasonIn(done.stderr + done.stdout);
}

/** Installs the distribution's packages, and says why that did not help, should it not. */
function installDebianPackages(say: (line: string) => void): string {
  if (onPath("apt-get") === null) return "this is no Debian or Ubuntu (no apt-get)";
  if (process.getuid?.() !== 0) return `needs root; type: sudo apt-get install -y ${DEBIAN_PACKAGES}`;
  say("Setting up Jupyter from the distribution's packages (once, about a minute) ...");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  for (const line of ["update -qq", `install -y -qq --no-install-recommends ${DEBIAN_PACKAGES}`]) {
    const done = spawnSync("apt-get", line.split(" "), { encoding: "utf8", env });
    if (done.status !== 0) return `apt-get ${line.split(" ", 1)[0]}: ${reasonIn(done.stderr)}`;
  }
  return "they were installed, but do not import";
}

/** The line of a failed command's output that says why: pip's ERROR, apt's E:, else the first. */
function reasonIn(output: string): string {
  const said = output.match(/^(?:ERROR|E):.*$/gm)?.at(-1) ?? output.trim().split("\n", 1)[0];
  return said?.trim() || "it failed without a message";
}
