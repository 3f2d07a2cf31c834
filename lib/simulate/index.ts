/** Simulated models: a panel on this machine that answers as OpenRouter would, for runs without a key. */
export { simulatedPanel } from "./simulatedPanel.js";
export type { SimulatedPanel, SimulatedPanelOptions } from "./simulatedPanel.js";
