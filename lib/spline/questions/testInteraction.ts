import { EigenvalueDecomposition, inverse, Matrix } from "ml-matrix";
import { linspace, makeAxes } from "../basis/axis.js";
import { formatP } from "../../shared/text.js";
import { positiveQuadraticForm } from "../linear/distributions.js";
import { checkOptions, type FitOptions } from "../methods/options.js";
import { crossings } from "../methods/surface.js";
import { minimise, SMOOTHEST } from "../smoothing/minimise.js";
import { penalties } from "../smoothing/penalised.js";
import type { TensorBasis } from "../smoothing/reduceSystem.js";
import { cleanSample, describeSample, type Sample, type Shape } from "../smoothing/sample.js";
import { solveTensor } from "../smoothing/tensorFit.js";
import { columnsOfModel, reduceSystem, tensorBasis, tensorSystem } from "../smoothing/tensorSystem.js";
import type { InteractionTest, Points } from "../types.js";

/** Points along each axis of the grid on which the surface is split into effects. */
const SHARE_GRID = 15;
/** The level at which the finding is worded. */
export const LEVEL = 0.05;

type Shares = NonNullable<InteractionTest["shares"]>;

/**
 * Do the effects of x and y on z interact, or do they just add up?
 *
 * The p-value is of a score test whose null hypothesis is z = f(x) + g(y), both smooth. The shares split the
 * P-spline surface at its REML smoothness, over the whole box, into what x alone, y alone and only both
 * together explain. They sum to 1.
 *
 * Not testable with fewer than 8 points or 6 distinct places, with points on one line, or with nothing left to
 * explain; `note` then says why.
 *
 * @throws RangeError as `fitSurface` does.
 */
export function testInteraction(
  points: Points,
  options: Pick<FitOptions, "basisSize" | "domain"> = {},
): InteractionTest {
  return scoreTest(points, options, 0);
}

/**
 * The test with a least variance of a point of weight 1: 0 where the residuals alone tell it, 1 where the weights are
 * inverse variances that are known.
 */
export function scoreTest(
  points: Points,
  options: Pick<FitOptions, "basisSize" | "domain">,
  leastVariance: number,
): InteractionTest {
  const { basisSize, domain: box } = checkOptions(options);
  const sample = cleanSample(points);
  const shape = describeSample(sample);
  const obstacle = obstacleTo(sample, shape);
  if (obstacle !== null) return notTestable(obstacle);
  const domain = box ?? shape.domain;
  const basis = tensorBasis(sample, shape.mean, makeAxes(domain, ...basisSize));
  const p = testAdditive(basis, shape.exactLimit, leastVariance / sample.weightScale);
  if (p === null) {
    return notTestable(
      "the points lie exactly on a sum of two effects, and nothing is left over to test with",
    );
  }
  const system = tensorSystem(basis);
  // An exactly bilinear surface leaves nothing to choose the smoothness from: it is as smooth as can be.
  const isExact = system.problem.y2 <= shape.exactLimit;
  const rho = isExact ? SMOOTHEST : minimise(system.problem).rho;
  const nodes = crossings(linspace(domain.x, SHARE_GRID), linspace(domain.y, SHARE_GRID));
  const shares = splitShares(solveTensor(system, rho).evaluate(nodes).z, SHARE_GRID);
  return { testable: true, p, shares, note: sentence(p, shares, sample.n) };
}

function obstacleTo(sample: Sample, shape: Shape): string | null {
  if (sample.n < 8)
    return `at least 8 points are needed, and there ${sample.n === 1 ? "is 1" : `are ${sample.n}`}`;
  if (shape.rankPlane < 3) return "all points lie on one line";
  if (shape.distinctPoints < 6) {
    return `the points lie at only ${shape.distinctPoints} distinct places: at least 6 are needed`;
  }
  if (shape.rankBilinear < 4)
    return "at these places an interaction cannot be told from the effects of x and y";
  if (shape.isConstant) return "all points have the same value";
  return null;
}

function notTestable(why: string): InteractionTest {
  return { testable: false, p: null, shares: null, note: `Interaction not testable: ${why}.` };
}

/**
 * Splits a square grid of values into row effects, column effects and the rest, by double centring.
 *
 * @param f Values, shape (m, m), index ix * m + iy.
 * @returns Their shares of the variation about the mean; null when there is none.
 * @see Lee, Durban & Eilers 2013, doi:10.1016/j.csda.2012.11.013 (PS-ANOVA).
 */
export function splitShares(f: Float64Array, m: number): Shares | null {
  const mean = f.reduce((sum, value) => sum + value, 0) / f.length;
  const row = new Float64Array(m);
  const column = new Float64Array(m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) {
      row[i]! += (f[i * m + j]! - mean) / m;
      column[j]! += (f[i * m + j]! - mean) / m;
    }
  let [x, y, xy] = [0, 0, 0];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) {
      x += row[i]! ** 2;
      y += column[j]! ** 2;
      xy += (f[i * m + j]! - mean - row[i]! - column[j]!) ** 2;
    }
  const total = x + y + xy;
  return total > 0 ? { x: x / total, y: y / total, xy: xy / total } : null;
}

