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

/**
 * Which facets a model judged, and which model, as captions say it: "history judged by openai/gpt-4.1-mini", several
 * parted by semicolons; "" where no model judged. Tables carry it in a column "judged", points and surfaces in a field.
 */
export function judgedBy(rows: readonly { readonly facet: string; readonly judge?: string }[]): string {
  const judged = rows.flatMap(({ facet, judge }) => (judge ? [`${facet} judged by ${judge}`] : []));
  return [...new Set(judged)].join("; ");
}
