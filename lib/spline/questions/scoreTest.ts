import { EigenvalueDecomposition, inverse, Matrix } from "ml-matrix";
import { randomOf } from "../abilities/random.js";
import { positiveQuadraticForm } from "../linear/distributions.js";
import { minimise, partOf } from "../smoothing/minimise.js";
import { penalties } from "../smoothing/penalised.js";
import type { Problem, TensorBasis } from "../smoothing/reduceSystem.js";
import { columnsOfModel, reduceSystem } from "../smoothing/tensorSystem.js";

/** The penalised columns of the additive surface and, after them, the interaction's in three groups. */
interface ScoreSystem {
  readonly problem: Problem;
  /** The same on the additive columns alone. */
  readonly additive: Problem;
  readonly groups: readonly (readonly number[])[];
  readonly whole: Matrix;
}

/** The test's finding. */
interface AdditiveTest {
  /** P(score at least as seen) where the effects add up. */
  readonly p: number;
  readonly isBootstrap: boolean;
}

/** The scores of the interaction about the additive surface at its own REML smoothness. */
interface Score {
  /** Squared scores, each group to a trace of 1, over the residual sum of squares. */
  readonly score: number;
  readonly rss: number;
  /** Coefficients of the additive columns. */
  readonly theta: Matrix;
  /** P(score at least as seen), by the formula. */
  p(): number | null;
}

/**
 * Score test of the interaction: is the variance of the interaction's coefficients zero? The null model is the
 * additive P-spline at its own REML smoothing parameters; with A its columns and W the interaction's, the scores are
 * b_W - M_WA (M_AA + D)^-1 b_A, and their variance is M_WW less M_WA (M_AA + D)^-1 M_AW.
 *
 * @param leastVariance Of a point of weight 1: 0 where the residuals alone tell it.
 * @param isTimid The formula takes the smoothness as known, and so rejects too seldom where x and y go together: its
 *   p is then replaced by a parametric bootstrap's, where it is not far below any level.
 * @returns null when the additive fit leaves nothing over to
 *   test with, or the interaction has no column that the points can tell from the main effects.
 * @see Lin 1997, doi:10.1093/biomet/84.2.309; Zhang & Lin 2003, doi:10.1093/biostatistics/4.1.57.
 */
export function testAdditive(
  basis: TensorBasis,
  exactLimit: number,
  leastVariance: number,
  isTimid: boolean,
): AdditiveTest | null {
  const { unpenalised, penalised } = columnsOfModel(basis, "additive");
  const groups = interactionGroups(basis);
  const { problem } = reduceSystem(basis, unpenalised, [...penalised, ...groups.flat()]);
  if (problem.y2 <= exactLimit) return null;
  const { q } = problem;
  const additive = partOf(problem, [...penalised.keys()]);
  const whole = Matrix.from1DArray(q, q, problem.normal().m);
  const system: ScoreSystem = { problem, additive, groups, whole };
  const least = Math.max(exactLimit, leastVariance * (problem.n - problem.f));
  const seen = scoreOf(system, problem.normal().b, problem.y2, least);
  const p = seen.rss <= exactLimit ? null : seen.p();
  if (p === null) return null;
  return isTimid && p >= SURE ? { p: bootstrap(system, seen), isBootstrap: true } : { p, isBootstrap: false };
}

/** Below this the formula's p needs no bootstrap: a timid test that rejects so clearly is believed. */
const SURE = 0.005;
/** Simulations at most, and scores as high as the one seen after which they end. */
const SIMULATIONS = 399;
const ENOUGH = 20;
const SEED = 1;

