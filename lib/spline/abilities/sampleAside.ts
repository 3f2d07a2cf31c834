import { Worker } from "node:worker_threads";
import type { Counts } from "./likelihood.js";
import type { Draws, SamplerSettings } from "./sampler.js";

/** What the thread says: how far it is, and at last the draws. */
export type Message = { readonly progress: number } | { readonly draws: Draws };

/**
 * `sampleSurface` on a thread of its own.
 *
 * @returns The same draws. Rejects with the signal's reason when that aborts, and with what went wrong in the thread.
 */
export function sampleAside(
  counts: Counts,
  settings: Partial<SamplerSettings>,
  {
    signal,
    onProgress,
  }: { signal?: AbortSignal | undefined; onProgress?: ((share: number) => void) | undefined },
): Promise<Draws> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const file = new URL("./samplerThread.cjs", import.meta.url);
    // Without the loaders that this process may have been started with: the thread brings the one it needs.
    const thread = new Worker(file, { workerData: { counts, settings }, execArgv: [] });
    const stop = (): void => {
      void thread.terminate();
      reject(signal?.reason as Error);
    };
    signal?.addEventListener("abort", stop, { once: true });
    thread.on("message", (message: Message) => {
      if ("progress" in message) return onProgress?.(message.progress);
      signal?.removeEventListener("abort", stop);
      resolve(message.draws);
    });
    thread.on("error", reject);
    thread.on("exit", (code) =>
      reject(new Error(`The sampler's thread ended with code ${code} and no draws.`)),
    );
  });
}
