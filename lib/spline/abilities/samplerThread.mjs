// The thread of sampleAside.ts: samples what it is started with, and says how far it is.
import { parentPort, workerData } from "node:worker_threads";
import { register } from "tsx/esm/api";

register();
const { sampleSurface } = await import("./sampler.ts");
const { counts, settings } = workerData;
// oxlint-disable unicorn/require-post-message-target-origin -- a thread's port has no origin
const draws = sampleSurface(counts, settings, (progress) => parentPort.postMessage({ progress }));
parentPort.postMessage({ draws });
