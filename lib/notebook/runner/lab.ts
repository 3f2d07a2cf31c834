import { spawn } from "node:child_process";
import { relative } from "node:path";
import { findJupyter } from "./findJupyter.js";
import { jupyterEnv } from "./jupyterEnv.js";
import { NOTEBOOK, ROOT } from "./paths.js";
import type { Terminal } from "./terminal.js";

/**
 * Opens the notebook in JupyterLab, or in the classic notebook where that is what the machine has, with the
 * project's kernel and page template in place. Ends when the person ends it.
 *
 * @returns Jupyter's exit code.
 */
export async function lab(terminal: Terminal): Promise<number> {
  const jupyter = findJupyter((line) => terminal.say(line));
  if (jupyter.frontend === null) {
    throw new Error(
      `${jupyter.python} has nbconvert but neither JupyterLab nor the classic notebook. ` +
        `Type: ${jupyter.python} -m pip install jupyterlab   (then again: npm run lab)`,
    );
  }
  if (jupyter.frontend === "notebook") {
    terminal.say("This machine has the classic notebook, no JupyterLab: opening that.");
  }
  const module = jupyter.frontend === "lab" ? "jupyterlab" : "notebook";
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const child = spawn(jupyter.python, ["-m", module, relative(ROOT, NOTEBOOK), ...asRoot], {
    cwd: ROOT,
    env: jupyterEnv(),
    stdio: "inherit",
  });
  // Ctrl-C is Jupyter's: it asks before it ends.
  process.on("SIGINT", () => {});
  return new Promise((resolve, reject) =>
    child.on("close", (code) => resolve(code ?? 1)).on("error", reject),
  );
}
