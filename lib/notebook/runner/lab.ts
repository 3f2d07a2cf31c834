import { spawn } from "node:child_process";
import { once } from "node:events";
import { relative } from "node:path";
import { findJupyter, jupyterEnv, imports } from "./findJupyter.js";
import { NOTEBOOK, PROJECT } from "./paths.js";
import type { Terminal } from "../types.js";

/**
 * Opens the notebook in JupyterLab, or in the classic notebook where that is what the machine has, with the
 * project's kernel and page template in place. Ends when the person ends it.
 *
 * @returns Jupyter's exit code.
 */
export async function lab(terminal: Terminal): Promise<number> {
  const python = findJupyter(terminal.say);
  const module = ["jupyterlab", "notebook"].find((name) => imports(python, name));
  if (module === undefined) {
    throw new Error(
      `${python} has nbconvert but neither JupyterLab nor the classic notebook. ` +
        `Type: ${python} -m pip install jupyterlab   (then again: npm run lab)`,
    );
  }
  if (module === "notebook")
    terminal.say("This machine has the classic notebook, no JupyterLab: opening that.");
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const args = ["-m", module, relative(PROJECT, NOTEBOOK), ...asRoot];
  const child = spawn(python, args, { cwd: PROJECT, env: jupyterEnv(), stdio: "inherit" });
  // Ctrl-C is Jupyter's: it asks before it ends.
  process.on("SIGINT", () => {});
  const [code] = (await once(child, "close")) as [number | null];
  return code ?? 1;
}
