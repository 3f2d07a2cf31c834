import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { licencesOf } from "../lib/page/licences.js";

/** Slow to load and seldom needed: loaded when a method first asks for them. */
const LATE = /^(?:mathjs|xlsx|table|papaparse|stream-json(?:\/.*)?)$/;
/** What reads from addresses, which the library never lets danfojs do. */
const ABSENT = /^(?:request|node-fetch|plotly\.js-dist-min)$/;

/**
 * danfojs in one file with what it uses. Installed from the registry it fetches a binary of TensorFlow and a
 * spreadsheet reader from other addresses, which only the overrides of the root's package.json prevent; those do not
 * hold for a package that is installed elsewhere. The licences of all that it carries stand beside it.
 */
export async function bundleDanfojs(root: string, outfile: string): Promise<void> {
  const { resolve } = createRequire(join(root, "package.json"));
  const { metafile } = await build({
    entryPoints: [resolve("danfojs-node")],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    metafile: true,
    absWorkingDir: root,
    plugins: [lateOrAbsent],
    logLevel: "error",
  });
  const licences = licencesOf(metafile, root).join(`\n${"-".repeat(80)}\n\n`);
  writeFileSync(outfile.replace(/\.cjs$/, ".LICENSES.txt"), licences);
}

const lateOrAbsent: Plugin = {
  name: "late-or-absent",
  setup(bundler) {
    // As danfojs itself asks for them; what stands in, and other packages, get the real ones.
    bundler.onResolve({ filter: LATE }, ({ path, importer }) =>
      /node_modules\/danfojs-node\/dist/.test(importer.replaceAll("\\", "/"))
        ? { path, namespace: "late" }
        : undefined,
    );
    bundler.onResolve({ filter: ABSENT }, ({ path }) => ({ path, namespace: "absent" }));
    bundler.onLoad({ filter: /.*/, namespace: "late" }, ({ path }) => ({
      contents: lateModule(path),
      resolveDir: dirname(fileURLToPath(import.meta.url)),
    }));
    bundler.onLoad({ filter: /.*/, namespace: "absent" }, ({ path }) => ({
      contents: `module.exports = () => { throw new Error(${JSON.stringify(
        `danfojs in facet-bench comes without ${path}: it reads files, not addresses.`,
      )}); };`,
    }));
  },
};

/** A stand-in that loads the package when a property of it is read, or when it is called. */
function lateModule(name: string): string {
  const real = `require(${JSON.stringify(name)})`;
  return `module.exports = new Proxy(function () {}, {
    get: (_, key) => (key === "__esModule" ? false : ${real}[key]),
    apply: (_, self, args) => Reflect.apply(${real}, self, args),
  });`;
}
