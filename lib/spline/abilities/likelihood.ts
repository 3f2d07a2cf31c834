import { logGamma } from "../linear/distributions.js";
import * as elementary from "../linear/elementary.js";

// Taken out of its module once: an imported name in an inner loop is looked up each time.
const { log, logistic, softplus } = elementary;

/** What was counted: shape (n,) each. A score without a known number of items is exact: `items` is Infinity there. */
export interface Counts {
  /** Scores in [0, 1]. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  readonly items: { readonly x: Float64Array; readonly y: Float64Array; readonly z: Float64Array };
  /** Family of each point, 0 .. families - 1; null where every point stands for itself. */
  readonly family: Int32Array | null;
}

/** How sharply the surface is bent back at 0 and 1. */
const SHARPNESS = 30;
const EDGE = 1e-6;

/** Items that an exact score counts as where it must be a count: its error is then far below any scatter. */
const EXACT_ITEMS = 10_000;
export const itemsOf = (items: number): number => Math.min(items, EXACT_ITEMS);

/** An exact score of 0 or 1 has no finite logit: this is the farthest used. */
const FARTHEST = 4;

/** Logit of a score that is exact. */
export function exactLogit(score: number): number {
  return Math.min(FARTHEST, Math.max(-FARTHEST, log(score / (1 - score))));
}

/** A share in (0, 1): the identity well inside, bent softly at the ends, so that no prediction leaves [0, 1]. */
export function share(f: number): number {
  if (f > 0.3 && f < 0.7) return f;
  const p = f < 0.5 ? softplus(SHARPNESS * f) / SHARPNESS : 1 - softplus(SHARPNESS * (1 - f)) / SHARPNESS;
  return p < EDGE ? EDGE : p > 1 - EDGE ? 1 - EDGE : p;
}

/** Derivative of `share`. */
export function slopeOfShare(f: number): number {
  return f > 0.3 && f < 0.7 ? 1 : logistic(SHARPNESS * (f < 0.5 ? f : 1 - f));
}

/** log Gamma(x + count) - log Gamma(x) for x > 0 and count >= 0. */
export function logRising(x: number, count: number): number {
  if (count > 60 || count !== Math.floor(count)) return logGamma(x + count) - logGamma(x);
  let sum = 0;
  let product = 1;
  for (let j = 0; j < count; j++) {
    product *= x + j;
    if (product > 1e200 || product < 1e-200) {
      sum += log(product);
      product = 1;
    }
  }
  return sum + log(product);
}

/**
 * Log-likelihood of `right` of `items` answers that are beta-binomial with mean `share(f)` and precision phi: the true
 * share scatters about the surface with variance p (1 - p) / (phi + 1). Without the part that depends on phi alone.
 */
export function logLikelihood(f: number, right: number, items: number, phi: number): number {
  const p = share(f);
  return logRising(p * phi, right) + logRising((1 - p) * phi, items - right);
}
