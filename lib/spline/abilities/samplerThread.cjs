// The thread of sampleAside.ts: samples what it is started with, and says how far it is.
const { parentPort, workerData } = require("node:worker_threads");
// CommonJS, since tsx as a hook of modules takes a thread of its own, and longer to start than the sampling takes.
require("tsx/cjs");
const { sampleSurface } = require("./sampler.ts");

const { counts, settings } = workerData;
// oxlint-disable unicorn/require-post-message-target-origin -- a thread's port has no origin
const draws = sampleSurface(counts, settings, (progress) => parentPort.postMessage({ progress }));
parentPort.postMessage({ draws });