function scoreOf(
  { problem, additive, groups, whole }: ScoreSystem,
  b: Float64Array,
  y2: number,
  least: number,
): Score {
  const { q: a } = additive;
  const { q, sx, sy } = problem;
  const own = b.subarray(0, a);
  const normal = { m: additive.normal().m, b: own };
  const d = penalties(additive, minimise({ ...additive, y2, normal: () => normal, rows: null }).rho);
  const main = inverse(whole.subMatrix(0, a - 1, 0, a - 1).add(Matrix.diag(Array.from(d))));
  const across = whole.subMatrix(a, q - 1, 0, a - 1);
  const lean = across.mmul(main);
  const theta = main.mmul(Matrix.columnVector(own));
  const rss = y2 - own.reduce((sum, value, i) => sum + value * theta.get(i, 0), 0);
  const scores = Matrix.columnVector(b.subarray(a)).sub(across.mmul(theta)).to1DArray();
  const variance = scores.map(
    (_, i) => whole.get(a + i, a + i) - lean.getRowVector(i).dot(across.getRowVector(i)),
  );
  // Columns by the inverse root of their penalty, then each group to a trace of 1; a group without trace to 0.
  const scale = scores.map((_, i) => 1 / Math.sqrt(sx[a + i]! + sy[a + i]! || 1));
  let at = 0;
  for (const group of groups) {
    const columns = group.map(() => at++);
    const sum = (of: (i: number) => number): number =>
      columns.reduce((total, i) => total + of(i) * scale[i]! ** 2, 0);
    const trace = sum((i) => variance[i]!);
    const factor = trace > 1e-10 * sum((i) => whole.get(a + i, a + i)) ? 1 / Math.sqrt(trace) : 0;
    for (const i of columns) scale[i]! *= factor;
  }
  const score = scores.reduce((sum, value, i) => sum + (value * scale[i]!) ** 2, 0) / Math.max(rss, least);
  return {
    score,
    rss,
    theta,
    p: () =>
      formulaP(
        problem.n - additive.f,
        score,
        whole.subMatrix(a, q - 1, a, q - 1).sub(lean.mmul(across.transpose())),
        scale,
      ),
  };
}

/** By a saddlepoint approximation to the score's distribution at known smoothness. */
function formulaP(freedom: number, score: number, forms: Matrix, scale: readonly number[]): number | null {
  forms.mulColumnVector(scale as number[]).mulRowVector(scale as number[]);
  const { realEigenvalues } = new EigenvalueDecomposition(forms.add(forms.transpose()).mul(0.5), {
    assumeSymmetric: true,
  });
  const largest = realEigenvalues.map((value) => Math.max(0, value)).toSorted((one, two) => two - one);
  if (!(largest[0]! > 0)) return null;
  // As many as the points leave of freedom: padded with zeros, or without the smallest.
  return positiveQuadraticForm(Float64Array.from({ length: freedom }, (_, i) => (largest[i] ?? 0) - score));
}

/**
 * Share of data simulated from the additive fit whose score, at a smoothness chosen anew, is at least as high as the one
 * seen. Sequential: it ends once 20 were, or after 399 (Besag & Clifford 1991, doi:10.1093/biomet/78.2.301).
 */
function bootstrap(system: ScoreSystem, seen: Score): number {
  const { q, n, f } = system.problem;
  // Roots of M = R'R: all that the columns see of n - f independent errors are R' times so many normal numbers.
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(system.whole, {
    assumeSymmetric: true,
  });
  const largest = Math.max(...realEigenvalues);
  const kept = realEigenvalues.flatMap((value, i) => (value > 1e-10 * largest ? [i] : [])).slice(-(n - f));
  const root = Matrix.zeros(q, kept.length);
  for (const [j, i] of kept.entries())
    root.setColumn(
      j,
      eigenvectorMatrix.getColumn(i).map((value) => value * Math.sqrt(realEigenvalues[i]!)),
    );
  const mean = root.transpose().mmul(Matrix.zeros(q, 1).setSubMatrix(seen.theta, 0, 0));
  const sigma = Math.sqrt(seen.rss / (n - f));
  const random = randomOf(SEED);
  const draw = (): number => sigma * random.normal();
  let higher = 0;
  for (let round = 1; round <= SIMULATIONS; round++) {
    const rows = Matrix.add(mean, Matrix.columnVector(kept.map(draw)));
    let y2 = rows.dot(rows);
    for (let rest = n - f - kept.length; rest > 0; rest--) y2 += draw() ** 2;
    higher += Number(
      scoreOf(system, Float64Array.from(root.mmul(rows).to1DArray()), y2, 0).score >= seen.score,
    );
    if (higher === ENOUGH) return higher / round;
  }
  return (higher + 1) / (SIMULATIONS + 1);
}

/** The interaction's columns: xy; a line along one axis times a bend along the other; a bend times a bend. */
function interactionGroups({ axes }: TensorBasis): number[][] {
  const groups: number[][] = [[], [], []];
  for (let i = 1; i < axes.x.size; i++)
    for (let j = 1; j < axes.y.size; j++) groups[Number(i > 1) + Number(j > 1)]!.push(i * axes.y.size + j);
  return groups;
}
