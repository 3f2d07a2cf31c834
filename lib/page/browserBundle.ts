import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type * as Esbuild from "esbuild";
import { licencesOf } from "./licences.js";

const require = createRequire(import.meta.url);
const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/**
 * What runs in the reader's page, as one plain script of some 200 kB: made from `browser/main.ts` and what it uses of
 * the library the first time it is asked for (50 ms), or read where a build has left it.
 */
export function browserScript(): string {
  return (script ??= forScript(bundle()));
}

let script: string | undefined;

export function bundle(): string {
  const built = beside("browser.js");
  if (existsSync(built)) return readFileSync(built, "utf8");
  const { buildSync } = require("esbuild") as typeof Esbuild;
  const root = beside("../..");
  const { outputFiles, metafile } = buildSync({
    entryPoints: [beside("browser/main.ts")],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    absWorkingDir: root,
    format: "iife",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    loader: { ".css": "text" },
    // Reached only by what a page does not use, and dropped with it.
    external: ["node:*"],
    logOverride: { "empty-import-meta": "silent" },
  });
  return `/*! With parts of:\n\n${licencesOf(metafile, root).join("\n")}*/${outputFiles[0]!.text}`;
}

/** How the library's figures and tables look: applies where no script runs, too. */
export function browserStyle(): string {
  return ["theme.css", "figures.css", "tables.css", "explorer/explorer.css"]
    .map((name) => readFileSync(beside(`browser/${name}`), "utf8"))
    .join("");
}

/** Inside strings and comments these mean the same with a backslash, and no longer end or open a script element. */
export function forScript(code: string): string {
  return code
    .replaceAll(/<\/(script)/gi, "<\\/$1")
    .replaceAll("<!--", "<\\!--")
    .replaceAll(/<(script)/gi, "\\x3c$1");
}
