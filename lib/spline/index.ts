export { fitSurface } from "./fit.js";
export { testInteraction } from "./interaction.js";
export { compareLaws, LAWS } from "./laws.js";
export type { FitOptions } from "./options.js";
export type { Law, LawComparison, LawName } from "./laws.js";
