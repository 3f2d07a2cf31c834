import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A claim is stirred so often by the process that holds it, and left by one that has not been stirred for so long. */
const STIRRED_MS = 1000;
const LEFT_MS = 3000;

/** Gives a claim back. */
export type Unclaim = () => Promise<void>;

/**
 * Claims of processes that share a folder: who holds one asks, the others wait for the answer. A claim is a file with
 * the number of its process. That of a process that has ended is void, and so is one that nobody stirs: the number may
 * belong to another process by now. That is seen by watching it, since clocks may jump and differ.
 *
 * @returns A function that takes a key, a name fit for a file: what gives its claim back, or null while another holds it.
 */
export function claims(folder: string): (key: string) => Promise<Unclaim | null> {
  const watched = new Map<string, { readonly stirred: number; readonly since: number }>();

  const isLeft = async (key: string, path: string): Promise<boolean> => {
    if (!isRunning(Number(await readFile(path, "utf8")))) return true;
    const { mtimeMs: stirred } = await stat(path);
    const before = watched.get(key);
    if (before?.stirred !== stirred) watched.set(key, { stirred, since: performance.now() });
    return before?.stirred === stirred && performance.now() - before.since > LEFT_MS;
  };

  return async (key) => {
    const path = join(folder, key);
    await mkdir(folder, { recursive: true });
    const take = () => writeFile(path, String(process.pid), { flag: "wx" }).then(() => true, isThere);
    if (!(await take())) {
      // Given back at this moment: nothing is there to be read.
      if (!(await isLeft(key, path).catch(isGone))) return null;
      await rm(path, { force: true });
      if (!(await take())) return null;
    }
    watched.delete(key);
    const stirring = setInterval(() => {
      const now = new Date();
      utimes(path, now, now).catch(() => undefined);
    }, STIRRED_MS);
    stirring.unref();
    return async () => {
      clearInterval(stirring);
      await rm(path, { force: true });
    };
  };
}

/** A number that cannot be read is that of a writer who is still at it, or was killed then: its claim is watched. */
function isRunning(pid: number): boolean {
  if (!(pid > 0)) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function isThere(error: NodeJS.ErrnoException): boolean {
  if (error.code === "EEXIST") return false;
  throw error;
}

function isGone(error: NodeJS.ErrnoException): boolean {
  if (error.code === "ENOENT") return false;
  throw error;
}
