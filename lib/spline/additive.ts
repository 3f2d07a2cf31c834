import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { minimise } from "./optimise.js";
import { edfOf, primalPart } from "./penalisedPart.js";
import { remlCriterion } from "./reml.js";
import { positiveQuadraticForm } from "./saddlepoint.js";
import { reduceSystem, type TensorBasis, type TensorSystem } from "./tensor.js";

/** The fit of effects that just add up, z = f(x) + g(y), and the score test against it. */
export interface AdditiveTest {
  /** The score: how much of what the additive fit leaves the interaction columns pick up. */
  readonly q: number;
  /** P(score at least q) where the effects add up. */
  readonly p: number;
  readonly edf: number;
  readonly lambda: readonly [number, number];
}

/**
 * Score test of the interaction: is the variance of the interaction's coefficients zero? The null model is the
 * additive P-spline at its own REML smoothing parameters. Everything comes from the K x K normal equations.
 *
 * @returns null when the additive fit leaves nothing over to test with, or the interaction has no column that
 *   the points can tell from the main effects.
 * @see Lin 1997, doi:10.1093/biomet/84.2.309; Zhang & Lin 2003, doi:10.1093/biostatistics/4.1.57.
 */
export function testAdditive(basis: TensorBasis, exactLimit: number): AdditiveTest | null {
  const main = mainEffectColumns(basis);
  const groups = interactionGroups(basis);
  // One reduction serves both: the main effects come first in it, the interaction's columns after.
  const system = reduceSystem(basis, [0, 1, basis.axisY.size], [...main, ...groups.flat()]);
  const additive = leading(system, main.length);
  if (additive.problem.y2 <= exactLimit) return null;
  const { rho } = minimise(remlCriterion(additive.problem));
  const { edf, penalised, scores, forms } = projectedForms(system, additive, rho);
  if (penalised <= exactLimit) return null;
  const scale = columnScales(system, groups, forms);
  let q = 0;
  scores.forEach((score, i) => (q += (score * scale[i]!) ** 2));
  q /= penalised;
  const mu = eigenvaluesOf(
    forms.mulColumnVector(scale).mulRowVector(scale),
    basis.sample.n - additive.problem.f,
  );
  if (!mu.some((value) => value > 0)) return null;
  const p = positiveQuadraticForm(mu.map((value) => value - q));
  return { q, p, edf, lambda: [Math.exp(rho[0]), Math.exp(rho[1])] };
}

/** Penalised columns of the main effects: bends along x alone, then along y alone. */
export function mainEffectColumns({ axisX, axisY }: TensorBasis): number[] {
  const out: number[] = [];
  for (let i = 2; i < axisX.size; i++) out.push(i * axisY.size);
  for (let j = 2; j < axisY.size; j++) out.push(j);
  return out;
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

/** The system of the first `count` penalised columns. */
function leading(system: TensorSystem, count: number): TensorSystem {
  const { fixed } = system;
  const { rows: _, ...problem } = system.problem;
  const { q } = problem;
  const { m: all, b } = problem.normal();
  const m = new Float64Array(count * count);
  for (let i = 0; i < count; i++) m.set(all.subarray(i * q, i * q + count), i * count);
  const normal = { m, b: b.slice(0, count) };
  return {
    ...system,
    penalised: system.penalised.slice(0, count),
    fixed: { ...fixed, z: fixed.z.slice(0, count * fixed.kept.length) },
    problem: {
      ...problem,
      q: count,
      normal: () => normal,
      sx: problem.sx.slice(0, count),
      sy: problem.sy.slice(0, count),
    },
  };
}

/** W'P0 z, W'P0 W and z'P0 z, where P0 takes out the additive smoother and W is the interaction's columns. */
function projectedForms(
  system: TensorSystem,
  additive: TensorSystem,
  rho: readonly [number, number],
): { edf: number; penalised: number; scores: number[]; forms: Matrix } {
  const { q } = system.problem;
  const { m, b } = system.problem.normal();
  const a = additive.problem.q;
  const part = primalPart(additive.problem, rho);
  const lower = part.inverse();
  const root = part.d.map((d) => 1 / Math.sqrt(d));
  const inverse = new Matrix(a, a);
  for (let i = 0; i < a; i++)
    for (let j = 0; j <= i; j++) {
      const value = lower[i * a + j]! * root[i]! * root[j]!;
      inverse.set(i, j, value);
      inverse.set(j, i, value);
    }
  const lean = new Matrix(q - a, a);
  const forms = new Matrix(q - a, q - a);
  const scores: number[] = [];
  for (let i = a; i < q; i++) {
    let score = b[i]!;
    for (let j = 0; j < a; j++) {
      lean.set(i - a, j, m[i * q + j]!);
      score -= m[i * q + j]! * part.theta[j]!;
    }
    scores.push(score);
    for (let j = a; j < q; j++) forms.set(i - a, j - a, m[i * q + j]!);
  }
  forms.sub(lean.mmul(inverse).mmul(lean.transpose()));
  return { edf: edfOf(additive.problem, part), penalised: part.penalised, scores, forms };
}

/** Columns by the inverse root of their penalty, then each group to tr(W'P0W) = 1; a group without trace to 0. */
function columnScales(system: TensorSystem, groups: readonly number[][], forms: Matrix): number[] {
  const { sx, sy, q } = system.problem;
  const { m } = system.problem.normal();
  const first = q - forms.rows;
  const scale: number[] = [];
  for (const group of groups) {
    const from = scale.length;
    let trace = 0;
    let size = 0;
    group.forEach((_, i) => {
      const penalty = sx[first + from + i]! + sy[first + from + i]!;
      const column = penalty > 0 ? 1 / Math.sqrt(penalty) : 1;
      scale.push(column);
      trace += forms.get(from + i, from + i) * column * column;
      size += m[(first + from + i) * (q + 1)]! * column * column;
    });
    const factor = trace > 1e-10 * size ? 1 / Math.sqrt(trace) : 0;
    for (let i = from; i < scale.length; i++) scale[i]! *= factor;
  }
  return scale;
}

/** Eigenvalues, largest first, padded with zeros or cut to `count`. */
function eigenvaluesOf(forms: Matrix, count: number): Float64Array {
  const symmetric = Matrix.add(forms, forms.transpose()).mul(0.5);
  const { realEigenvalues } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const out = new Float64Array(count);
  out.set(
    realEigenvalues
      .map((value) => Math.max(0, value))
      .toSorted((left, right) => right - left)
      .slice(0, count),
  );
  return out;
}
