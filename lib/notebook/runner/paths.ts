import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** The package: the clone, or `node_modules/facet-bench` with the same folders in it. */
export const ROOT = join(here, "../../..");
/** Compiled, and so installed from the package; in the clone the source runs. */
export const IS_INSTALLED = import.meta.url.endsWith(".js");
/** The folder of the notebook and of what a run writes: the clone, elsewhere the one where the command runs. */
export const PROJECT = IS_INSTALLED ? process.cwd() : ROOT;
export const NOTEBOOK = join(PROJECT, "notebooks/facet_interactions.ipynb");
/** Kernelspec and page template, laid out as Jupyter looks for them. */
export const JUPYTER_FILES = join(here, "../jupyter");
export const BRIDGE = join(JUPYTER_FILES, "bridge.py");
export const REQUIREMENTS = join(JUPYTER_FILES, "requirements.txt");
export const VENV = join(PROJECT, ".venv");
export const OUT = join(PROJECT, "out");
export const RUN_NOTEBOOK = join(OUT, "facet_interactions.ipynb");
export const RUN_PAGE = join(OUT, "facet_interactions.html");
export const FIGURES = join(OUT, "figures");
