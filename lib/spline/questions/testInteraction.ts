import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { linspace, makeAxes } from "../basis/axis.js";
import { choleskyInPlace, forwardSolve, mirrorLower, rowProducts, solveRows } from "../linear/cholesky.js";
import { positiveQuadraticForm } from "../linear/distributions.js";
import { checkOptions, type FitOptions } from "../methods/options.js";
import { crossings } from "../methods/surface.js";
import { remlCriterion } from "../smoothing/criterion.js";
import { minimise, SMOOTHEST } from "../smoothing/minimise.js";
import { penalties } from "../smoothing/penalised.js";
import type { TensorBasis } from "../smoothing/reduceSystem.js";
import { cleanSample, describeSample, type Sample, type Shape } from "../smoothing/sample.js";
import { solveTensor } from "../smoothing/tensorFit.js";
import {
  columnsOfModel,
  reduceSystem,
  tensorBasis,
  tensorSystem,
  type TensorSystem,
} from "../smoothing/tensorSystem.js";
import type { InteractionTest, Points } from "../types.js";

/** Points along each axis of the grid on which the surface is split into effects. */
const SHARE_GRID = 15;
/** The level at which the finding is worded. */
const LEVEL = 0.05;

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
  const { basisSize, domain: box } = checkOptions(options);
  const sample = cleanSample(points);
  const shape = describeSample(sample);
  const obstacle = obstacleTo(sample, shape);
  if (obstacle !== null) return notTestable(obstacle);
  const domain = box ?? shape.domain;
  const basis = tensorBasis(sample, shape.mean, makeAxes(domain, ...basisSize));
  const p = testAdditive(basis, shape.exactLimit);
  if (p === null) {
    return notTestable(
      "the points lie exactly on a sum of two effects, and nothing is left over to test with",
    );
  }
  const system = tensorSystem(basis);
  // An exactly bilinear surface leaves nothing to choose the smoothness from: it is as smooth as can be.
  const isExact = system.problem.y2 <= shape.exactLimit;
  const rho = isExact ? SMOOTHEST : minimise(remlCriterion(system.problem)).rho;
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
  const chance = p < 0.001 ? "p < 0.001" : `p = ${p.toFixed(p < 0.095 ? 3 : 2)}`;
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
 * additive P-spline at its own REML smoothing parameters.
 *
 * @returns P(score at least as seen) where the effects add up; null when the additive fit leaves nothing over to
 *   test with, or the interaction has no column that the points can tell from the main effects.
 * @see Lin 1997, doi:10.1093/biomet/84.2.309; Zhang & Lin 2003, doi:10.1093/biostatistics/4.1.57.
 */
function testAdditive(basis: TensorBasis, exactLimit: number): number | null {
  const additive = tensorSystem(basis, "additive");
  if (additive.problem.y2 <= exactLimit) return null;
  const { rho } = minimise(remlCriterion(additive.problem));
  const groups = interactionGroups(basis);
  // The main effects come first in it, the interaction's columns after.
  const { unpenalised, penalised } = columnsOfModel(basis, "additive");
  const system = reduceSystem(basis, unpenalised, [...penalised, ...groups.flat()]);
  const d = penalties(additive.problem, rho);
  const { rss, scores, forms } = projectedForms(system, d);
  if (rss <= exactLimit) return null;
  const scale = columnScales(system, groups, forms, d.length);
  const scaled = scores.map((score, i) => score * scale[i]!);
  const q = scaled.reduce((sum, score) => sum + score * score, 0) / rss;
  const { realEigenvalues } = new EigenvalueDecomposition(forms.mulColumnVector(scale).mulRowVector(scale), {
    assumeSymmetric: true,
  });
  // As many as the points leave of freedom: padded with zeros, or without the smallest.
  const count = basis.sample.n - additive.problem.f;
  const largest = realEigenvalues.map((value) => Math.max(0, value)).toSorted((a, b) => b - a);
  if (!(largest[0]! > 0)) return null;
  return positiveQuadraticForm(Float64Array.from({ length: count }, (_, i) => (largest[i] ?? 0) - q));
}

/** The interaction's columns: xy; a line along one axis times a bend along the other; a bend times a bend. */
function interactionGroups({ axes }: TensorBasis): [number[], number[], number[]] {
  const ky = axes.y.size;
  const mixed: number[] = [];
  const bends: number[] = [];
  for (let j = 2; j < ky; j++) mixed.push(ky + j);
  for (let i = 2; i < axes.x.size; i++) {
    mixed.push(i * ky + 1);
    for (let j = 2; j < ky; j++) bends.push(i * ky + j);
  }
  return [[ky + 1], mixed, bends];
}

/**
 * W'P0 z, W'P0 W and z'P0 z, where P0 takes out the additive smoother, whose columns A come first, and W is the
 * others: with M_AA + D = L L', they are b_W - M_WA (M_AA + D)^-1 b_A and so on.
 */
function projectedForms(
  { problem }: TensorSystem,
  d: Float64Array,
): { rss: number; scores: Float64Array; forms: Matrix } {
  const { q, y2 } = problem;
  const { m, b } = problem.normal();
  const a = d.length;
  const count = q - a;
  const factor = new Float64Array(a * a);
  for (let i = 0; i < a; i++) {
    for (let j = 0; j <= i; j++) factor[i * a + j] = m[i * q + j]!;
    factor[i * (a + 1)]! += d[i]!;
  }
  choleskyInPlace(factor, a);
  const fitted = b.slice(0, a);
  forwardSolve(factor, a, fitted);
  const lean = new Float64Array(count * a);
  for (let i = 0; i < count; i++) lean.set(m.subarray((a + i) * q, (a + i) * q + a), i * a);
  solveRows(factor, a, lean, count);
  const taken = mirrorLower(rowProducts(lean, lean, count, a), count);
  const forms = new Matrix(count, count);
  const scores = b.slice(a);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < a; j++) scores[i]! -= lean[i * a + j]! * fitted[j]!;
    for (let j = 0; j < count; j++) forms.set(i, j, m[(a + i) * q + a + j]! - taken[i * count + j]!);
  }
  return { rss: fitted.reduce((left, value) => left - value * value, y2), scores, forms };
}

/** Columns by the inverse root of their penalty, then each group to tr(W'P0W) = 1; a group without trace to 0. */
function columnScales(
  { problem: { sx, sy, q, normal } }: TensorSystem,
  groups: readonly number[][],
  forms: Matrix,
  first: number,
): number[] {
  const { m } = normal();
  return groups.flatMap((group, g) => {
    const from = groups.slice(0, g).flat().length;
    let [trace, size] = [0, 0];
    const scale = group.map((_, i) => {
      const at = first + from + i;
      const penalty = sx[at]! + sy[at]!;
      const column = penalty > 0 ? 1 / Math.sqrt(penalty) : 1;
      trace += forms.get(from + i, from + i) * column * column;
      size += m[at * (q + 1)]! * column * column;
      return column;
    });
    const factor = trace > 1e-10 * size ? 1 / Math.sqrt(trace) : 0;
    return scale.map((column) => column * factor);
  });
}
