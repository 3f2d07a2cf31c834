export { evaluateModels } from "./evaluate.js";
export { nearestIds } from "./nearest.js";
export { progressLine } from "./progress.js";
export { loadRows, saveRows } from "./rowsFile.js";
export type { EvaluateOptions } from "./options.js";
export type { Progress } from "./progress.js";
export type { EvalRun, RunUsage } from "./run.js";
