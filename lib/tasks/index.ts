export { FACETS } from "./facets.js";
export { TASKS } from "./tasks.js";
export { editTask } from "./editTask.js";
export { withPrompts } from "./withPrompts.js";
export { MODEL_SPECS } from "./modelSpecs.js";
export type { Facet } from "./facets.js";
export type { TaskChanges } from "./editTask.js";
