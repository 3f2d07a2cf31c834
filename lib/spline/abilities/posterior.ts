import { bsplines } from "../basis/axis.js";
import type { Places } from "../basis/cells.js";
import type { Estimate, Predictions } from "../types.js";
import { share } from "./likelihood.js";
import type { Population } from "./calibrate.js";
import { valueAt } from "./kernels.js";
import type { Draws } from "./sampler.js";

/**
 * The surface at one place of [0, 1]^2 in every draw, each in (0, 1).
 *
 * @param out Room for the values, shape (draws.count,).
 */
export function drawsAt(draws: Draws, u: number, v: number, out: Float64Array): Float64Array {
  const { size, count, theta } = draws;
  const b = new Float64Array(8);
  const [cx, cy] = [u, v].map((at, k) => bsplines(size - 3, at * (size - 3), b, 4 * k)) as [number, number];
  for (let draw = 0; draw < count; draw++)
    out[draw] = share(valueAt(theta, size, b, 0, cx, cy, draw * size * size));
  return out;
}

/** Mean, standard deviation and 95 % interval of a quantity's draws. */
export function estimateOf(values: Float64Array): Estimate {
  const { length } = values;
  let mean = 0;
  for (const value of values) mean += value / length;
  let square = 0;
  for (const value of values) square += (value - mean) ** 2;
  const beyond = Math.round(0.025 * (length - 1));
  const low = smallest(values, 1, beyond);
  return { z: mean, se: Math.sqrt(square / (length - 1)), low, high: -smallest(values, -1, beyond) };
}

/** The value of sign * values with `beyond` smaller ones: few are kept in order, where a sort would order all. */
function smallest(values: Float64Array, sign: 1 | -1, beyond: number): number {
  const kept = new Float64Array(beyond + 1).fill(Infinity);
  for (const value of values) {
    const own = sign * value;
    let at = beyond;
    if (own >= kept[at]!) continue;
    for (; at > 0 && kept[at - 1]! > own; at--) kept[at] = kept[at - 1]!;
    kept[at] = own;
  }
  return kept[beyond]!;
}

/** The surface with its band at several places. */
export function estimatesAt(draws: Draws, { x, y }: Places): Omit<Predictions, "supported"> {
  const array = (): Float64Array => new Float64Array(x.length);
  const out = { z: array(), se: array(), low: array(), high: array() };
  const room = new Float64Array(draws.count);
  for (let i = 0; i < x.length; i++)
    for (const [name, value] of Object.entries(estimateOf(drawsAt(draws, x[i]!, y[i]!, room))))
      out[name as keyof Estimate][i] = value;
  return out;
}

/** The abilities' mean and covariance, averaged over the draws. */
export function meanPopulation({ abilities, count }: Draws): Population {
  const means = [0, 0, 0, 0, 0];
  abilities.forEach((value, at) => (means[at % 5]! += value / count));
  const [a, b, c, d, e] = means as [number, number, number, number, number];
  return { mu: [a, b], sigma: [c, d, e] };
}

/** Mean of the squares of a quantity's draws. */
export function meanSquare(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}

/** A weighted sum of the surface's values at several places, in every draw. */
export function contrastDraws(draws: Draws, { x, y }: Places, weights: ArrayLike<number>): Float64Array {
  const sum = new Float64Array(draws.count);
  const room = new Float64Array(draws.count);
  for (let i = 0; i < x.length; i++) {
    drawsAt(draws, x[i]!, y[i]!, room);
    for (let draw = 0; draw < sum.length; draw++) sum[draw]! += weights[i]! * room[draw]!;
  }
  return sum;
}

/**
 * How well the chains agree on a quantity: split R-hat, about 1 where they do.
 *
 * @param values Draws, chain after chain.
 * @see Vehtari et al. 2021, doi:10.1214/20-BA1221.
 */
export function splitRhat(values: Float64Array, chains: number): number {
  const parts = 2 * chains;
  const length = Math.floor(values.length / parts);
  const means = new Float64Array(parts);
  let within = 0;
  for (let part = 0; part < parts; part++) {
    const own = values.subarray(part * length, (part + 1) * length);
    const mean = own.reduce((sum, value) => sum + value, 0) / length;
    means[part] = mean;
    within += own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (length - 1) / parts;
  }
  const middle = means.reduce((sum, value) => sum + value, 0) / parts;
  const between = means.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (parts - 1);
  return within > 0 ? Math.sqrt((within * (1 - 1 / length) + between) / within) : 1;
}
