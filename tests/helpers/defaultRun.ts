import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { inject } from "vitest";
import type { CommandResult } from "./projectCopy.js";
import { copyProject } from "./projectCopy.js";

/** A copy of the project in which `npm start` ran, nothing asked of it. Several files look at it: none may change it. */
export interface DefaultRun extends CommandResult {
  readonly folder: string;
}

/** Makes the default run, or waits for the file of tests that makes it: it takes a quarter of a minute. */
export async function defaultRun(): Promise<DefaultRun> {
  const shared = inject("sharedFolder");
  const made = join(shared, "defaultRun.json");
  if (isFirst(join(shared, "defaultRun"))) {
    const { folder, run } = copyProject({ within: shared });
    const result: DefaultRun = { folder, ...(await run("start")) };
    writeFileSync(`${made}.part`, JSON.stringify(result));
    renameSync(`${made}.part`, made);
  }
  while (!existsSync(made)) await setTimeout(100);
  return JSON.parse(readFileSync(made, "utf8")) as DefaultRun;
}

/** Of all processes that ask, one makes the folder. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
