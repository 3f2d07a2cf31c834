import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { jupyterEnv } from "./findJupyter.js";
import { BRIDGE } from "./paths.js";

/** What happens while a notebook runs. `cell` is an index into its cells, from 0. */
export type RunEvent =
  | { readonly event: "cell"; readonly cell: number }
  | { readonly event: "stream"; readonly cell: number; readonly name: string; readonly text: string }
  | { readonly event: "progress"; readonly cell: number; readonly text: string }
  | FailedEvent;

export interface FailedEvent {
  readonly event: "failed";
  readonly cell: number | null;
  readonly ename: string;
  readonly evalue: string;
  /** "line 4 of the cell: ...", where the failure says so. */
  readonly where: string | null;
  readonly interrupted: boolean;
}

/**
 * Executes a notebook and writes it with its outputs, as far as it got; signed, so that JupyterLab shows them. Ctrl-C interrupts the running cell; a second
 * one ends the run.
 *
 * @param python One that `findJupyter` has found.
 * @param env Where Jupyter looks for the kernel named tslab; default: the project's own.
 * @returns The failure that ended the run; null when every cell ran.
 * @throws Error when Jupyter itself fails; its last line says why.
 */
export async function runNotebook(
  python: string,
  paths: { readonly source: string; readonly target: string; readonly folder: string },
  onEvent: (event: RunEvent) => void,
  env: NodeJS.ProcessEnv = jupyterEnv(),
): Promise<FailedEvent | null> {
  const child = spawn(python, [BRIDGE, "run", paths.source, paths.target, paths.folder], {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let interrupts = 0;
  const interrupt = () => void child.kill(interrupts++ === 0 ? "SIGINT" : "SIGTERM");
  process.on("SIGINT", interrupt);
  let failed: FailedEvent | null = null;
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = (errors + text).slice(-20_000)));
  const closed = once(child, "close") as Promise<[number | null]>;
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      // Other lines are what a library printed: not for the runner.
      if (!line.startsWith('{"event":')) continue;
      const event = JSON.parse(line) as RunEvent;
      if (event.event === "failed") failed = event;
      onEvent(event);
    }
    const [code] = await closed;
    if (code !== 0 && failed === null)
      throw new Error(`Jupyter ended with code ${code}: ${lastLine(errors)}`);
    return failed;
  } finally {
    process.off("SIGINT", interrupt);
  }
}

/**
 * Writes a notebook as one self-contained HTML page.
 *
 * @throws Error with Jupyter's own last line when it fails.
 */
export function exportPage(python: string, notebook: string, page: string): void {
  const args = [BRIDGE, "html", notebook, page];
  const done = spawnSync(python, args, { env: jupyterEnv(), encoding: "utf8" });
  if (done.status !== 0) throw new Error(`Cannot make a page of ${notebook}: ${lastLine(done.stderr)}`);
}

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
