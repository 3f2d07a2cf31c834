import type { Progress } from "../../lib/eval/index.js";

/** The progress of an evaluation that has not begun. */
export const START: Progress = {
  done: 0,
  total: 40,
  cached: 0,
  failed: 0,
  costUsd: null,
  likelyUsd: null,
  estimateUsd: null,
  elapsedMs: 0,
  remainingMs: null,
  model: null,
  stopped: null,
};
