import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type * as TypeScript from "@tslab/typescript-for-tslab";

const require = createRequire(import.meta.url);
const LIBRARY = (join(dirname(fileURLToPath(import.meta.url)), "../..") + sep).split(sep).join("/");

/**
 * Changes two things in how tslab uses its compiler. tslab reads the functions from the compiler's exports when it
 * needs them, so the exports are replaced before tslab is loaded. (They are getters: a single one cannot be set.)
 */
export function tuneCompiler(): void {
  const path = require.resolve("@tslab/typescript-for-tslab");
  const ts = require(path) as Compiler;
  const loaded = require.cache[path];
  if (loaded === undefined) return;
  loaded.exports = { ...ts, ...checkCellsOnly(ts), ...keepTimersApart(ts) };
}

/**
 * Type errors are looked for in cells and in the reader's own modules, not in the library's source, which the
 * project's tests check: half of the seconds that the first import of the library takes.
 */
function checkCellsOnly(ts: Compiler): Pick<Compiler, "getPreEmitDiagnosticsOfFiles"> {
  return {
    getPreEmitDiagnosticsOfFiles: (program, files) =>
      ts.getPreEmitDiagnosticsOfFiles(
        program,
        files.filter((file) => !file.fileName.startsWith(LIBRARY)),
      ),
  };
}

/**
 * tslab's stand-in for timers knows one timer, the one that rebuilds the program. The compiler has a second one, set
 * when a file comes or goes in a folder where it looked for a module; the next cell then fails for no fault of its
 * own ("Unexpected pending rebuildTimer"). The second one gets real timers.
 */
function keepTimersApart(ts: Compiler): Pick<Compiler, "createWatchCompilerHost"> {
  return {
    createWatchCompilerHost: (files, options, system, ...rest) => {
      const { setTimeout: setRebuild, clearTimeout: clearRebuild } = system;
      const others = new Set<unknown>();
      system.setTimeout = (callback, ms, ...args) => {
        if (callback.name === "updateProgramWithWatchStatus") return setRebuild(callback, ms, ...args);
        const timer = setTimeout(callback, ms, ...args).unref();
        others.add(timer);
        return timer;
      };
      system.clearTimeout = (timer) => {
        if (others.delete(timer)) clearTimeout(timer as NodeJS.Timeout);
        else clearRebuild(timer);
      };
      return ts.createWatchCompilerHost(files, options, system, ...rest);
    },
  };
}

interface System {
  setTimeout(callback: (...args: unknown[]) => void, ms: number, ...args: unknown[]): unknown;
  clearTimeout(timer: unknown): void;
}

/** The parts of tslab's build of the compiler that are changed; the first is tslab's own addition. */
interface Compiler {
  getPreEmitDiagnosticsOfFiles(
    program: TypeScript.Program,
    files: readonly TypeScript.SourceFile[],
  ): readonly TypeScript.Diagnostic[];
  createWatchCompilerHost(files: unknown, options: unknown, system: System, ...rest: unknown[]): unknown;
}
