/** What is asked and of whom: tasks with their right answers and scorers, models, and the audit of the scorers. */
export { FACETS, PYTHON_CHECKS, TASKS, task } from "./tasks.js";
export { editTask } from "./editTask.js";
export { judge } from "./judge.js";
export { MODEL_SPECS } from "./modelSpecs.js";
export { withItems } from "./variants/withItems.js";
export { toolTasks } from "./toolTasks.js";
export { withSeedScorers } from "./withSeedScorers.js";
export { auditScorers, loadLabelled, scoreLabelled } from "./auditScorers.js";
export type { Facet } from "./tasks.js";
export type { JudgeOptions } from "./judge.js";
export type { AuditOptions, AuditRow, LabelledAnswer, ScoredLabel } from "./auditScorers.js";
