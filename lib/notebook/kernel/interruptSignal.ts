const KEY = Symbol.for("facet-bench.interrupt");

/** Where the running cell's controller is kept: on globalThis, so that a reloaded library finds the same one. */
const shared = globalThis as { [KEY]?: { controller: AbortController; byKernel: boolean } };

/**
 * A signal that aborts when the reader interrupts the running cell: hand it to what should stop with it.
 *
 * Under the project's kernel each cell gets a fresh one. Under a stock tslab kernel the library listens to SIGINT
 * itself, from the next turn of the event loop on: a listener added while a cell's synchronous part runs would make
 * the next interrupt end the kernel.
 */
export function interruptSignal(): AbortSignal {
  let entry = shared[KEY];
  if (entry === undefined) {
    entry = shared[KEY] = { controller: new AbortController(), byKernel: false };
    setImmediate(() => process.on("SIGINT", abortRunningCell));
  } else if (!entry.byKernel && entry.controller.signal.aborted) {
    entry.controller = new AbortController();
  }
  return entry.controller.signal;
}

/** The kernel is about to run a cell: the last cell's interrupt is not this one's. */
export function beginCell(): void {
  const controller = shared[KEY]?.controller;
  const isUsable = controller?.signal.aborted === false;
  shared[KEY] = { controller: isUsable ? controller : new AbortController(), byKernel: true };
}

/** The reader interrupted the running cell. */
export function abortRunningCell(): void {
  shared[KEY]?.controller.abort();
}
