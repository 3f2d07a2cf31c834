export { TASKS, FACETS, editTask } from "./tasks/index.js";
export { interruptSignal } from "./notebook/kernel/interrupt.js";
export { reloadLibrary } from "./notebook/kernel/reload.js";
export type * from "./types.js";
