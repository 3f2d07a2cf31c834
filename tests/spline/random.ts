import { seeded } from "../helpers/seeded.js";

/** Standard normal numbers (Box-Muller) from a source of uniform ones. */
export function normalNumbers(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Franke's test function on the unit square, two hills and a dip. */
export function franke(x: number, y: number): number {
  return (
    0.75 * Math.exp(-((9 * x - 2) ** 2 + (9 * y - 2) ** 2) / 4) +
    0.75 * Math.exp(-((9 * x + 1) ** 2) / 49 - (9 * y + 1) / 10) +
    0.5 * Math.exp(-((9 * x - 7) ** 2 + (9 * y - 3) ** 2) / 4) -
    0.2 * Math.exp(-((9 * x - 4) ** 2) - (9 * y - 7) ** 2)
  );
}

/** n points of z = f(x, y) + noise, uniform on the unit square or on `levels` equally spaced values an axis. */
export function simulate(
  f: (x: number, y: number) => number,
  n: number,
  noise: number,
  seed: number,
  levels = 0,
): { x: Float64Array; y: Float64Array; z: Float64Array } {
  const random = seeded(seed);
  const normal = normalNumbers(random);
  const place = (): number => (levels > 1 ? Math.floor(random() * levels) / (levels - 1) : random());
  const x = Float64Array.from({ length: n }, place);
  const y = Float64Array.from({ length: n }, place);
  const z = x.map((value, i) => f(value, y[i]!) + noise * normal());
  return { x, y, z };
}
