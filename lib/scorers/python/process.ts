import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Python to run once for each object of inputs, whose keys are `names`. */
export interface PythonJob {
  readonly source: string;
  readonly names: readonly string[];
  readonly runs: readonly Readonly<Record<string, unknown>>[];
}

/** One run: the value of the last expression, or the exception's name and message; printed text apart. */
export type PythonResult =
  | { readonly ok: true; readonly value: unknown; readonly printed: string }
  | { readonly ok: false; readonly type: string; readonly message: string; readonly printed: string };

/** What a job came to. Results stop at the first run that fails. */
export type PythonReply =
  | { readonly kind: "ran"; readonly results: readonly PythonResult[] }
  /** The program went beyond what the interpreter's own limits stop, and its process was ended. */
  | { readonly kind: "killed"; readonly why: string }
  /** The interpreter does not run on this machine. */
  | { readonly kind: "unavailable"; readonly why: string };

/** A process that interprets Python. */
export interface PythonProcess {
  /** One job at a time. */
  run(job: PythonJob): Promise<PythonReply>;
  readonly alive: boolean;
  kill(): void;
}

/** Beyond the interpreter's own second: for what it cannot stop. */
const JOB_MS = 2500;
const START_MS = 15_000;

/**
 * Starts an interpreter process, with no environment, no arguments and no output of its own. It does not keep the parent
 * alive; a job under way does, for at most `JOB_MS`.
 */
export async function startPython(): Promise<PythonProcess | string> {
  const file = fileURLToPath(new URL("./child.mjs", import.meta.url));
  // Windows starts no program without SystemRoot.
  const env = process.platform === "win32" ? { SystemRoot: process.env["SystemRoot"] } : {};
  const child = fork(file, [], { execArgv: [], env, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  child.unref();
  child.channel?.unref();
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));

  const started = await next(child, START_MS);
  if (typeof started === "string" || started["ready"] !== true) {
    kill();
    return typeof started === "string" ? started : String(started["why"]);
  }
  let id = 0;
  return {
    kill,
    get alive() {
      return child.connected && child.exitCode === null && child.signalCode === null && !child.killed;
    },
    async run({ source, names, runs }) {
      child.send({ id: ++id, source, names, runs });
      const reply = await next(child, JOB_MS);
      if (typeof reply !== "string")
        return { kind: "ran", results: reply["results"] as readonly PythonResult[] };
      kill();
      return { kind: "killed", why: reply };
    },
  };
}

/** The child's next message, or why there is none. */
function next(child: ChildProcess, waitMs: number): Promise<Readonly<Record<string, unknown>> | string> {
  return new Promise((resolve) => {
    const end = (result: Readonly<Record<string, unknown>> | string): void => {
      clearTimeout(timer);
      child.off("message", onMessage).off("exit", onExit).off("error", onError);
      resolve(result);
    };
    const onMessage = (message: unknown): void => end(message as Readonly<Record<string, unknown>>);
    const onExit = (code: number | null, signal: string | null): void =>
      end(`the interpreter ended with ${signal ?? `code ${code}`}`);
    const onError = (error: Error): void => end(error.message);
    const timer = setTimeout(() => end(`no end after ${waitMs / 1000} s`), waitMs);
    child.on("message", onMessage).on("exit", onExit).on("error", onError);
  });
}
