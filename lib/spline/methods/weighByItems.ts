import { type Domain, makeAxes, rangeOf } from "../basis/axis.js";
import { type Sample, scaleWeights, type Shape, sumLogWeights } from "../smoothing/sample.js";
import type { Rho } from "../smoothing/penalised.js";
import { selectLambda } from "../smoothing/selectLambda.js";
import { solveTensor } from "../smoothing/tensorFit.js";
import { tensorBasis, tensorSystem, type TensorSystem } from "../smoothing/tensorSystem.js";

/** Shares of the variance that are tried: a few dozen points tell them no closer. */
const SHARES = Array.from({ length: 6 }, (_, i) => i / 5);

/** B-splines along each axis: how much of the scatter is the items' is seen on few as well as on many. */
const COARSE = 7;

/**
 * Weights for means of binomial scores. The variance of point i is taken as
 *
 *     phi ((1 - t) v_i / mean(v) + t),   v_i = p_i (1 - p_i) / items_i:
 *
 * the known error of its items, and scatter of the models themselves, the same for all. p comes from a first fit
 * (not from the point's own z, which would give a lucky point more weight), drawn a little towards 1/2 so that no
 * variance is 0. The share t is chosen by REML together with the smoothness.
 *
 * @see Harville 1977, doi:10.1080/01621459.1977.10480998, REML for variance components.
 */
export function weighByItems(
  sample: Sample,
  shape: Shape,
  domain: Domain,
): { readonly sample: Sample; readonly remark: string } {
  const systemOf = (weighted: Sample): TensorSystem =>
    tensorSystem(tensorBasis(weighted, shape.mean, makeAxes(domain, COARSE, COARSE)));
  const first = systemOf(sample);
  if (first.problem.y2 <= shape.exactLimit) return { sample, remark: "" };
  const variance = binomialVariance(first, sample.items!.z);
  const weightedBy = (share: number): Sample => {
    const { weight } = scaleWeights(variance.map((v) => 1 / ((1 - share) * v + share)));
    return { ...sample, weight };
  };
  let best = { value: Infinity, share: 1 };
  let near: Rho | undefined;
  for (const share of SHARES) {
    const weighted = weightedBy(share);
    // From one share to the next the smoothness changes little.
    const { reml, rho } = selectLambda(systemOf(weighted).problem, "reml", 2, near);
    near = rho;
    const value = reml - sumLogWeights(weighted) / 2;
    if (value < best.value) best = { value, share };
  }
  const { share } = best;
  const percent = Math.round(100 * (1 - share));
  const range = [...new Set(rangeOf(sample.items!.z.filter(Number.isFinite)))].join(" to ");
  return {
    sample: weightedBy(share),
    remark: ` Points are weighted by the binomial error of their ${range} items, to which REML gives ${percent} % of the scatter.`,
  };
}

/** Binomial variances at fitted values, with mean 1, which stands also where the number of items is unknown. */
function binomialVariance(system: TensorSystem, items: Float64Array): Float64Array {
  const fitted = solveTensor(system, selectLambda(system.problem, "reml").rho).evaluate(system.sample).z;
  const variance = items.map((count, i) => {
    const p = (count * Math.min(1, Math.max(0, fitted[i]!)) + 1) / (count + 2);
    return (p * (1 - p)) / count;
  });
  const known = variance.filter((_, i) => items[i]! < Infinity);
  const mean = known.reduce((sum, v) => sum + v, 0) / known.length;
  return variance.map((v, i) => (items[i]! < Infinity ? v / mean : 1));
}
