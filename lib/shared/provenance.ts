/**
 * Where scores come from. The simulated panel signs its answers as their provider, and from there on the data say so
 * themselves: rows by that name, tables by a column "simulated", points and surfaces by a field of that name.
 */
export const SIMULATED_PANEL = "Simulated panel";

/** What can tell where it comes from: a row of ours, a row from a file, a table's record, points, a surface. */
export interface Sourced {
  readonly provider?: string | null;
  readonly simulated?: unknown;
}

/** Whether any of these comes from the simulated panel. */
export function isSimulated(data: Sourced | readonly Sourced[]): boolean {
  return [data].flat().some((one) => one.simulated === true || one.provider === SIMULATED_PANEL);
}
