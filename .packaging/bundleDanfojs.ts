import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

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
    plugins: [lateOrAbsent],
    logLevel: "error",
  });
  const used = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const folders = new Set(used.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []));
  const licences = [...folders].toSorted().map((folder) => licenceIn(join(root, folder)));
  writeFileSync(outfile.replace(/\.cjs$/, ".LICENSES.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
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

/** Name, version and licence of a package: its own text, or the name of it where it has none. */
function licenceIn(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly [key in "name" | "version" | "license"]?: string;
  };
  const file = readdirSync(folder).find((one) => /^(?:licen[sc]e|copying)/i.test(one));
  const path = join(folder, file ?? "");
  const text = file !== undefined && existsSync(path) ? readFileSync(path, "utf8") : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
