import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";

/** What this process holds: a lock with its process id that is not among them was left by one before, with the same id. */
const held = new Set<string>();

/** Keeps a second process from writing the same file. What a killed process left is known by its process id. */
export class FileLock {
  private constructor(readonly path: string) {}

  /** @throws Error that names who holds the lock. */
  static take(file: string): FileLock {
    const path = `${file}.lock`;
    const mine = `${process.pid} ${hostname()}\n`;
    try {
      writeFileSync(path, mine, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const holder = holderOf(path);
      if (holder !== null)
        throw new Error(
          `${file} is being written by process ${holder}. Wait for it, choose another file or, if it is gone, delete ${path}.`,
          { cause: error },
        );
      rmSync(path, { force: true });
      writeFileSync(path, mine, { flag: "wx" });
    }
    held.add(path);
    return new FileLock(path);
  }

  release(): void {
    held.delete(this.path);
    rmSync(this.path, { force: true });
  }
}

/** Who holds the lock; null when it was left by a process of this machine that is no more. */
function holderOf(path: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch {
    return null;
  }
  const [pid = "", host = ""] = text.split(" ");
  if (host !== hostname()) return text === "" ? null : `${pid} on ${host}`;
  if (Number(pid) === process.pid) return held.has(path) ? pid : null;
  try {
    process.kill(Number(pid), 0);
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" ? pid : null;
  }
}
