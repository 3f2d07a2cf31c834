export { fitSurface } from "./fit.js";
export type { FitOptions } from "./options.js";
