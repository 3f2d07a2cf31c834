import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const LIB = join(dirname(fileURLToPath(import.meta.url)), "../lib");

/** A room: the rooms it may use, types included, and how large it may grow. */
interface Room {
  readonly uses: readonly string[];
  readonly lines: number;
  readonly files: number;
}

/**
 * From the ground up. Every room is full: something is taken out before something comes in, and what is taken out
 * lowers these numbers.
 */
const ROOMS: Readonly<Record<string, Room>> = {
  shared: { uses: [], lines: 400, files: 10 },
  scorers: { uses: ["shared"], lines: 2719, files: 24 },
  spline: { uses: ["shared"], lines: 5996, files: 44 },
  client: { uses: ["shared"], lines: 1510, files: 14 },
  tasks: { uses: ["shared", "scorers", "client"], lines: 1554, files: 24 },
  table: { uses: ["shared", "spline"], lines: 1224, files: 21 },
  external: { uses: ["shared"], lines: 4924, files: 44 },
  eval: { uses: ["shared", "scorers", "client", "tasks"], lines: 1188, files: 12 },
  simulate: { uses: ["shared", "scorers", "client", "tasks"], lines: 790, files: 9 },
  report: { uses: ["shared", "spline", "table", "tasks", "eval", "external"], lines: 1008, files: 13 },
  plot: { uses: ["shared", "spline", "table", "eval", "report"], lines: 1966, files: 21 },
  page: {
    uses: ["shared", "spline", "table", "eval", "report", "plot"],
    lines: 3282,
    files: 48,
  },
  notebook: {
    uses: ["shared", "spline", "table", "tasks", "eval", "external", "report", "plot", "page"],
    lines: 1512,
    files: 25,
  },
  cli: {
    uses: ["shared", "spline", "table", "external", "report", "plot", "page", "notebook"],
    lines: 548,
    files: 9,
  },
};
const HOUSE = { lines: 28685, files: 320 };
/** Files in one folder beside its index. */
const FOLDER_FILES = 15;

/** Package → the one room that imports it. */
const HOME: Readonly<Record<string, string>> = {
  openai: "client",
  "p-retry": "client",
  cacache: "client",
  "danfojs-node": "table",
  "ml-matrix": "spline",
  "plotly.js-dist-min": "page",
  esbuild: "page",
  "d3-contour": "plot",
  "@pydantic/monty": "scorers",
  "@lezer/python": "scorers",
  papaparse: "shared",
  yauzl: "external",
  fzstd: "external",
  tslab: "notebook",
  "@tslab/typescript-for-tslab": "notebook",
};
/** What the user's design card names; beside it the library needs at most eight packages more. */
const CARD = ["tslab", "openai", "danfojs-node", "ml-matrix", "plotly.js-dist-min", "p-retry", "vitest"];

interface Source {
  readonly file: string;
  readonly folder: string;
  readonly room: string;
  readonly lines: number;
  /** Paths of files inside the library, and names of packages. */
  readonly imports: readonly string[];
}

const isCode = (file: string): boolean => /\.(?:ts|mjs|cjs|js|py|css|j2)$/.test(file);
const files = readdirSync(LIB, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => isCode(file) && !file.includes("node_modules/") && !file.includes("__pycache__"));

const sources: readonly Source[] = files.map((file) => {
  const text = readFileSync(join(LIB, file), "utf8");
  const found = /\.[cm]?[tj]s$/.test(file) ? ts.preProcessFile(text, true, true).importedFiles : [];
  return {
    file,
    folder: dirname(file),
    room: file.includes("/") ? file.split("/", 1)[0]! : "",
    lines: text.split("\n").length - 1,
    imports: found.map(({ fileName }) =>
      fileName.startsWith(".") ? join(dirname(file), fileName).replace(/\.js$/, ".ts") : fileName,
    ),
  };
});
const isInside = (specifier: string): boolean => files.includes(specifier);
const sum = (of: readonly Source[]): number => of.reduce((total, { lines }) => total + lines, 0);

describe("the library", () => {
  it("consists of the rooms named here", () => {
    expect(new Set(sources.map(({ room }) => room).filter((room) => room !== ""))).toEqual(
      new Set(Object.keys(ROOMS)),
    );
  });

  it.each(Object.entries(ROOMS))("lets %s use only rooms below it, through their doors", (room, { uses }) => {
    const wrong = sources
      .filter((source) => source.room === room)
      .flatMap(({ file, imports }) =>
        imports
          .filter((target) => isInside(target) && !target.startsWith(`${room}/`))
          .filter((target) => {
            const [other = ""] = target.split("/", 1);
            const isDoor =
              other === "shared" || target === `${other}/index.ts` || target === `${other}/types.ts`;
            return !uses.includes(other) || !isDoor;
          })
          .map((target) => `${file} -> ${target}`),
      );
    expect(wrong).toEqual([]);
  });

  it("has no import cycles, types included", () => {
    const importsOf = new Map(sources.map(({ file, imports }) => [file, imports.filter(isInside)]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      if (done.has(file) || path.includes(file)) return;
      for (const target of importsOf.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it("imports each third-party package in one room only", () => {
    const strangers = sources.flatMap(({ file, room, imports }) =>
      imports
        .filter((name) => !isInside(name) && !/^(?:node:|\.|\w+\/\.)/.test(name) && !name.endsWith(".json"))
        .map((name) => name.match(/^(?:@[^/]+\/)?[^/]+/)![0])
        .filter((name) => name !== "tsx" && HOME[name] !== room)
        .map((name) => `${file} -> ${name}`),
    );
    expect(strangers).toEqual([]);
  });

  it("needs at most eight packages that the design card does not name", () => {
    const { dependencies } = JSON.parse(readFileSync(join(LIB, "package.json"), "utf8")) as {
      dependencies: Readonly<Record<string, string>>;
    };
    expect(Object.keys(dependencies).filter((name) => !CARD.includes(name)).length).toBeLessThanOrEqual(8);
  });

  it.each(Object.entries(ROOMS))("keeps %s within its lines and files", (room, budget) => {
    const own = sources.filter((source) => source.room === room);
    expect.soft(sum(own)).toBeLessThanOrEqual(budget.lines);
    expect.soft(own.length).toBeLessThanOrEqual(budget.files);
  });

  it("stays a small house", () => {
    expect.soft(sum(sources)).toBeLessThanOrEqual(HOUSE.lines);
    expect.soft(sources.length).toBeLessThanOrEqual(HOUSE.files);
    const beside = sources.filter(({ file }) => !/(?:^|\/)index\.c?[tj]s$/.test(file));
    const folders = [...new Set(beside.map(({ folder }) => folder))];
    const full = folders.filter((one) => beside.filter(({ folder }) => folder === one).length > FOLDER_FILES);
    expect(full).toEqual([]);
  });
});
