import { fitSurface, testInteraction } from "../../lib/spline/index.js";
import { normalTail } from "../../lib/spline/linear/distributions.js";
import { franke, normalNumbers, simulate } from "./random.js";
import { seeded } from "../helpers/seeded.js";

/** One line of the table of simulations. */
export interface Rate {
  readonly what: string;
  readonly n: number;
  readonly rounds: number;
  /** Share of the rounds (or of the points of all rounds) in which it happened. */
  readonly rate: number;
}

/** Sums without interaction: a line and a bend; two bends; a line alone. */
const ADDITIVE: readonly ((x: number, y: number) => number)[] = [
  (x, y) => x + Math.sin(4 * y) / 2,
  (x, y) => Math.sin(5 * x) / 2 + y * y,
  (x) => x,
];

/** A plane at n places whose normal scores are correlated by .8, in the unit square or on 4 levels an axis. */
function correlatedPlane(n: number, levels: number, seed: number): ReturnType<typeof simulate> {
  const normal = normalNumbers(seeded(seed));
  const place = (score: number): number => {
    const share = 1 - normalTail(score);
    return levels === 0 ? share : Math.floor(share * levels) / (levels - 1);
  };
  const [x, y, z] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const score = normal();
    x[i] = place(score);
    y[i] = place(0.8 * score + 0.6 * normal());
    z[i] = x[i]! + y[i]! / 2 + 0.2 * normal();
  }
  return { x, y, z };
}

/**
 * How often the interaction test rejects at 5 % where effects just add up. `levels` 0: continuous places.
 *
 * @param isCorrelated Places correlated by .8 and a plane over them, instead of independent ones and three sums.
 */
export function interactionSize(
  n: number,
  levels: number,
  rounds: number,
  seed: number,
  isCorrelated = false,
): Rate {
  let rejected = 0;
  let tested = 0;
  for (let round = 0; tested < rounds; round++) {
    const f = ADDITIVE[round % ADDITIVE.length]!;
    const data = isCorrelated
      ? correlatedPlane(n, levels, seed + round)
      : simulate(f, n, 0.2, seed + round, levels);
    const { p } = testInteraction(data);
    // A draw of few levels may have too few places to be testable: it is drawn again.
    if (p === null) continue;
    tested++;
    if (p < 0.05) rejected++;
  }
  return {
    what: `size, ${levels === 0 ? "continuous" : `${levels} levels`}${isCorrelated ? ", corr. .8" : ""}`,
    n,
    rounds,
    rate: rejected / rounds,
  };
}

/** How often the interaction test rejects at 5 % where z = x y. */
export function interactionPower(n: number, noise: number, rounds: number, seed: number): Rate {
  let rejected = 0;
  for (let round = 0; round < rounds; round++) {
    const { p } = testInteraction(simulate((x, y) => x * y, n, noise, seed + round));
    if (p !== null && p < 0.05) rejected++;
  }
  return { what: `power on x y, noise ${noise}`, n, rounds, rate: rejected / rounds };
}

const TRUTHS = {
  plane: (x: number, y: number) => x + y / 2,
  product: (x: number, y: number) => x * y,
  saddle: (x: number, y: number) => (2 * x - 1) ** 2 - (2 * y - 1) ** 2,
  franke,
} as const;
export type Truth = keyof typeof TRUTHS;

/** How often the 95 % band holds the truth, over supported places drawn from the box. */
export function bandCoverage(truth: Truth, n: number, rounds: number, seed: number): Rate {
  const f = TRUTHS[truth];
  let held = 0;
  let places = 0;
  for (let round = 0; round < rounds; round++) {
    const surface = fitSurface(simulate(f, n, 0.1, seed + round));
    const random = seeded(seed + round + 77_777);
    for (let i = 0; i < 40; i++) {
      const [x, y] = [random(), random()];
      const { z, se } = surface.predict(x, y);
      if (Number.isNaN(z) || Number.isNaN(se)) continue;
      places++;
      if (Math.abs(z - f(x, y)) <= surface.tQuantile! * se) held++;
    }
  }
  return { what: `95 % band, ${truth}`, n, rounds, rate: held / places };
}

/** Root mean squared error at the grid, against the truth. */
export function frankeError(n: number, seed: number): number {
  const surface = fitSurface(simulate(franke, n, 0.1, seed));
  const grid = surface.grid(30);
  let sum = 0;
  let count = 0;
  for (const [at, z] of grid.z.entries()) {
    if (Number.isNaN(z)) continue;
    sum += (z - franke(grid.x[Math.floor(at / 30)]!, grid.y[at % 30]!)) ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}
