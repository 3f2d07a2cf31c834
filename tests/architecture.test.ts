import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { globSync } from "tinyglobby";
import { describe, expect, it } from "vitest";

const LIB = join(dirname(fileURLToPath(import.meta.url)), "../lib");
const IMPORT =
  /^\s*(?:import|export)\b[^"';=]*?\bfrom\s*["']([^"']+)["']|^\s*import\s*["']([^"']+)["']|\b(?:import|require)\(\s*["']([^"']+)["']/gm;

/** Room → the rooms it may use. Types are for everyone. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  scorers: [],
  spline: [],
  tasks: ["scorers"],
  eval: [],
  client: [],
  table: [],
  external: [],
  simulate: ["tasks"],
  plot: ["eval", "spline", "table"],
  notebook: ["external", "plot", "table", "tasks"],
};

/** Package → the one room that imports it. */
const HOME: Readonly<Record<string, string>> = {
  openai: "client",
  "p-retry": "client",
  "p-queue": "client",
  cacache: "client",
  "danfojs-node": "table",
  "ml-matrix": "spline",
  "plotly.js-dist-min": "plot",
  "@pydantic/monty": "scorers",
  papaparse: "external",
  tinyglobby: "external",
  yauzl: "external",
  fzstd: "external",
  tslab: "notebook",
  "@tslab/typescript-for-tslab": "notebook",
};

interface Source {
  readonly file: string;
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

const sources: readonly Source[] = globSync("**/*.{ts,cjs,mjs}", {
  cwd: LIB,
  ignore: ["**/node_modules/**"],
}).map((file) => {
  const text = readFileSync(join(LIB, file), "utf8");
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "");
  const imports = [...code.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  return {
    file,
    room: file.includes("/") ? file.split("/")[0]! : "",
    lines: text.split("\n").length,
    imports,
  };
});

const packageOf = (specifier: string) =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
const resolved = (source: Source, specifier: string) =>
  relative(LIB, join(LIB, dirname(source.file), specifier))
    .split(sep)
    .join("/")
    .replace(/\.js$/, ".ts");

describe("the library", () => {
  it("has files to look at", () => {
    expect(sources.length).toBeGreaterThan(50);
  });

  it.each(Object.keys(MAY_USE))("lets %s use only the rooms below it, through their doors", (room) => {
    const wrong = sources
      .filter((source) => source.room === room)
      .flatMap((source) =>
        source.imports
          .filter((specifier) => specifier.startsWith("."))
          .map((specifier) => resolved(source, specifier))
          .filter((target) => {
            const [targetRoom = ""] = target.split("/");
            if (
              targetRoom === room ||
              target === "types.ts" ||
              target === "package.json" ||
              target.startsWith("..")
            )
              return false;
            return !(MAY_USE[room]!.includes(targetRoom) && target === `${targetRoom}/index.ts`);
          })
          .map((target) => `${source.file} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("is imported through its own index by nobody inside it", () => {
    const inside = sources.filter((source) =>
      source.imports.some(
        (specifier) => specifier.startsWith(".") && resolved(source, specifier) === "index.ts",
      ),
    );
    expect(inside.map((source) => source.file)).toEqual(["index.cjs"]);
  });

  it("imports each third-party package in one room only", () => {
    const strangers = sources.flatMap((source) =>
      source.imports
        .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("node:"))
        .filter((specifier) => packageOf(specifier) !== "tsx" && HOME[packageOf(specifier)] !== source.room)
        .map((specifier) => `${source.file} -> ${specifier}`),
    );
    expect(strangers).toEqual([]);
  });

  it("has no file over 200 lines, types apart", () => {
    const long = sources.filter((source) => source.lines > 201 && source.file !== "types.ts");
    expect(long.map((source) => `${source.file}: ${source.lines}`)).toEqual([]);
  });
});
