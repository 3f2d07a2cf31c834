import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { choleskyInPlace, forwardSolve, mirrorLower, rowProducts, solveRows } from "../linear/cholesky.js";
import { positiveQuadraticForm } from "../linear/distributions.js";
import { minimise } from "../smoothing/minimise.js";
import { remlCriterion } from "../smoothing/criterion.js";
import { penalties } from "../smoothing/penalised.js";
import type { TensorBasis } from "../smoothing/problem.js";
import { columnsOfModel, reduceSystem, tensorSystem, type TensorSystem } from "../smoothing/tensorSystem.js";

/**
 * Score test of the interaction: is the variance of the interaction's coefficients zero? The null model is the
 * additive P-spline at its own REML smoothing parameters.
 *
 * @returns P(score at least as seen) where the effects add up; null when the additive fit leaves nothing over to
 *   test with, or the interaction has no column that the points can tell from the main effects.
 * @see Lin 1997, doi:10.1093/biomet/84.2.309; Zhang & Lin 2003, doi:10.1093/biostatistics/4.1.57.
 */
export function testAdditive(basis: TensorBasis, exactLimit: number): number | null {
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
function interactionGroups({ axisX, axisY }: TensorBasis): [number[], number[], number[]] {
  const ky = axisY.size;
  const mixed: number[] = [];
  const bends: number[] = [];
  for (let j = 2; j < ky; j++) mixed.push(ky + j);
  for (let i = 2; i < axisX.size; i++) {
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
