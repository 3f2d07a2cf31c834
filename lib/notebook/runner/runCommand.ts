import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { relative } from "node:path";
import { UsageError } from "../../shared/usageError.js";
import type { RunnerOptions, Terminal } from "../types.js";
import { NOTEBOOK, PROJECT } from "./paths.js";

/**
 * Runs the notebook of this folder, opens it, or writes it as a page.
 *
 * @returns Exit code.
 * @throws UsageError when the folder lacks the notebook or a package that its cells import.
 */
export async function runCommand(options: RunnerOptions, terminal: Terminal): Promise<number> {
  if (!existsSync(NOTEBOOK)) {
    throw new UsageError(
      `There is no ${relative(PROJECT, NOTEBOOK)} in ${PROJECT}. Make a folder that has one: npx facet-bench new DIR`,
    );
  }
  const { resolve } = createRequire(NOTEBOOK);
  for (const name of options.command === "export" ? [] : ["facet-bench", "tslab"]) {
    try {
      resolve(`${name}/package.json`);
    } catch (error) {
      const install = "Type: npm install (where package.json names it), or npm install facet-bench tslab";
      throw new UsageError(`${PROJECT} lacks ${name}, which the notebook imports. ${install}`, {
        cause: error,
      });
    }
  }
  // Loaded here, so that importing the library does without.
  if (options.command === "lab") return (await import("./lab.js")).lab(terminal);
  const { exportSaved, start } = await import("./start.js");
  return options.command === "export" ? exportSaved(terminal) : start(options, terminal);
}
