import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";

const require = createRequire(import.meta.url);

type Host = TypeScript.WatchCompilerHost<TypeScript.BuilderProgram>;
type CreateHost = (files: unknown, options: unknown, system: TypeScript.System, ...rest: unknown[]) => Host;

/**
 * Changes two things in how tslab uses its compiler. tslab reads this function from the compiler's exports when it
 * needs it, so the exports are replaced before tslab is loaded. (They are getters: a single one cannot be set.)
 */
export function tuneCompiler(): void {
  const path = require.resolve("@tslab/typescript-for-tslab");
  const ts = require(path) as { readonly createWatchCompilerHost: CreateHost };
  const createWatchCompilerHost: CreateHost = (files, options, system, ...rest) => {
    keepTimersApart(system);
    const host = ts.createWatchCompilerHost(files, options, system, ...rest);
    leaveLibraryAlone(host);
    return host;
  };
  require.cache[path]!.exports = { ...ts, createWatchCompilerHost };
}

/**
 * tslab checks and compiles every TypeScript file that a cell comes to import, again and again for the library's,
 * though they run from their source and the project's tests check them: most of the seconds that the first import
 * takes. Cells and the reader's own modules are checked as before, against the library's types.
 */
function leaveLibraryAlone(host: Host): void {
  const library = libraryFolder();
  if (library === null) return;
  const createProgram = host.createProgram.bind(host);
  host.createProgram = (...args) => {
    const builder = createProgram(...args);
    const getAllDependencies = builder.getAllDependencies.bind(builder);
    builder.getAllDependencies = (file) =>
      getAllDependencies(file).filter((path) => !path.startsWith(library));
    return builder;
  };
}

/** Where cells find `facet-bench`, its links followed, in the compiler's spelling; null where they do not. */
function libraryFolder(): string | null {
  try {
    const manifest = createRequire(join(process.cwd(), "cell.js")).resolve("facet-bench/package.json");
    return `${dirname(manifest).split(sep).join("/")}/`;
  } catch {
    return null;
  }
}

/**
 * tslab's stand-in for timers knows one timer, the one that rebuilds the program. The compiler has a second one, set
 * when a file comes or goes in a folder where it looked for a module; the next cell then fails for no fault of its
 * own ("Unexpected pending rebuildTimer"). The second one gets real timers.
 */
function keepTimersApart(system: TypeScript.System): void {
  const { setTimeout: setRebuild, clearTimeout: clearRebuild } = system;
  system.setTimeout = (callback, ms, ...args) =>
    callback.name === "updateProgramWithWatchStatus"
      ? setRebuild!(callback, ms, ...args)
      : setTimeout(callback, ms, ...args).unref();
  // tslab's own timer is a plain object.
  system.clearTimeout = (timer) => ("callback" in timer ? clearRebuild!(timer) : clearTimeout(timer));
}
