// What stands around the notebook: the kernel that runs its cells, the runner behind npm start, the page's template.
export { describeSetup } from "./kernel/describeSetup.js";
export { interruptSignal } from "./kernel/interruptSignal.js";
export { reloadLibrary } from "./kernel/reloadLibrary.js";
// On the command line
export { runCommand } from "./runner/runCommand.js";
export type { RunnerOptions, Terminal } from "./types.js";
