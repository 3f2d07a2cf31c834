import { readFileSync } from "node:fs";
import { join } from "node:path";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** Brought along in the package itself: see `bundleDanfojs`. */
const BUNDLED = ["danfojs-node"];
/** Only the notebook's kernel needs it, and its own packages have install scripts: `facet-bench new` installs it. */
const OPTIONAL = ["tslab"];
/** What runs the clone from its TypeScript. */
const SOURCE_ONLY = ["tsx", "esbuild"];

/**
 * The package's own package.json: the library's, with the doors of what is compiled, and the packages that it needs
 * then. `private` stays behind: what is in `dist/` may be published, a source folder never.
 */
export function manifest(root: string): object {
  const read = (path: string): Manifest => JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest;
  const { private: _, exports: _source, dependencies, ...library } = read("lib/package.json");
  const pick = (isWanted: (name: string) => boolean): Record<string, string> =>
    Object.fromEntries(Object.entries(dependencies).filter(([name]) => isWanted(name)));
  return {
    ...library,
    engines: read("package.json").engines,
    main: "./lib/index.js",
    types: "./lib/index.d.ts",
    exports: {
      ".": { types: "./lib/index.d.ts", default: "./lib/index.js" },
      "./package.json": "./package.json",
    },
    bin: { "facet-bench": "lib/cli/main.js" },
    dependencies: pick((name) => ![...BUNDLED, ...OPTIONAL, ...SOURCE_ONLY].includes(name)),
    peerDependencies: pick((name) => OPTIONAL.includes(name)),
    peerDependenciesMeta: Object.fromEntries(OPTIONAL.map((name) => [name, { optional: true }])),
  };
}
