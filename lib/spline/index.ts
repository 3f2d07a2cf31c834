/** Smooth surfaces z = f(x, y) through scattered points, and what can be asked of them: README.md has the maths. */
export { drawsFor, fitSurface, fitSurfaceAside, surfaceFrom } from "./fitSurface.js";
export type { FitOptions } from "./methods/options.js";
export type { Draws } from "./abilities/sampler.js";
export { abilityCorrelation } from "./abilities/calibrate.js";
export { compareLaws, type Law, type LawComparison } from "./questions/compareLaws.js";
export { LAWS, type LawName } from "./questions/laws.js";
export { testInteraction } from "./questions/testInteraction.js";
