import { delimiter, join } from "node:path";
import { JUPYTER_FILES } from "./paths.js";

/**
 * The environment in which Jupyter finds the project's kernel and page template, without touching the user's own
 * Jupyter folders.
 */
export function jupyterEnv(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    JUPYTER_PATH: before(JUPYTER_FILES, "JUPYTER_PATH"),
    JUPYTER_CONFIG_PATH: before(join(JUPYTER_FILES, "config"), "JUPYTER_CONFIG_PATH"),
    // The kernel must run on this node, whatever the first one on PATH is.
    PATH: before(join(process.execPath, ".."), "PATH"),
  };
}

function before(own: string, name: string): string {
  return [own, process.env[name]].filter(Boolean).join(delimiter);
}