function sentence(p: number, shares: Shares | null, n: number): string {
  const chance = formatP(p);
  const finding =
    p < LEVEL
      ? `The two facets interact (${chance}, ${n} points)`
      : `No interaction was found (${chance}, ${n} points): the two effects may just add up`;
  if (shares === null) return `${finding}.`;
  return (
    `${finding}. Of the surface's variation ${percent(shares.x)} goes with x alone, ${percent(shares.y)} with y ` +
    `alone and ${percent(shares.xy)} only with both together.`
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.0095 ? 1 : 0)} %`;
}

/**
 * Score test of the interaction: is the variance of the interaction's coefficients zero? The null model is the
 * additive P-spline at its own REML smoothing parameters; with A its columns and W the interaction's, the scores are
 * b_W - M_WA (M_AA + D)^-1 b_A, and their variance is M_WW less M_WA (M_AA + D)^-1 M_AW.
 *
 * @returns P(score at least as seen) where the effects add up; null when the additive fit leaves nothing over to
 *   test with, or the interaction has no column that the points can tell from the main effects.
 * @see Lin 1997, doi:10.1093/biomet/84.2.309; Zhang & Lin 2003, doi:10.1093/biostatistics/4.1.57.
 */
function testAdditive(basis: TensorBasis, exactLimit: number, leastVariance: number): number | null {
  const additive = tensorSystem(basis, "additive").problem;
  if (additive.y2 <= exactLimit) return null;
  const d = penalties(additive, minimise(additive).rho);
  const { unpenalised, penalised } = columnsOfModel(basis, "additive");
  const groups = interactionGroups(basis);
  const { problem } = reduceSystem(basis, unpenalised, [...penalised, ...groups.flat()]);
  const { q, sx, sy } = problem;
  const { m, b } = problem.normal();
  const a = d.length;
  const whole = Matrix.from1DArray(q, q, m);
  const main = inverse(whole.subMatrix(0, a - 1, 0, a - 1).add(Matrix.diag(Array.from(d))));
  const across = whole.subMatrix(a, q - 1, 0, a - 1);
  const lean = across.mmul(main);
  const forms = whole.subMatrix(a, q - 1, a, q - 1).sub(lean.mmul(across.transpose()));
  const [own, other] = [b.subarray(0, a), b.subarray(a)].map((part) => Matrix.columnVector(part)) as [
    Matrix,
    Matrix,
  ];
  const rss = problem.y2 - own.transpose().mmul(main).mmul(own).get(0, 0);
  if (rss <= exactLimit) return null;
  const scores = other.sub(lean.mmul(own)).to1DArray();
  // Columns by the inverse root of their penalty, then each group to a trace of 1; a group without trace to 0.
  const scale = scores.map((_, i) => 1 / Math.sqrt(sx[a + i]! + sy[a + i]! || 1));
  for (let g = 0, from = 0; g < groups.length; from += groups[g++]!.length) {
    const columns = groups[g]!.map((_, i) => from + i);
    const sum = (of: Matrix, at: number): number =>
      columns.reduce((total, i) => total + of.get(at + i, at + i) * scale[i]! ** 2, 0);
    const trace = sum(forms, 0);
    const factor = trace > 1e-10 * sum(whole, a) ? 1 / Math.sqrt(trace) : 0;
    for (const i of columns) scale[i]! *= factor;
  }
  const freedom = basis.sample.n - additive.f;
  const scatter = Math.max(rss, freedom * leastVariance);
  const score = scores.reduce((sum, value, i) => sum + (value * scale[i]!) ** 2, 0) / scatter;
  forms.mulColumnVector(scale).mulRowVector(scale);
  const { realEigenvalues } = new EigenvalueDecomposition(forms.add(forms.transpose()).mul(0.5), {
    assumeSymmetric: true,
  });
  const largest = realEigenvalues.map((value) => Math.max(0, value)).toSorted((one, two) => two - one);
  if (!(largest[0]! > 0)) return null;
  // As many as the points leave of freedom: padded with zeros, or without the smallest.
  return positiveQuadraticForm(Float64Array.from({ length: freedom }, (_, i) => (largest[i] ?? 0) - score));
}

/** The interaction's columns: xy; a line along one axis times a bend along the other; a bend times a bend. */
function interactionGroups({ axes }: TensorBasis): number[][] {
  const groups: number[][] = [[], [], []];
  for (let i = 1; i < axes.x.size; i++)
    for (let j = 1; j < axes.y.size; j++) groups[Number(i > 1) + Number(j > 1)]!.push(i * axes.y.size + j);
  return groups;
}
