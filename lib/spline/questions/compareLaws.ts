import { inverse, Matrix } from "ml-matrix";
import { basisMatrix, DEFAULT_BASIS_SIZE, makeAxes, makeAxis, rangeOf, toUnit } from "../basis/axis.js";
import { differencePenalty } from "../basis/penalty.js";
import { fitCurve1d } from "../methods/curve.js";
import { leastSquares } from "../methods/simpleSurfaces.js";
import { SMOOTHEST } from "../smoothing/minimise.js";
import { cleanSample, describeSample, type Sample, type Shape } from "../smoothing/sample.js";
import { selectLambda } from "../smoothing/selectLambda.js";
import { solveTensor, type TensorFit } from "../smoothing/tensorFit.js";
import { tensorBasis, tensorSystem } from "../smoothing/tensorSystem.js";
import type { Points } from "../types.js";

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
  /** The points are the simulated panel's: whatever shows the comparison says so. */
  readonly simulated: boolean;
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
  const { n, simulated } = sample;
  const few =
    n < MIN_POINTS || shape.distinctPoints < MIN_PLACES || shape.rankBilinear < 4 || shape.isConstant;
  if (few) return { n, laws: [], law: null, verdict: tooFew(sample, shape), simulated };
  const fits = fitLaws(sample, shape);
  const errors = fits.map(({ left }) => left.reduce((sum, value) => sum + value * value, 0) / n);
  const best = errors.indexOf(Math.min(...errors));
  const laws = fits.map(({ name, edf, left }, i): Law => {
    const gaps = left.map((value, at) => value * value - fits[best]!.left[at]! ** 2);
    const excess = errors[i]! - errors[best]!;
    const variance = gaps.reduce((sum, gap) => sum + (gap - excess) ** 2, 0) / (n - 1);
    return { name, edf, looRmse: Math.sqrt(errors[i]!), excess, excessStderr: Math.sqrt(variance / n) };
  });
  return { n, laws, ...verdictOf(laws, n), simulated };
}

function tooFew(sample: Sample, shape: Shape): string {
  if (sample.n >= MIN_POINTS && shape.isConstant) return "All points have the same value: any law fits.";
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
  const basis = tensorBasis(sample, shape.mean, makeAxes(shape.domain));
  /** A model at REML; where nothing is left over, as smooth as can be. */
  const fitModel = (model: "additive" | "tensor"): TensorFit => {
    const system = tensorSystem(basis, model);
    const isExact = system.problem.y2 <= shape.exactLimit;
    return solveTensor(system, isExact ? SMOOTHEST : selectLambda(system.problem, "reml").rho);
  };
  const link = fitWeakestLink(sample, shape);
  return [
    { name: "constant", ...leastSquares(sample, shape, "constant") },
    { name: "plane", ...leastSquares(sample, shape, "plane") },
    ...(link === null ? [] : [{ name: "weakest-link" as const, ...link }]),
    { name: "additive", ...fitModel("additive") },
    { name: "interaction", ...fitModel("tensor") },
  ];
}

/** What each law says of z, in words. */
const WORDS: Readonly<Record<LawName, string>> = {
  constant: "a constant (z does not depend on x and y)",
  plane: "a flat plane",
  "weakest-link": "the weakest link (z follows the lower of x and y)",
  additive: "two effects that add up",
  interaction: "a surface on which x and y interact",
};

/** Standard errors of a difference below which two laws are not told apart. */
const DOUBT = 2;

/** A law with a larger error than this times the best's is not called enough, however uncertain the difference. */
const ENOUGH = 1.15;

/** Which laws are special cases of which: a simpler one that is as good is the better answer. */
const WITHIN: Readonly<Record<LawName, readonly LawName[]>> = {
  constant: ["plane", "weakest-link", "additive", "interaction"],
  plane: ["additive", "interaction"],
  "weakest-link": ["interaction"],
  additive: ["interaction"],
  interaction: [],
};

/**
 * The law that the points single out: among those within two standard errors of the best, one that is a special
 * case of all the others. Where there is none, the rivals are named instead.
 */
function verdictOf(laws: readonly Law[], n: number): { law: LawName | null; verdict: string } {
  const good = laws
    .filter(({ excess, excessStderr }) => excess <= DOUBT * excessStderr)
    .map(({ name }) => name);
  const simplest = good.filter((name) => !good.some((other) => WITHIN[other].includes(name)));
  const best = laws.find(({ excess }) => excess === 0)!;
  const rmse = (name: LawName): number => laws.find((law) => law.name === name)!.looRmse;
  const error = (name: LawName): string => rmse(name).toPrecision(2);
  const [first] = simplest as [LawName];
  if (simplest.length === 1 && rmse(first) <= ENOUGH * best.looRmse) {
    const law = first;
    const verdict =
      law === best.name
        ? `The ${n} points follow ${WORDS[law]}: its leave-one-out error, ${error(law)}, is the lowest.`
        : `${capital(WORDS[law])} is enough for the ${n} points: leave-one-out error ${error(law)}, and nothing ` +
          "richer does clearly better.";
    return { law, verdict };
  }
  const named = simplest.length > 1 ? simplest : [first, best.name];
  const rivals = named.map((name) => `${WORDS[name]} (${error(name)})`).join(" and ");
  return {
    law: null,
    verdict: `Too few models to tell: among ${n} points, ${rivals} are not told apart by their error on left-out points.`,
  };
}

function capital(text: string): string {
  return text[0]!.toUpperCase() + text.slice(1);
}

/** A fit as the laws compare it. */
interface LawFit {
  readonly edf: number;
  /** Leave-one-out residuals, times the root of the weights, shape (n,). */
  readonly left: Float64Array;
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
  const lower = sample.x.map((x, i) => Math.min(x, sample.y[i]!));
  const range = rangeOf(lower);
  if (!(range[1] > range[0])) return null;
  const t = lower.map((value) => toUnit(range, value));
  const free = fitCurve1d(t, sample, shape);
  // A straight line is the limit of much smoothing.
  const lambda = free.lambda ?? 1e6;
  const axis = makeAxis([0, 1], DEFAULT_BASIS_SIZE);
  const design = Matrix.from1DArray(n, axis.size, basisMatrix(axis, t));
  const weighted = design.clone().mulColumnVector(Array.from(t, (_, i) => weight?.[i] ?? 1));
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
    const left = residuals.map((r, i) => (Math.sqrt(weight?.[i] ?? 1) * r) / (1 - leverages[i]!));
    return { edf: leverages.reduce((sum, h) => sum + h, 0), left: Float64Array.from(left) };
  }
}
