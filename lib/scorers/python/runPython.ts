import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";

/**
 * The limits of the sandbox that runs answers' Python: @pydantic/monty, an interpreter without files, network or
 * environment, on a thread of a process of its own. A limit that is met is the answer's fault, and a 0.
 */
export const SANDBOX_LIMITS = {
  /** Held by the interpreter, for one answer with all its hidden inputs. */
  seconds: 1,
  memoryBytes: 64e6,
  allocations: 1e6,
  recursionDepth: 400,
  printedCharacters: 200,
  /** Held from outside, for native code that the interpreter cannot stop (9**9**7): then the process is ended. */
  beyondMs: 1500,
  startMs: 15_000,
  /** A task's own tests are many, and take what they take. */
  tests: { seconds: 5, allocations: 2e7 },
  /** A process without work is ended after this. */
  idleMs: 30_000,
  /** Functions or list comprehensions that one answer offers: more are not an answer, and each could take its second. */
  offers: 5,
} as const;

/** Python to run once for each object of inputs, whose keys are `names`. */
export interface PythonJob {
  readonly source: string;
  readonly names: readonly string[];
  readonly runs: readonly Readonly<Record<string, unknown>>[];
  /** Where these runs may take more than `SANDBOX_LIMITS` gives to an answer. */
  readonly more?: { readonly seconds: number; readonly allocations: number };
}

/** Why a run gave no value. */
export interface PythonFailure {
  readonly ok: false;
  /** The exception's name; "Stopped" where the process had to be ended, "Unavailable" where none starts. */
  readonly type: string;
  readonly message: string;
}

/** One run: the value of the last expression, with what was printed apart. */
export type PythonResult =
  { readonly ok: true; readonly value: unknown; readonly printed: string } | PythonFailure;

type Message = Readonly<Record<string, unknown>>;

/** One process for all answers, started at the first and again after one that had to be ended; or why none starts here. */
let current: ChildProcess | PythonFailure | null = null;
let queue: Promise<unknown> = Promise.resolve();
let idle: NodeJS.Timeout | undefined;

/** Runs Python away from this process, one job after another; results stop at the first run that fails. Never rejects. */
export function runPython(job: PythonJob): Promise<readonly PythonResult[]> {
  const results = queue
    .then(() => runNow(job))
    .catch((error: unknown) => [failure("Unavailable", String(error))]);
  queue = results;
  return results;
}

/** A Python name that no answer can guess: under it the hidden inputs and the right value stand beside its code. */
export const secretName = (): string => `_${randomUUID().replaceAll("-", "")}`;

const failure = (type: string, message: string): PythonFailure => ({ ok: false, type, message });

async function runNow({ more, ...job }: PythonJob): Promise<readonly PythonResult[]> {
  clearTimeout(idle);
  if (current === null || ("pid" in current && !isAlive(current))) current = await startProcess();
  if ("ok" in current) return [current];
  const child = current;
  const limits = { ...SANDBOX_LIMITS, ...more };
  child.send({ ...job, limits });
  const reply = await nextMessage(child, 1000 * limits.seconds + limits.beyondMs);
  if (typeof reply === "string") {
    child.kill("SIGKILL");
    return [failure("Stopped", reply)];
  }
  idle = setTimeout(() => child.kill("SIGKILL"), SANDBOX_LIMITS.idleMs).unref();
  return reply["results"] as readonly PythonResult[];
}

const isAlive = (child: ChildProcess): boolean =>
  child.connected && child.exitCode === null && child.signalCode === null && !child.killed;

/**
 * Starts an interpreter process, with no environment, no arguments and no output of its own. It ends with its
 * parent and does not keep it alive; a job under way does, for as long as its limits say.
 */
async function startProcess(): Promise<ChildProcess | PythonFailure> {
  const file = fileURLToPath(new URL("./child.mjs", import.meta.url));
  // Windows starts no program without SystemRoot.
  const env = process.platform === "win32" ? { SystemRoot: process.env["SystemRoot"] } : {};
  const child = fork(file, [], { execArgv: [], env, stdio: ["ignore", "ignore", "ignore", "ipc"] });
  child.unref();
  child.channel?.unref();
  const started = await nextMessage(child, SANDBOX_LIMITS.startMs);
  if (typeof started !== "string" && started["ready"] === true) return child;
  child.kill("SIGKILL");
  return failure("Unavailable", typeof started === "string" ? started : String(started["why"]));
}

/** The child's next message, or why there is none. */
function nextMessage(child: ChildProcess, waitMs: number): Promise<Message | string> {
  return new Promise((resolve) => {
    const end = (result: Message | string): void => {
      clearTimeout(timer);
      child.off("message", onMessage).off("exit", onExit).off("error", onError);
      resolve(result);
    };
    const onMessage = (message: unknown): void => end(message as Message);
    const onExit = (code: number | null, signal: string | null): void =>
      end(`the interpreter ended with ${signal ?? `code ${code}`}`);
    const onError = (error: Error): void => end(error.message);
    const timer = setTimeout(() => end(`no end after ${waitMs / 1000} s`), waitMs);
    child.on("message", onMessage).on("exit", onExit).on("error", onError);
  });
}
