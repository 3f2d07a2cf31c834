import { makeAxis } from "./basis.js";
import { evaluateTensor } from "./evaluate.js";
import { DEFAULT_BASIS_SIZE } from "./options.js";
import { type Domain, rangeOf } from "./range.js";
import { type Sample, scaleWeights } from "./sample.js";
import { selectLambda, type Selection } from "./select.js";
import { exactLimit, type Shape } from "./shape.js";
import { solveTensor } from "./solution.js";
import { buildTensorSystem, type TensorSystem } from "./tensor.js";

/** Shares of the variance tried before the best is refined. */
const SHARES = [0, 0.25, 0.5, 0.75, 1];
const REFINEMENTS = 8;

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
    buildTensorSystem(
      weighted,
      shape.mean,
      makeAxis(domain.x[0], domain.x[1], DEFAULT_BASIS_SIZE),
      makeAxis(domain.y[0], domain.y[1], DEFAULT_BASIS_SIZE),
    );
  const first = systemOf(sample);
  if (first.problem.y2 <= exactLimit(sample, shape)) return { sample, remark: "" };
  const variance = binomialVariance(sample, first, selectLambda(first.problem, "reml"));
  const weightedBy = (share: number): Sample => {
    const { weight } = scaleWeights(variance.map((v) => 1 / ((1 - share) * v + share)));
    return { ...sample, weight };
  };
  const criterion = (share: number): number => {
    const weighted = weightedBy(share);
    const logWeights = weighted.weight?.reduce((sum, w) => sum + Math.log(w), 0) ?? 0;
    return selectLambda(systemOf(weighted).problem, "reml").reml - logWeights / 2;
  };
  const share = smallest(criterion);
  const percent = Math.round(100 * (1 - share));
  const range = itemRange(sample.items!);
  return {
    sample: weightedBy(share),
    remark: ` Points are weighted by the binomial error of their ${range} items, to which REML gives ${percent} % of the scatter.`,
  };
}

/** Binomial variances at fitted values, with mean 1. */
function binomialVariance(sample: Sample, system: TensorSystem, { rho }: Selection): Float64Array {
  const fit = solveTensor(system, rho);
  const variance = sample.items!.map((items, i) => {
    const fitted = evaluateTensor(fit, [sample.x[i]!], [sample.y[i]!]).z[0]!;
    const p = (items * Math.min(1, Math.max(0, fitted)) + 1) / (items + 2);
    return (p * (1 - p)) / items;
  });
  const mean = variance.reduce((sum, v) => sum + v, 0) / variance.length;
  return variance.map((v) => v / mean);
}

/** Minimum over [0, 1]: the best of a few shares, then golden sections of its surroundings. */
function smallest(criterion: (share: number) => number): number {
  const values = SHARES.map(criterion);
  const best = values.indexOf(Math.min(...values));
  let [lo, hi] = [SHARES[Math.max(0, best - 1)]!, SHARES[Math.min(SHARES.length - 1, best + 1)]!];
  const golden = (Math.sqrt(5) - 1) / 2;
  let [a, b] = [hi - golden * (hi - lo), lo + golden * (hi - lo)];
  let [atA, atB] = [criterion(a), criterion(b)];
  for (let i = 0; i < REFINEMENTS; i++) {
    if (atA < atB) {
      [hi, b, atB] = [b, a, atA];
      a = hi - golden * (hi - lo);
      atA = criterion(a);
    } else {
      [lo, a, atA] = [a, b, atB];
      b = lo + golden * (hi - lo);
      atB = criterion(b);
    }
  }
  const inner = atA < atB ? { share: a, value: atA } : { share: b, value: atB };
  return values[best]! <= inner.value ? SHARES[best]! : inner.share;
}

function itemRange(items: Float64Array): string {
  const [lo, hi] = rangeOf(items);
  return lo === hi ? `${lo}` : `${lo} to ${hi}`;
}
