import type { Domain, Range } from "../basis/axis.js";
import { NO_FIT, type SurfaceFacts } from "../methods/surface.js";
import { isScore, type Sample } from "../smoothing/sample.js";
import type { Influence } from "../smoothing/tensorFit.js";
import type { Population } from "./calibrate.js";
import { abilityInteraction } from "./abilityInteraction.js";
import { exp, logistic } from "../linear/elementary.js";
import {
  contrastDraws,
  drawsAt,
  estimateOf,
  estimatesAt,
  meanPopulation,
  meanSquare,
  splitRhat,
} from "./posterior.js";
import type { Counts } from "./likelihood.js";
import type { Draws } from "./sampler.js";

/** R-hat above which the chains are said not to agree. */
const RHAT_LIMIT = 1.05;
/** Fewest points that a surface is sampled for. */
const MIN_SAMPLED = 8;

/** What a sample's points count, and whether the sampler can take them: scores all within [0, 1]. */
export function countsOf(sample: Sample): Counts | null {
  const { x, y, z, n, family } = sample;
  if (n < MIN_SAMPLED || ![x, y, z].every((values) => values.every(isScore))) return null;
  if (sample.items === null && family === null) return null;
  const exact = new Float64Array(n).fill(Infinity);
  return { x, y, z, items: sample.items ?? { x: exact, y: exact, z: exact }, family };
}

/**
 * The surface over the abilities behind the scores, from draws of its posterior: mean, band and answers to any
 * question put to it know the scores' errors on all three axes, the smoothness, and what families share.
 *
 * @param draws From `sampleSurface` with these counts.
 */
export function abilitySurface(sample: Sample, counts: Counts, draws: Draws): SurfaceFacts {
  const population = meanPopulation(draws);
  const domain = boxOf(counts, population);
  const z = counts.z;
  const { looRmse, rss, sigma2, influence } = errorsOf(counts, draws);
  const mean = z.reduce((sum, value) => sum + value / z.length, 0);
  const tss = z.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const isAbility = sample.items !== null;
  const rhat = worstRhat(draws, domain);
  return {
    ...NO_FIT,
    method: "posterior",
    scale: isAbility ? "ability" : "score",
    note: noteOf(sample, counts, rhat),
    domain,
    sigma2,
    r2: tss > 0 ? 1 - rss / tss : null,
    looRmse,
    basisSize: [draws.size, draws.size],
    scatter: Math.sqrt(sigma2),
    influence,
    evaluate: (places) => estimatesAt(draws, places),
    sum: (places, weights) => estimateOf(contrastDraws(draws, places, weights)),
    interaction: () => abilityInteraction(sample, counts, draws, population, domain),
  };
}

/** The range of the scores on each axis, without what hardly any ability reaches: 98 % of the population. */
function boxOf({ x, y, items }: Counts, { mu, sigma }: Population): Domain {
  const along = (scores: Float64Array, known: Float64Array, at: 0 | 1): Range => {
    const [lo, hi] = [Math.min(...scores), Math.max(...scores)];
    if (!known.some(Number.isFinite)) return [lo, hi];
    const reach = 2.33 * Math.sqrt(sigma[at === 0 ? 0 : 2]);
    const box = [Math.max(lo, logistic(mu[at] - reach)), Math.min(hi, logistic(mu[at] + reach))] as const;
    return box[0] < box[1] ? box : [lo, hi];
  };
  return { x: along(x, items.x, 0), y: along(y, items.y, 1) };
}

/** Points at which it is seen how far one left out moves the surface. */
const WATCHED = 40;

/**
 * Errors of the posterior mean at the points: residual sum of squares, variance of one score about the surface, left out;
 * and the point that moves it most when left out, in units of its posterior variance.
 */
