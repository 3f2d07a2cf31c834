import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type * as TypeScript from "@tslab/typescript-for-tslab";

const require = createRequire(import.meta.url);
const LIBRARY = (join(dirname(fileURLToPath(import.meta.url)), "../..") + sep).split(sep).join("/");

/**
 * Has tslab look for type errors in cells and in the reader's own modules, no longer in the library's source, which
 * the project's tests check: half of the seconds that the first import of the library takes.
 *
 * tslab reads this function from the compiler's exports when it needs it, so that the exports are replaced before
 * tslab itself is loaded. (They are getters: a single one cannot be set.)
 */
export function checkCellsOnly(): void {
  const path = require.resolve("@tslab/typescript-for-tslab");
  const ts = require(path) as typeof TypeScript & PreEmit;
  const loaded = require.cache[path];
  if (loaded === undefined) return;
  const getPreEmitDiagnosticsOfFiles: PreEmit["getPreEmitDiagnosticsOfFiles"] = (program, files) =>
    ts.getPreEmitDiagnosticsOfFiles(
      program,
      files.filter((file) => !file.fileName.startsWith(LIBRARY)),
    );
  loaded.exports = { ...ts, getPreEmitDiagnosticsOfFiles };
}

/** tslab's build of the compiler has this beside the public functions. */
interface PreEmit {
  getPreEmitDiagnosticsOfFiles(
    program: TypeScript.Program,
    files: readonly TypeScript.SourceFile[],
  ): readonly TypeScript.Diagnostic[];
}
