export { fitSurface } from "./fit.js";
export { testInteraction } from "./interaction.js";
export type { FitOptions } from "./options.js";
