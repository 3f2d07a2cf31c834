import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { escapeRegExp } from "../../shared/escape.js";
import type { Skipped } from "../types.js";

/** A file to read. `named`: the reader gave it by name, rather than through a folder or a glob. */
export interface FoundFile {
  readonly file: string;
  readonly named: boolean;
}

/**
 * The regular files behind files, folders (read to any depth) and globs, each once, in the order given and then by name.
 * Hidden files and symbolic links inside folders are left alone. A path with nothing behind it is listed, not thrown.
 */
export async function findFiles(
  paths: readonly string[],
): Promise<{ readonly found: readonly FoundFile[]; readonly skipped: readonly Skipped[] }> {
  const found = new Map<string, FoundFile>();
  const skipped: Skipped[] = [];
  const skip: Skip = (file, why) => void skipped.push({ file, what: "file", why });
  for (const path of paths) {
    for (const entry of await filesBehind(path, skip)) {
      const key = resolve(entry.file);
      if (!found.has(key)) found.set(key, entry);
    }
  }
  return { found: [...found.values()], skipped };
}

type Skip = (file: string, why: string) => void;

async function filesBehind(path: string, skip: Skip): Promise<readonly FoundFile[]> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  const isThere = "isFile" in facts;
  if (isThere && facts.isFile()) return [{ file: path, named: true }];
  const pattern = path.replaceAll(sep, "/");
  const isMissing = !isThere && (facts.code === "ENOENT" || facts.code === "ENOTDIR");
  const isGlob = isMissing && /[*?{]/.test(pattern);
  if (isGlob || (isThere && facts.isDirectory())) {
    const base = /^(?:[^*?{}]*\/)?/.exec(pattern)?.[0] ?? "";
    const folder = isGlob ? base || "." : path;
    const fits = isGlob ? globPattern(pattern.slice(base.length)) : /^/;
    const files: string[] = [];
    for await (const file of filesUnder(folder, skip))
      if (fits.test(relative(folder, file).replaceAll(sep, "/"))) files.push(file);
    if (files.length === 0) skip(path, isGlob ? "not found: no file matches" : "an empty folder");
    return files.toSorted().map((file) => ({ file, named: false }));
  }
  const fault = isThere ? "not a regular file" : `cannot be opened: ${facts.code ?? facts.message}`;
  skip(path, isMissing ? "not found" : fault);
  return [];
}

async function* filesUnder(folder: string, skip: Skip): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") skip(folder, `cannot be opened: ${error.code ?? error.message}`);
    return [];
  });
  for (const entry of entries.filter(({ name }) => !name.startsWith("."))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path, skip);
    else if (entry.isFile()) yield path;
  }
}

const WILD = new Map(Object.entries({ "**/": "(?:[^/]+/)*", "**": ".*", "*": "[^/]*", "?": "[^/]" }));

/** A glob as a regular expression: "*" and "?" within a name, "**" over folders, and "{csv,json}". */
function globPattern(glob: string): RegExp {
  const parts = glob.split(/(\*\*\/|\*\*|\*|\?|\{[^{}]*\})/).map((part, i) => {
    const literal = escapeRegExp(part);
    const isChoice = i % 2 === 1 && part.startsWith("{");
    return isChoice ? `(?:${literal.slice(2, -2).replaceAll(",", "|")})` : (WILD.get(part) ?? literal);
  });
  return new RegExp(`^${parts.join("")}$`);
}
