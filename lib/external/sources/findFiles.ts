import { readdir, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
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
  const skip = (file: string, why: string): void => void skipped.push({ file, what: "file", why });
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
  const isMissing = facts instanceof Error;
  if (!isMissing && facts.isFile()) return [{ file: path, named: true }];
  const pattern = path.replaceAll(sep, "/");
  const [base = ""] = /^(?:[^*?[\]{}]*\/)?/.exec(pattern) ?? [];
  const isGlob = isMissing && /[*?[{]/.test(pattern);
  if (isMissing && facts.code !== "ENOENT" && facts.code !== "ENOTDIR")
    skip(path, `cannot be opened: ${facts.code ?? facts.message}`);
  else if (isMissing && !isGlob) skip(path, "not found");
  else if (!isMissing && !facts.isDirectory()) skip(path, "not a regular file");
  else {
    const folder = isGlob ? base || "." : path;
    const matches = isGlob ? globPattern(pattern.slice(base.length)) : /^/;
    const inside: string[] = [];
    for await (const file of filesUnder(folder, skip))
      if (matches.test(relative(folder, file).replaceAll(sep, "/"))) inside.push(file);
    if (inside.length === 0) skip(path, isGlob ? "not found: no file matches" : "an empty folder");
    return inside.toSorted().map((file) => ({ file, named: false }));
  }
  return [];
}

async function* filesUnder(folder: string, skip: Skip): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") skip(folder, `cannot be opened: ${error.code ?? error.message}`);
    return [];
  });
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path, skip);
    else if (entry.isFile()) yield path;
  }
}

/** A glob as a regular expression: "*" and "?" within a name, "**" over folders, "[a-z]", and "{csv,json}". */
function globPattern(glob: string): RegExp {
  const source = glob.replaceAll(/\*\*\/?|\{[^{}]*\}|\[!?[^\]/]+\]|[^]/g, (part) => {
    if (part === "**/") return "(?:[^/]+/)*";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.length > 1 && part.startsWith("[")) return part.replace("[!", "[^").replaceAll("\\", "\\\\");
    if (part.length > 1) {
      const choices = part.slice(1, -1).split(",");
      return `(?:${choices.map((choice) => globPattern(choice).source.slice(1, -1)).join("|")})`;
    }
    return part.replace(/[$()*+.?[\\\]^{|}]/, String.raw`\$&`);
  });
  return new RegExp(`^${source}$`);
}
