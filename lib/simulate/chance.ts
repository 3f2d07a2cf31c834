import { createHash } from "node:crypto";

/** A number in [0, 1) that depends on the names alone: the same names, the same number, on every machine. */
export function chance(...names: readonly (string | number)[]): number {
  return createHash("sha256").update(JSON.stringify(names)).digest().readUIntBE(0, 6) / 2 ** 48;
}

/**
 * One of the choices, picked by the names.
 *
 * @throws RangeError when there is nothing to pick from.
 */
export function pick<T>(choices: readonly T[], ...names: readonly (string | number)[]): T {
  const chosen = choices[Math.floor(chance(...names) * choices.length)];
  if (chosen === undefined) throw new RangeError(`pick: nothing to pick from for ${names.join(", ")}.`);
  return chosen;
}

/** A standard normal number that depends on the names alone (Box and Muller 1958). */
export function normalChance(...names: readonly (string | number)[]): number {
  const radius = Math.sqrt(-2 * Math.log(1 - chance(...names, "radius")));
  return radius * Math.cos(2 * Math.PI * chance(...names, "angle"));
}
