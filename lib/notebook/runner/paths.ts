import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** Where things are, from the project's root. */
export const ROOT = join(here, "../../..");
export const NOTEBOOK = join(ROOT, "notebooks/facet_interactions.ipynb");
/** Kernelspec and page template, laid out as Jupyter looks for them. */
export const JUPYTER_FILES = join(here, "../jupyter");
export const BRIDGE = join(JUPYTER_FILES, "bridge.py");
export const REQUIREMENTS = join(JUPYTER_FILES, "requirements.txt");
export const VENV = join(ROOT, ".venv");
export const OUT = join(ROOT, "out");
export const RUN_NOTEBOOK = join(OUT, "facet_interactions.ipynb");
export const RUN_PAGE = join(OUT, "facet_interactions.html");
export const FIGURES = join(OUT, "figures");
