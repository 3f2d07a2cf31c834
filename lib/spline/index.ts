/** Smooth surfaces z = f(x, y) through scattered points, and what can be asked of them: README.md has the maths. */
export { fitSurface } from "./fitSurface.js";
export type { FitOptions } from "./methods/options.js";
export { compareLaws, type Law, type LawComparison, type LawName, LAWS } from "./questions/compareLaws.js";
export { testInteraction } from "./questions/testInteraction.js";
