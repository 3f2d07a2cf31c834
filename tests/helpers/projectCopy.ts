import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../lib/notebook/runner/paths.js";

/** What a command printed and how it ended. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A copy of the project in a folder of its own, so that a test's runs leave the reader's `out/` alone. */
export interface ProjectCopy {
  readonly folder: string;
  /** Runs `npm run NAME -- ARGS` there, as a person would. */
  run(name: string, args?: readonly string[], env?: NodeJS.ProcessEnv): Promise<CommandResult>;
  remove(): void;
}

/**
 * @param options.within The folder that holds the copy; default: the system's for temporary files.
 * @param options.isWhole Brings the packages along as files of its own (hard links), for a Jupyter that sees nothing
 *   but the copy. Otherwise they are linked to, and the folder's name holds a space, as some people's do.
 */
export function copyProject(
  options: { readonly isWhole?: boolean; readonly within?: string } = {},
): ProjectCopy {
  const { isWhole = false, within = tmpdir() } = options;
  const folder = mkdtempSync(join(within, isWhole ? "facet-project-" : "facet project "));
  for (const part of ["lib", "notebooks", "data", "package.json", "tsconfig.json"]) {
    if (existsSync(join(ROOT, part))) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  }
  for (const part of ["node_modules", ".venv"]) {
    if (!existsSync(join(ROOT, part))) continue;
    if (isWhole) linkFiles(join(ROOT, part), join(folder, part));
    else symlinkSync(join(ROOT, part), join(folder, part));
  }
  return {
    folder,
    run: (name, args = [], env = {}) => runNpm(folder, name, args, env),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Hard links take no room and a second; where the two lie on different disks, copies do. */
function linkFiles(from: string, to: string): void {
  if (spawnSync("cp", ["-al", from, to]).status === 0) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

function runNpm(
  cwd: string,
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  const clean = {
    ...process.env,
    INIT_CWD: undefined,
    OPENROUTER_API_KEY: undefined,
    OPENROUTER_BASE_URL: undefined,
  };
  const child = spawn("npm", ["run", "--silent", name, "--", ...args], { cwd, env: { ...clean, ...env } });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve, reject) =>
    child.on("error", reject).on("close", (code) => resolve({ code, stdout, stderr })),
  );
}
