import { shortText } from "../shared/escape.js";

/** What x, y and z stand for: facets, in a reader's words. */
export interface AxisNames {
  readonly x: string;
  readonly y: string;
  readonly z: string;
}

/** The names on one line each, cut to `length` characters. */
export function shortNames({ x, y, z }: AxisNames, length = 32): AxisNames {
  return { x: shortText(x, length), y: shortText(y, length), z: shortText(z, length) };
}

/**
 * A note of the fit with the facets' names where it says x, y and z: the fit knows nothing of facets. Letters inside
 * words and formulas ("dxy") stay, and so does an "x" that a name brings along.
 */
export function withNames(note: string, names: AxisNames): string {
  const short = shortNames(names);
  return note.replaceAll(/\b[xyz]\b/g, (letter) => short[letter as keyof AxisNames]);
}
