/**
 * The process that runs answers' Python. A thread of it interprets, so that its main thread can end it at once when the
 * parent goes away, even in the middle of native code that no limit reaches (9**9**7). A process, not a thread of the
 * notebook's own: deeply nested data can overflow the interpreter's native stack, which ends the process it is in.
 *
 * Plain JavaScript, so that it starts without a loader under any parent: vitest, tsx, or a notebook's kernel.
 *
 * Message in: { source, names, runs, limits }, one object of inputs a run, `limits` as runPython.ts has them. Message
 * out: { results }, one a run, up to the first that fails; first of all { ready: true } or { ready: false, why }.
 */
/* oxlint-disable unicorn/require-post-message-target-origin -- threads, not windows */
import { isMainThread, parentPort, Worker } from "node:worker_threads";

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
    parentPort.on("message", (job) => parentPort.postMessage({ results: interpret(Monty, job) }));
    parentPort.postMessage({ ready: true });
  } catch (error) {
    parentPort.postMessage({ ready: false, why: String(error?.message ?? error) });
  }
}

function interpret(Monty, { source, names, runs, limits }) {
  const results = [];
  const end = performance.now() + 1000 * limits.seconds;
  let printed = "";
  // The interpreter takes anything but undefined for an error.
  const printCallback = (_stream, text) => {
    const room = limits.printedCharacters;
    if (printed.length < room) printed += text.slice(0, room);
    return undefined;
  };
  try {
    const program = new Monty(source, { inputs: names });
    for (const inputs of runs) {
      printed = "";
      const own = {
        maxMemory: limits.memoryBytes,
        maxAllocations: limits.allocations,
        maxRecursionDepth: limits.recursionDepth,
        maxDurationSecs: Math.max(0.001, (end - performance.now()) / 1000),
      };
      results.push({ ok: true, value: program.run({ inputs, printCallback, limits: own }), printed });
    }
  } catch (error) {
    const type = error?.exception?.typeName ?? "Error";
    results.push({ ok: false, type, message: String(error?.message ?? error).slice(0, 300) });
  }
  return results;
}
