/** What is asked and of whom: tasks with their right answers and scorers, models, and the audit of the scorers. */
export { FACETS, task } from "./task.js";
export { PYTHON_CHECKS, TASKS, toolTasks } from "./tasks.js";
export { loadTasks, questionBank } from "./loadTasks.js";
export { itemStatistics } from "./itemStatistics.js";
export { editTask } from "./editTask.js";
export { judge } from "./judge.js";
export { MODEL_SPECS } from "./modelSpecs.js";
export { withItems } from "./variants/withItems.js";
export { withSeedScorers } from "./withSeedScorers.js";
export { auditScorers, loadLabelled, scoreLabelled } from "./auditScorers.js";
export type { Facet } from "./task.js";
export type { JudgeOptions } from "./judge.js";
export type { AuditOptions, AuditRow, LabelledAnswer, ScoredLabel } from "./auditScorers.js";
export type { LoadTasksOptions, QuestionBankOptions } from "./loadTasks.js";
export type { ItemStatistics } from "./itemStatistics.js";
