/**
 * The process that runs answers' Python. A thread of it interprets, so that its main thread can end it at once when the
 * parent goes away, even in the middle of native code that no limit reaches (9**9**7). A process, not a thread of the
 * notebook's own: deeply nested data can overflow the interpreter's native stack, which ends the process it is in.
 *
 * Plain JavaScript, so that it starts without a loader under any parent: vitest, tsx, or a notebook's kernel.
 *
 * Message in: { id, source, names, runs }, one object of inputs a run. Message out: { id, results }, one a run, up to the
 * first that fails; first of all { ready: true } or { ready: false, why }.
 */
/* oxlint-disable unicorn/require-post-message-target-origin -- threads, not windows */
import { isMainThread, parentPort, Worker } from "node:worker_threads";

/** For one answer, all its runs together. */
const SECONDS = 1;
const LIMITS = { maxMemory: 64e6, maxAllocations: 1e6, maxRecursionDepth: 400 };
const PRINTED = 200;

if (isMainThread) watch();
else await serve();

function watch() {
  const thread = new Worker(new URL(import.meta.url), { env: {} });
  thread.on("message", (reply) => process.send?.(reply));
  thread.on("error", () => process.exit(1));
  process.on("message", (job) => thread.postMessage(job));
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
}

async function serve() {
  try {
    const { Monty } = await import("@pydantic/monty");
    parentPort.on("message", ({ id, source, names, runs }) => {
      parentPort.postMessage({ id, results: interpret(Monty, source, names, runs) });
    });
    parentPort.postMessage({ ready: true });
  } catch (error) {
    parentPort.postMessage({ ready: false, why: String(error?.message ?? error) });
  }
}

function interpret(Monty, source, names, runs) {
  const results = [];
  const end = performance.now() + 1000 * SECONDS;
  let printed = "";
  // The interpreter takes anything but undefined for an error.
  const printCallback = (_stream, text) => {
    if (printed.length < PRINTED) printed += text.slice(0, PRINTED);
    return undefined;
  };
  try {
    const program = new Monty(source, { inputs: names });
    for (const inputs of runs) {
      printed = "";
      const maxDurationSecs = Math.max(0.001, (end - performance.now()) / 1000);
      const value = program.run({ inputs, printCallback, limits: { ...LIMITS, maxDurationSecs } });
      results.push({ ok: true, value, printed });
    }
  } catch (error) {
    const type = error?.exception?.typeName ?? "Error";
    results.push({ ok: false, type, message: String(error?.message ?? error).slice(0, 300), printed });
  }
  return results;
}
