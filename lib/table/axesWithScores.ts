import { listed } from "../shared/text.js";
import { facetColumns } from "./frame.js";
import type { AnyFrame } from "./types.js";

/** The facets or composites along x and y, and the one that is the height. */
export type Axes = readonly [x: string, y: string, z: string];

/** Surfaces drawn where none that was wanted can be. */
const MOST = 3;

/**
 * Which surfaces a table can show: all that are wanted, as long as one of them has its scores; else the table's own
 * facets in turn, so that scores from files are seen without a change to the notebook.
 *
 * @param say Told, in a line, that others than the wanted ones are drawn.
 * @returns Nothing for fewer than three facets.
 */
export function axesWithScores(
  wide: AnyFrame,
  wanted: readonly Axes[],
  say: (line: string) => void = () => {},
): readonly Axes[] {
  const facets = facetColumns(wide);
  if (wanted.some((axes) => axes.every((name) => facets.includes(name))) || facets.length < 3) return wanted;
  const at = (i: number): string => facets[i % facets.length]!;
  const own = Array.from({ length: MOST }, (_, i): Axes => [at(i), at(i + 1), at(i + 2)]);
  const shown = listed(
    own.map((axes) => axes.join("/")),
    MOST,
  );
  say(`No scores for the facets of SURFACES; drawn instead: ${shown}.`);
  return own;
}
