import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import type { Skipped } from "./types.js";

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
  for (const path of paths) {
    const files = await filesBehind(path);
    if (typeof files === "string") skipped.push({ file: path, what: "file", why: files });
    else {
      for (const entry of files) {
        const key = resolve(entry.file);
        if (!found.has(key)) found.set(key, entry);
      }
    }
  }
  return { found: [...found.values()], skipped };
}

/** The files, or why there are none. */
async function filesBehind(path: string): Promise<readonly FoundFile[] | string> {
  const facts = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (facts instanceof Error) {
    if (facts.code !== "ENOENT" && facts.code !== "ENOTDIR")
      return `cannot be opened: ${facts.code ?? facts.message}`;
    if (!isDynamicPattern(path)) return "not found";
    const files = await glob(path, { onlyFiles: true, followSymbolicLinks: false, expandDirectories: false });
    return files.length === 0 ? "not found: no file matches" : swept(files);
  }
  if (facts.isFile()) return [{ file: path, named: true }];
  if (!facts.isDirectory()) return "not a regular file";
  const inside = await glob("**/*", { cwd: path, onlyFiles: true, followSymbolicLinks: false });
  return inside.length === 0 ? "an empty folder" : swept(inside.map((name) => join(path, name)));
}

function swept(files: readonly string[]): readonly FoundFile[] {
  return files.toSorted().map((file) => ({ file, named: false }));
}
