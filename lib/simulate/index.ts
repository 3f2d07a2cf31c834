/** Simulated models: a panel on this machine that answers as OpenRouter would, for runs without a key. */
export { SIMULATED_PROVIDER } from "./panel.js";
export { simulatedPanel } from "./simulatedPanel.js";
export type { SimulatedAbilities, SimulatedPanel, SimulatedPanelOptions } from "./simulatedPanel.js";
