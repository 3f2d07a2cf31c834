import { createRequire } from "node:module";
import { join, sep } from "node:path";
import { ROOT } from "../runner/paths.js";

const require = createRequire(import.meta.url);
const LIBRARY = join(ROOT, "lib") + sep;

/**
 * Forgets the library's loaded files, so that re-running the cell that imports `facet-bench` takes edited source
 * without a kernel restart. What cells already hold stays as it was until then.
 *
 * @returns How many files were forgotten.
 */
export function reloadLibrary(): number {
  const loaded = Object.keys(require.cache).filter(
    (path) => path.startsWith(LIBRARY) && !path.includes(`${sep}node_modules${sep}`),
  );
  for (const path of loaded) delete require.cache[path];
  return loaded.length;
}
