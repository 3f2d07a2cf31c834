import { inverse, Matrix } from "ml-matrix";
import {
  basisMatrix,
  DEFAULT_BASIS_SIZE,
  makeAxes,
  makeAxis,
  type Range,
  rangeOf,
  toUnit,
} from "../basis/axis.js";
import type { Places } from "../basis/cells.js";
import { differencePenalty } from "../basis/penalty.js";
import { fitCurve1d } from "../methods/curve.js";
import { leastSquares } from "../methods/simpleSurfaces.js";
import { SMOOTHEST } from "../smoothing/minimise.js";
import type { Sample, Shape } from "../smoothing/sample.js";
import { selectLambda } from "../smoothing/selectLambda.js";
import { solveTensor, type TensorFit } from "../smoothing/tensorFit.js";
import { tensorBasis, tensorSystem } from "../smoothing/tensorSystem.js";

/** The laws compared, from the simplest. */
export const LAWS = ["constant", "plane", "weakest-link", "one-ability", "additive", "interaction"] as const;
export type LawName = (typeof LAWS)[number];

/** A fit as the laws compare it. */
export interface LawFit {
  readonly edf: number;
  /** Leave-one-out residuals, times the root of the weights, shape (n,). */
  readonly left: Float64Array;
  /** Residual sum of squares, weighted. */
  readonly rss: number;
  /** The law's values at places inside the points' box. */
  readonly at: (places: Places) => Float64Array;
}

/** Every law that the points allow, each at the smoothness that REML chooses for it. */
export function fitLaws(sample: Sample, shape: Shape): (LawFit & { readonly name: LawName })[] {
  const basis = tensorBasis(sample, shape.mean, makeAxes(shape.domain));
  /** A model at REML; where nothing is left over, as smooth as can be. */
  const fitModel = (model: "additive" | "tensor"): LawFit => {
    const system = tensorSystem(basis, model);
    const isExact = system.problem.y2 <= shape.exactLimit;
    return lawOf(solveTensor(system, isExact ? SMOOTHEST : selectLambda(system.problem, "reml").rho));
  };
  const link = fitWeakestLink(sample, shape);
  return [
    { name: "constant", ...lawOf(leastSquares(sample, shape, "constant")) },
    { name: "plane", ...lawOf(leastSquares(sample, shape, "plane")) },
    ...(link === null ? [] : [{ name: "weakest-link" as const, ...link }]),
    { name: "one-ability", ...fitOneAbility(sample, shape) },
    { name: "additive", ...fitModel("additive") },
    { name: "interaction", ...fitModel("tensor") },
  ];
}

function lawOf({ edf, left, rss, evaluate }: TensorFit): LawFit {
  return { edf, left, rss, at: (places) => evaluate(places).z };
}

/** Shares of x in the one ability that are tried. */
const SHARES = Array.from({ length: 11 }, (_, i) => i / 10);

/**
 * One ability: z is a curve h(a u + (1 - a) v) of one mixture of x and y (u and v, each over its range). The share a
 * is the one with the least leave-one-out error.
 *
 * @see Haerdle, Hall & Ichimura 1993, doi:10.1214/aos/1176349020, single-index models.
 */
function fitOneAbility(sample: Sample, shape: Shape): LawFit {
  const { domain } = shape;
  const mix = ({ x, y }: Places, a: number): Float64Array =>
    x.map((value, i) => a * toUnit(domain.x, value) + (1 - a) * toUnit(domain.y, y[i]!));
  const tried = SHARES.map((a) => {
    const t = mix(sample, a);
    const range = rangeOf(t);
    const curve = fitCurve1d(
      t.map((value) => toUnit(range, value)),
      sample,
      shape,
    );
    return { a, range, curve, sum: curve.left.reduce((sum, value) => sum + value * value, 0) };
  });
  type Tried = (typeof tried)[number];
  /** The one with the least error, but for that at a point. */
  const best = (at?: number): Tried => {
    const loss = ({ curve, sum }: Tried): number => sum - (at === undefined ? 0 : curve.left[at]! ** 2);
    return tried.reduce((one, two) => (loss(two) < loss(one) ? two : one));
  };
  const { a, range, curve } = best();
  return {
    edf: curve.edf + 1,
    rss: curve.rss,
    // Each point is foretold with the share that the others choose.
    left: sample.z.map((_, i) => best(i).curve.left[i]!),
    at: (places) => curve.at(mix(places, a).map((value) => toUnit(range, value))).z,
  };
}

/** Weight of the penalty on falling coefficients, against data of weight 1: large enough to forbid them. */
const RISE = 1e8;

/**
 * The weakest-link law: z is a rising function of the lower of the two, min(x, y). A P-spline whose smoothness is
 * chosen by REML, with falling coefficients penalised until none is left.
 *
 * @returns null when min(x, y) does not vary.
 * @see "Law of the Weakest Link", arXiv:2409.19951; Eilers 2005, doi:10.1177/1471082X05049637 (the constraint).
 */
function fitWeakestLink(sample: Sample, shape: Shape): LawFit | null {
  const { n, weight } = sample;
  const lower = lowerOf(sample);
  const range = rangeOf(lower);
  if (!(range[1] > range[0])) return null;
  const axis = makeAxis([0, 1], DEFAULT_BASIS_SIZE);
  const basisOf = (values: Float64Array): Matrix =>
    Matrix.from1DArray(values.length, axis.size, basisMatrix(axis, unitOf(range, values)));
  const free = fitCurve1d(unitOf(range, lower), sample, shape);
  // A straight line is the limit of much smoothing.
  const lambda = free.lambda ?? 1e6;
  const design = basisOf(lower);
  const weights = Array.from({ length: n }, (_, i) => weight?.[i] ?? 1);
  const weighted = design.clone().mulColumnVector(weights);
  const target = Matrix.columnVector(Array.from(sample.z, (z) => z - shape.mean));
  const smooth = design.transpose().mmul(weighted).add(differencePenalty(axis.size).mul(lambda));
  const right = weighted.transpose().mmul(target);
  const falling = new Set<number>();
  for (;;) {
    const rises = Matrix.zeros(axis.size - 1, axis.size);
    for (const j of falling) rises.setSubMatrix([[-1, 1]], j, j);
    const solved = inverse(Matrix.add(smooth, rises.transpose().mmul(rises).mul(RISE)));
    const beta = solved.mmul(right);
    const known = falling.size;
    for (let j = 0; j + 1 < axis.size; j++) if (beta.get(j + 1, 0) < beta.get(j, 0)) falling.add(j);
    if (falling.size > known) continue;
    const leverages = design.mmul(solved).mul(weighted).sum("row");
    const residuals = target.sub(design.mmul(beta)).to1DArray();
    const left = residuals.map((r, i) => (Math.sqrt(weights[i]!) * r) / (1 - leverages[i]!));
    return {
      edf: leverages.reduce((sum, h) => sum + h, 0),
      rss: residuals.reduce((sum, r, i) => sum + weights[i]! * r * r, 0),
      left: Float64Array.from(left),
      at: (places) =>
        Float64Array.from(basisOf(lowerOf(places)).mmul(beta).to1DArray(), (z) => shape.mean + z),
    };
  }
}

const lowerOf = ({ x, y }: Places): Float64Array => x.map((value, i) => Math.min(value, y[i]!));

/** Places in the range, those beyond it at its ends. */
function unitOf(range: Range, values: Float64Array): Float64Array {
  return values.map((value) => Math.min(1, Math.max(0, toUnit(range, value))));
}