function errorsOf(
  { z, items }: Counts,
  { fitted, logLikelihood, scatter, familyScatter, count }: Draws,
): { looRmse: number; rss: number; sigma2: number; influence: Influence } {
  const n = z.length;
  const [relative, shared] = [meanSquare(scatter), meanSquare(familyScatter)];
  const mean = new Float64Array(n);
  const square = new Float64Array(n);
  for (let draw = 0; draw < count; draw++)
    for (let j = 0; j < n; j++) {
      mean[j]! += fitted[draw * n + j]! / count;
      square[j]! += fitted[draw * n + j]! ** 2 / count;
    }
  const step = Math.ceil(n / WATCHED);
  let variance = 0;
  for (let j = 0; j < n; j += step) variance += square[j]! - mean[j]! ** 2;
  let [left, rss, sigma2] = [0, 0, 0];
  let [mover, most, all] = [0, 0, 0];
  const ratios = new Float64Array(count);
  for (let i = 0; i < n; i++) {
    let lowest = Infinity;
    for (let draw = 0; draw < count; draw++) lowest = Math.min(lowest, logLikelihood[draw * n + i]!);
    // Importance weights 1 / likelihood give the posterior without point i; truncated (Ionides 2008).
    for (let draw = 0; draw < count; draw++) ratios[draw] = exp(lowest - logLikelihood[draw * n + i]!);
    const cap = (ratios.reduce((sum, ratio) => sum + ratio, 0) / count) * Math.sqrt(count);
    const weight = ratios.reduce((sum, ratio) => sum + Math.min(ratio, cap), 0);
    const without = (j: number): number => {
      let sum = 0;
      for (let draw = 0; draw < count; draw++) sum += Math.min(ratios[draw]!, cap) * fitted[draw * n + j]!;
      return sum / weight;
    };
    let moved = 0;
    for (let j = 0; j < n; j += step) moved += (without(j) - mean[j]!) ** 2;
    all += moved;
    if (moved > most) [mover, most] = [i, moved];
    left += (z[i]! - without(i)) ** 2;
    rss += (z[i]! - mean[i]!) ** 2;
    sigma2 += (mean[i]! * (1 - mean[i]!) * (1 / items.z[i]! + relative) + shared) / n;
  }
  const influence = { point: mover, distance: most / variance, share: most / all };
  return { looRmse: Math.sqrt(left / n), rss, sigma2, influence };
}

const within = ([lo, hi]: Range, share: number): number => lo + share * (hi - lo);

/** The largest R-hat of the level at the box's middle and of the rise across it. */
function worstRhat(draws: Draws, { x, y }: Domain): number {
  const room = (share: number): Float64Array =>
    drawsAt(draws, within(x, share), within(y, share), new Float64Array(draws.count));
  const [low, high] = [room(0.25), room(0.75)];
  const rise = high.map((value, i) => value - low[i]!);
  return Math.max(...[low, high, rise].map((values) => splitRhat(values, draws.chains)));
}

/** What was done, in the reader's words: which scores are counts of what, how sure the chains are. */
function noteOf(sample: Sample, { items }: Counts, rhat: number): string {
  const axes = (["x", "y", "z"] as const).filter((axis) => items[axis].some(Number.isFinite));
  const exact = (["x", "y", "z"] as const).filter((axis) => items[axis].some((count) => count === Infinity));
  const counted = rangeText(Float64Array.from(axes.flatMap((axis) => [...items[axis]])));
  const parts: string[] = [];
  if (axes.length > 0)
    parts.push(
      `A spline over the abilities behind the scores: each score counts as ${counted} items, and the 95 % band ` +
        "holds the error of all axes.",
    );
  else parts.push("A spline whose 95 % band knows that models of a family are not independent.");
  if (sample.family !== null)
    parts.push(`${sample.n} models of ${new Set(sample.family).size} families; a family shares its luck.`);
  if (axes.length > 0 && exact.length > 0)
    parts.push(`Scores of ${exact.join(", ")} that tell no number of items are taken as exact.`);
  if (rhat > RHAT_LIMIT)
    parts.push(`The sampler's chains do not quite agree (R-hat ${rhat.toFixed(2)}): take the band as rough.`);
  return parts.join(" ");
}

/** "3", or "3 to 12": the numbers of items that are known. */
function rangeText(items: Float64Array): string {
  const known = items.filter(Number.isFinite);
  const [least, most] = [Math.min(...known), Math.max(...known)].map((count) => Math.round(count * 10) / 10);
  return least === most ? `${least}` : `${least} to ${most}`;
}
