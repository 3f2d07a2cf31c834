/** Asks every model every task and scores the answers: plan, reuse, ask, score, within a budget. */
export { compareRuns } from "./compareRuns.js";
export { evaluateModels } from "./evaluateModels.js";
export { progressBar } from "./progressBar.js";
export { loadRows, saveRows } from "./rowsFile.js";
export type { FacetChange, Flip, RunComparison } from "./compareRuns.js";
export type { EvalRun } from "./evaluateModels.js";
export type { EvaluateOptions } from "./plan.js";
export type { Progress, ProgressBar } from "./progressBar.js";
export type { RunUsage } from "./runState.js";
