import type { Points } from "./types.js";
import { mainEffectColumns } from "./additive.js";
import { makeAxis } from "./basis.js";
import { RHO_BOUND } from "./newton.js";
import { DEFAULT_BASIS_SIZE } from "./options.js";
import { leastSquares } from "./plane.js";
import { cleanSample, type Sample } from "./sample.js";
import { selectLambda } from "./select.js";
import { describeSample, exactLimit, type Shape } from "./shape.js";
import { solveTensor } from "./solution.js";
import { buildTensorBasis, reduceSystem, type TensorSystem, tensorSystem } from "./tensor.js";
import { verdictOf } from "./verdict.js";
import { fitWeakestLink, type LawFit } from "./weakestLink.js";

/** The laws compared, from the simplest. */
export const LAWS = ["constant", "plane", "weakest-link", "additive", "interaction"] as const;
export type LawName = (typeof LAWS)[number];

/** One law's fit. */
export interface Law {
  readonly name: LawName;
  /** Leave-one-out root mean squared error, in z's units. */
  readonly looRmse: number;
  /** Effective degrees of freedom. */
  readonly edf: number;
  /**
   * Mean squared leave-one-out error above the best law's, and the standard error of that difference over the
   * points: within two standard errors the two are not told apart.
   */
  readonly excess: number;
  readonly excessStderr: number;
}

/** Which law the points follow, as far as they tell. */
export interface LawComparison {
  readonly n: number;
  /** Empty when there are too few points to compare. */
  readonly laws: readonly Law[];
  /** The one law that the points single out; null when they do not. */
  readonly law: LawName | null;
  /** The finding in words. */
  readonly verdict: string;
}

/** Fewer points, or distinct places, than this cannot tell a law. */
const MIN_POINTS = 12;
const MIN_PLACES = 8;

/**
 * Which law do the data follow: a constant; a plane; the weakest link, a rising function of min(x, y); effects
 * that add up, f(x) + g(y); or a surface with interaction? Judged by the error on points left out, one at a
 * time, at each law's own smoothness. Among laws within two standard errors of the best the simplest is named,
 * and none when a law of another kind is as good.
 *
 * x and y must be on one scale, as scores are: the weakest link compares them.
 *
 * @throws RangeError for arrays of different lengths or weights that are not positive.
 */
export function compareLaws(points: Points): LawComparison {
  const sample = cleanSample(points);
  const shape = describeSample(sample);
  const { n } = sample;
  const few =
    n < MIN_POINTS ||
    shape.distinctPoints < MIN_PLACES ||
    shape.rankBilinear < 4 ||
    shape.tss <= 1e-20 * shape.zz;
  if (few) return { n, laws: [], law: null, verdict: tooFew(sample, shape) };
  const fits = fitLaws(sample, shape);
  const errors = fits.map(({ left }) => left.reduce((sum, value) => sum + value * value, 0) / n);
  const best = errors.indexOf(Math.min(...errors));
  const laws = fits.map(({ name, edf, left }, i): Law => {
    const gaps = left.map((value, at) => value * value - fits[best]!.left[at]! ** 2);
    const excess = errors[i]! - errors[best]!;
    const variance = gaps.reduce((sum, gap) => sum + (gap - excess) ** 2, 0) / (n - 1);
    return { name, edf, looRmse: Math.sqrt(errors[i]!), excess, excessStderr: Math.sqrt(variance / n) };
  });
  return { n, laws, ...verdictOf(laws, n) };
}

function tooFew(sample: Sample, shape: Shape): string {
  if (sample.n >= MIN_POINTS && shape.tss <= 1e-20 * shape.zz)
    return "All points have the same value: any law fits.";
  if (sample.n >= MIN_POINTS && shape.rankBilinear < 4)
    return "The points lie on a line or a cross: no law can be told.";
  const places =
    shape.distinctPoints < Math.min(MIN_PLACES, sample.n) ? ` at ${shape.distinctPoints} places` : "";
  return (
    `Too few models to tell: ${sample.n}${places}; at least ${MIN_POINTS} at ${MIN_PLACES} different places ` +
    "are needed to compare laws."
  );
}

function fitLaws(sample: Sample, shape: Shape): (LawFit & { readonly name: LawName })[] {
  const axisX = makeAxis(shape.domain.x[0], shape.domain.x[1], DEFAULT_BASIS_SIZE);
  const axisY = makeAxis(shape.domain.y[0], shape.domain.y[1], DEFAULT_BASIS_SIZE);
  const basis = buildTensorBasis(sample, shape.mean, axisX, axisY);
  const unpenalised = [0, 1, axisY.size];
  const limit = exactLimit(sample, shape);
  const additive = reduceSystem(basis, unpenalised, mainEffectColumns(basis));
  const link = fitWeakestLink(sample, shape);
  return [
    { name: "constant", ...leastSquares(sample, shape, 1) },
    { name: "plane", ...leastSquares(sample, shape, 3) },
    ...(link === null ? [] : [{ name: "weakest-link" as const, ...link }]),
    { name: "additive", ...solveAtReml(additive, limit) },
    { name: "interaction", ...solveAtReml(tensorSystem(basis), limit) },
  ];
}

/** The system at REML; where nothing is left over, as smooth as can be. */
function solveAtReml(system: TensorSystem, limit: number): LawFit {
  const exact = system.problem.y2 <= limit;
  const rho = exact ? ([RHO_BOUND, RHO_BOUND] as const) : selectLambda(system.problem, "reml").rho;
  const { edf, left } = solveTensor(system, rho);
  return { edf, left: left() };
}
